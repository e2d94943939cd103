"""What one mixed room costs: the mixer's own thread while one, three and five people talk at once."""

import asyncio
import os
import time

from benchmarks.hall import hall
from benchmarks.recorder import worked
from benchmarks.report import write

SPEAKERS = (1, 3, 5, 50)
SECONDS = float(os.environ.get("MIXER_SECONDS", "15"))
MUST = 2.5


async def cost(speakers: int) -> str:
    """Percent of a core for one room in which so many say tones."""
    async with hall(speakers) as here:
        here.engine.stream(1, True)
        await asyncio.sleep(2)
        ticks, before, began = here.room.count("programme_ticks"), worked("mixer"), time.monotonic()
        await asyncio.sleep(SECONDS)
        share = (worked("mixer") - before) / 1e7 / (time.monotonic() - began)
        mixed, late = here.room.count("programme_ticks") - ticks, here.room.count("programme_late")
        here.engine.stream(1, False)
    return f"| {speakers} | **{share:.2f} %** | {share / mixed * SECONDS * 10:.2f} ms | {late} |"


async def measure() -> None:
    costs = [await cost(speakers) for speakers in SPEAKERS]
    write(
        "mixer",
        "make bench ARGS=mixer",
        [
            f"One room, mixed for {SECONDS:.0f} s: the time its thread had a core. However many talk, five are heard.",
            "",
            "| talk at once | the mixer's thread, of a core | a tick of 20 ms | ticks left out |",
            "|---|---|---|---|",
            *costs,
            "",
            f"Must: ≤ {MUST} % of a core.",
        ],
    )
