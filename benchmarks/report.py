"""Dated results: what was measured, with which command, on what machine."""

import datetime
import os
import platform
import statistics
from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, round(share * len(ranked) + 0.5) - 1))]


def spread(values: Sequence[float], unit: str = "ms") -> str:
    """Median, the slow tail and the range, as one line."""
    return (
        f"p50 {statistics.median(values):.0f} {unit}, p95 {percentile(values, 0.95):.0f} {unit}, "
        f"range {min(values):.0f}–{max(values):.0f} {unit}, {len(values)} tries"
    )


def machine() -> str:
    """Cores, processor and kernel: figures without them mean little."""
    with Path("/proc/cpuinfo").open(encoding="utf-8") as info:
        model = next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), "unknown")
    return f"{os.cpu_count()} cores, {model}, Linux {platform.release()}, Python {platform.python_version()}"


def today() -> str:
    """The day that results are named by."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def write(name: str, command: str, lines: Sequence[str]) -> Path:
    """Keep one harness's result of today; a second run of the same day replaces it."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{today()}-{name}.md"
    text = "\n".join([f"# {name}, {today()}", "", machine(), "", f"    {command}", "", *lines, ""])
    path.write_text(text, encoding="utf-8")
    print(text)
    return path
