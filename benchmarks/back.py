"""A busy room is killed and started again: how long until everybody is in it again."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.report import write
from tests.e2e.house import House
from tests.live.crowd import Crowd, busy, crowd_of

KILLS = 10
GONE = ("Hal", "Ivy")  # banned, and at the door


@asynccontextmanager
async def busy_room() -> AsyncIterator[tuple[House, Crowd]]:
    """Twelve people on a real server with SQLite; ten of them are in the room."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/causerie.sqlite"
        house = House(Path(folder) / "data", settings={"CAUSERIE_DATABASE_URL": url})
        try:
            crowd = await crowd_of(house, url)
            house.start()
            await busy(crowd)
            for name in GONE:
                await crowd.lines.pop(name).leaves()
            yield house, crowd
        finally:
            house.stop()


async def one_kill(house: House, crowd: Crowd) -> tuple[float, float]:
    """Seconds from the kill, and from being ready again, until ten people have their snapshots."""
    killed = time.monotonic()
    house.kill()
    back = asyncio.gather(*(line.found() for line in crowd.lines.values()))
    await asyncio.to_thread(house.start)
    ready = time.monotonic()
    await back
    await crowd.see()
    return time.monotonic() - killed, time.monotonic() - ready


async def measure() -> None:
    async with busy_room() as (house, crowd):
        took = [await one_kill(house, crowd) for _ in range(KILLS)]
    from_kill, from_ready = (sorted(times) for times in zip(*took, strict=True))
    write(
        "back",
        "make bench ARGS=back",
        [
            f"A room with ten people, a stage, a queue, votes, roles, bans and a locked door is killed with -9 and "
            f"started at once, {KILLS} times; each page asks for the server ten times a second. Until all ten are in "
            f"the room again: **{from_ready[len(took) // 2]:.1f} s** from being ready (worst {from_ready[-1]:.1f} s; "
            f"must: ≤ 5), {from_kill[len(took) // 2]:.1f} s from the kill (worst {from_kill[-1]:.1f} s).",
        ],
    )
