"""What the papers of the house name: files, functions, links."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Where a short path may begin, so that papers stay readable.
BEGINNINGS = ("", "src/causerie", "crates", "frontend/src")

NAMED = re.compile(r"`([\w./-]+\.(?:py|pyi|rs|ts|js|svelte|toml|sh|md|txt)|[\w./-]+/)(?::(\w+))?`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def papers() -> list[Path]:
    """Every page that people read."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


def found(name: str) -> Path | None:
    """The file or folder a paper means."""
    return next((path for start in BEGINNINGS if (path := ROOT / start / name).exists()), None)


def defines(path: Path, word: str) -> bool:
    """Whether a file gives this name to a function, a type or a constant."""
    begins = r"(?:def|class|fn|struct|enum|trait|function|const|let|interface|type)\s+"
    text = path.read_text(encoding="utf-8")
    method = rf"^ +(?:async |static |private |get )*{word}\(.*\{{$"  # TypeScript's need no word before them
    return bool(re.search(rf"\b{begins}{word}\b|^{word}\b.*=|{method}", text, re.MULTILINE))
