"""A host sends people out while everybody talks as fast as they may: how long until somebody is out."""

import asyncio
import contextlib
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.load import pinned, rest
from benchmarks.pages import Hall, Page, hall
from benchmarks.report import percentile, write
from tests.e2e.house import opened

TALKERS, A_SECOND, KICKED, APART = 5_000, 20, 40, 0.5


@dataclass
class Talker:
    """Somebody who says something almost `A_SECOND` times a second; shut out, they come again."""

    place: Hall
    cookie: str
    said: int = 0
    shut_out: int = 0
    person: str = ""
    page: Page = field(init=False)

    async def comes(self) -> None:
        self.page = Page(self.place.house.web, self.cookie)
        self.person = (await self.page.come(self.place.room))["me"]["person"]

    async def talks(self) -> None:
        while True:
            if self.page.closed:
                self.shut_out += 1
                with contextlib.suppress(ConnectionError, TimeoutError):
                    await self.comes()
            else:
                self.said += 1
                self.page.say(b'{"id":"w%d","do":"react","kind":"clap"}' % self.said)
            await asyncio.sleep(1.1 / A_SECOND)


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


async def storm(talkers: int, kicked: int) -> Storm:
    """A hall with so many who talk, of whom so many are sent out."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        place = await hall(house, people=kicked)
        pinned(house)
        host = Page(house.web, place.host)
        await host.come(place.room)
        await host.does({"do": "room.start"})
        visitors = [place.visitor() for _ in range(talkers - kicked)]
        people = [Talker(place, cookie) for cookie in (*visitors, *place.people)]
        for one in people:
            await one.comes()
        return await _measured(host, people, kicked)


async def _measured(host: Page, people: list[Talker], kicked: int) -> Storm:
    found = Storm()
    talking = [asyncio.ensure_future(one.talks()) for one in people]
    await asyncio.sleep(3)
    began, before = time.perf_counter(), sum(one.said for one in people)
    left = list(zip(people, talking, strict=True))
    while left and len(found.out) < kicked:
        one, task = left.pop()
        if not one.page.closed:
            await found.kick(host, one, task)
            await asyncio.sleep(APART)
    found.rate = (sum(one.said for one in people) - before) / (time.perf_counter() - began)
    found.shut_out = sum(one.shut_out for one in people)
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
            f"{percentile(found.answered, 0.99):.0f} ms; **until the removed page is closed p99 "
            f"{percentile(found.out, 0.99):.0f} ms** (must: ≤ 1,000).",
            "",
            "The server has one core, the pages another.",
        ],
    )
