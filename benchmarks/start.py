"""How long until causerie is ready: a start after everything is built."""

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.report import write
from tests.e2e.house import House

TRIES = 5


def one_start(folder: Path) -> float:
    house = House(folder, demo=True)
    began = time.monotonic()
    try:
        house.start()
        return time.monotonic() - began
    finally:
        house.stop()


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        took = [one_start(Path(folder) / "data") for _ in range(TRIES)]
    write(
        "start",
        "make bench ARGS=start",
        [
            f"From the command to `/readyz`, demo room on air, everything built: first {took[0]:.1f} s (empty folder), "
            f"then median **{statistics.median(took[1:]):.1f} s**, {TRIES - 1} tries. Must: ≤ 5 s.",
        ],
    )
