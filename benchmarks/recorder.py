"""What recording costs: the recorder's own thread, for each speaker, and what everybody else's sound waits for it."""

import asyncio
import os
import time
from pathlib import Path

from benchmarks.hall import hall, paired
from benchmarks.report import write

SPEAKERS = (5, 50)
SECONDS = float(os.environ.get("RECORDER_SECONDS", "15"))
CPU_MUST = 0.5


def worked(thread: str) -> int:
    """Nanoseconds for which the thread of this name has had a core."""
    tasks = Path("/proc/self/task").iterdir()
    [task] = [one for one in tasks if (one / "comm").read_text(encoding="utf-8").strip() == thread]
    return int((task / "schedstat").read_text(encoding="utf-8").split()[0])


async def cost(speakers: int) -> str:
    """Percent of a core for each speaker that is recorded."""
    async with hall(speakers) as here:
        here.record(on=True)
        await asyncio.sleep(1)
        before, began = worked("recorder"), time.monotonic()
        await asyncio.sleep(SECONDS)
        share = (worked("recorder") - before) / 1e7 / (time.monotonic() - began)
        lost = here.room.count("drop_ring_recorded")
    return f"| {speakers} | {share:.2f} % | **{share / speakers:.3f} %** | {lost} |"


async def waits() -> list[str]:
    """What the listener waits for it."""
    async with hall(5) as here:
        return await paired(here, "recording", lambda on: here.record(on=on))


async def measure() -> None:
    costs = [await cost(speakers) for speakers in SPEAKERS]
    write(
        "recorder",
        "make bench ARGS=recorder",
        [
            f"Tones of fifty packets a second, all recorded, for {SECONDS:.0f} s; the time its thread had a core:",
            "",
            "| speakers | the recorder's thread, of a core | for each speaker | lost |",
            "|---|---|---|---|",
            *costs,
            "",
            f"Must: ≤ {CPU_MUST} % of a core a speaker.",
            "",
            *await waits(),
        ],
    )
