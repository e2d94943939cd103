"""An hour at two thousand listeners of the programme: memory stays as it is, and nobody is lost."""

import asyncio
import os
import tempfile
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.crowd import resident
from benchmarks.host import live_room
from benchmarks.load import pinned, rooms_load
from benchmarks.report import write
from tests.e2e.house import opened

LISTENERS, MINUTES, RATE = 2_000, float(os.environ.get("HOUR_MINUTES", "60")), 100
SETTLES, EACH = 60.0, 15.0
"""All have come, and what a process keeps for later it has by then."""


async def watch(pid: int, seen: list[int]) -> None:
    """KiB of the process, again and again, from when all have come."""
    await asyncio.sleep(LISTENERS / RATE + SETTLES)
    while True:
        seen.append(resident(pid))
        await asyncio.sleep(EACH)


async def hour(seen: list[int]) -> dict[str, Any]:
    """One talker, and everybody who listens."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        room = await live_room(house, "An hour")
        [token] = await room.tokens(1)
        pinned(house)
        assert house.process is not None
        watching = asyncio.create_task(watch(house.process.pid, seen))
        options = {"join_rate": str(RATE), "parallel": "64"}
        load = asyncio.to_thread(
            rooms_load, room, token, LISTENERS, seconds=int(60 * MINUTES + SETTLES), mixed=True, **options
        )
        try:
            return await load
        finally:
            watching.cancel()


async def measure() -> None:
    seen: list[int] = []
    run = await hour(seen)
    part = max(1, len(seen) // 10)
    first, last = mean(seen[:part]), mean(seen[-part:])
    write(
        "hour",
        "make bench ARGS=hour",
        [
            f"One talker, **{run['joined']:,}** listeners of the programme by WHEP, {MINUTES:.0f} minutes; the server",
            "on one core.",
            "",
            f"Memory of the process (RSS), mean of the first tenth and of the last: {first / 1024:.1f} MiB and "
            f"{last / 1024:.1f} MiB, **{100 * (last / first - 1):+.2f} %**; least {min(seen) / 1024:.1f}, most "
            f"{max(seen) / 1024:.1f} MiB.",
            "",
            f"Lost {run['lost']:,} of {run['packets']:,} packets; short of sound {run['short_listeners']}, silent "
            f"{run['silent_listeners']}. {run['us_per_packet']:.2f} µs a packet."
            + (f" ⚠ {'; '.join(run['warnings'])}" if run.get("warnings") else ""),
            "",
            "Must: flat memory.",
        ],
    )
