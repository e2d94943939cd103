"""A host sends people out while everybody talks as fast as they may: how long until somebody is out."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.flood import Talker
from benchmarks.load import CLIENT_CORE, pinned, rest
from benchmarks.pages import Hall, Page, hall
from benchmarks.report import percentile, write
from tests.e2e.house import opened

TALKERS, KICKED, APART = 5_000, 40, 0.5


@dataclass
class Storm:
    """What was measured: frames a second, how often somebody was shut out, and the removals in ms."""

    rate: float = 0.0
    shut_out: int = 0
    answered: list[float] = field(default_factory=list)
    out: list[float] = field(default_factory=list)

    async def kick(self, host: Page, one: Talker, talking: "asyncio.Task[None]") -> None:
        """Send one out for good, and note when it is answered and when their line is closed."""
        talking.cancel()
        page, pressed = one.page, time.perf_counter()
        await host.does({"do": "room.remove", "person": one.person})
        self.answered.append(1000 * (time.perf_counter() - pressed))
        self.out.append(1000 * (await asyncio.wait_for(page.gone, 30) - pressed))


class Flood:
    """All others, in a process of their own on the pages' core; it yields to whoever measures there."""

    async def begin(self, place: Hall, talkers: int) -> None:
        self.process = await asyncio.create_subprocess_exec(
            *("taskset", "-c", CLIENT_CORE, "nice", "-n", "19", sys.executable, "-m", "benchmarks.flood"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        given = {"port": place.house.web, "room": place.room, "cookies": [place.visitor() for _ in range(talkers)]}
        self._say(json.dumps(given))
        await self._heard()

    def talks(self) -> None:
        self._say("talk")

    async def ends(self) -> tuple[int, int]:
        """How much was said, and how often somebody was shut out."""
        self._say("stop")
        said, shut_out = json.loads(await self._heard())
        await self.process.wait()
        return int(said), int(shut_out)

    def _say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")

    async def _heard(self) -> bytes:
        assert self.process.stdout is not None
        return await self.process.stdout.readline()


async def storm(talkers: int, kicked: int) -> Storm:
    """A hall with so many who talk, of whom so many are sent out."""
    os.sched_setaffinity(0, {int(CLIENT_CORE)})
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        place = await hall(house, people=kicked)
        pinned(house)
        host = Page(house.web, place.host)
        await host.come(place.room)
        await host.does({"do": "room.start"})
        people = [Talker(house.web, place.room, cookie) for cookie in place.people]
        for one in people:
            await one.comes()
        flood = Flood()
        await flood.begin(place, talkers - kicked)
        return await _measured(host, people, flood)


async def _measured(host: Page, people: list[Talker], flood: Flood) -> Storm:
    found = Storm()
    talking = [asyncio.ensure_future(one.talks()) for one in people]
    flood.talks()
    await asyncio.sleep(3)
    began = time.perf_counter()
    for one, task in zip(people, talking, strict=True):
        if not one.page.closed:
            await found.kick(host, one, task)
            await asyncio.sleep(APART)
    lasted = time.perf_counter() - began
    said, found.shut_out = await flood.ends()
    found.rate = said / (lasted + 3)
    for task in talking:
        task.cancel()
    return found


async def measure() -> None:
    await rest()
    found = await storm(TALKERS, KICKED)
    write(
        "storm",
        "make bench ARGS=storm",
        [
            f"**{TALKERS:,} pages that talk**, {found.rate:,.0f} frames a second in all (whoever is shut out for too "
            f"much comes again: {found.shut_out:,} times); {len(found.out)} people removed one by one. From the host's "
            f"press until it is answered p50 {percentile(found.answered, 0.5):.0f} ms, p99 "
            f"{percentile(found.answered, 0.99):.0f} ms; **until the removed page is closed p50 "
            f"{percentile(found.out, 0.5):.0f} ms, p99 "
            f"{percentile(found.out, 0.99):.0f} ms** (must: ≤ 1,000).",
            "",
            "The server has one core, the pages another; the host and those who are sent out are in a process apart",
            "from the crowd, so that nothing but the server makes them wait.",
        ],
    )
