"""A busy room is killed and started again, a full one stopped and started: how long until everybody is in it again."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import pinned, rest
from benchmarks.pages import Hall, Page, hall
from benchmarks.report import percentile, write
from tests.e2e.house import House, opened
from tests.live.crowd import Crowd, busy, crowd_of

KILLS = 10
GONE = ("Hal", "Ivy")  # banned, and at the door
PEOPLE, STOPS = 3_000, 3


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


# ---- stopped on purpose ----


@dataclass
class Returning:
    """Somebody who comes back as the server has asked them to: at their moment, and each round while nobody answers."""

    place: Hall
    cookie: str
    page: Page
    tries: int = 0

    async def comes_back(self) -> float:
        """When they have their snapshot again."""
        await self.page.gone
        _, first, round_ = self.page.goodbye.split()
        moment = time.perf_counter() + int(first) / 1000
        while True:
            await asyncio.sleep(moment - time.perf_counter())
            self.tries += 1
            with contextlib.suppress(OSError, TimeoutError):
                self.page = Page(self.place.house.web, self.cookie)
                await self.page.come(self.place.room)
                return time.perf_counter()
            while moment < time.perf_counter():
                moment += int(round_) / 1000


@dataclass
class Stop:
    """One planned restart: seconds without a server, then from its return until each was in the room again."""

    away: float
    back: list[float]
    tries: int


async def one_stop(place: Hall, people: list[Returning]) -> Stop:
    """Stop the server as an operator does, start it, and wait until everybody is there."""
    for one in people:
        one.tries = 0
    coming = [asyncio.ensure_future(one.comes_back()) for one in people]
    stopped = time.perf_counter()
    await asyncio.to_thread(place.house.stop)
    await asyncio.to_thread(place.house.start)
    ready = time.perf_counter()
    pinned(place.house)
    back = await asyncio.gather(*coming)
    return Stop(ready - stopped, [max(0.0, at - ready) for at in back], max(one.tries for one in people))


async def planned(people: int, stops: int) -> list[Stop]:
    """A live room with so many listeners, stopped and started so often."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        place = await hall(house, people=0)
        pinned(house)
        host = Page(house.web, place.host)
        await host.come(place.room)
        await host.does({"do": "room.start"})
        cookies = [place.visitor() for _ in range(people)]
        there = await place.pages(cookies)
        returning = [Returning(place, cookie, page) for cookie, page in zip(cookies, there, strict=True)]
        return [await one_stop(place, returning) for _ in range(stops)]


def told(stops: list[Stop], people: int) -> str:
    """The worst of so many planned restarts."""
    worst = max(stops, key=lambda stop: percentile(stop.back, 0.95))
    return (
        f"**{people:,} listeners, the server stopped and started** {len(stops)} times (away for {worst.away:.1f} s); "
        f"each page comes at the moment it was told. From being ready until they are in the room again, worst restart: "
        f"**p95 {percentile(worst.back, 0.95):.1f} s** (must: ≤ 2), p50 {percentile(worst.back, 0.5):.1f} s, the last "
        f"{max(worst.back):.1f} s; {max(stop.tries for stop in stops)} tries a page at most. Without sound; the server "
        f"has one core, the pages another."
    )


async def measure() -> None:
    await rest()
    async with busy_room() as (house, crowd):
        took = [await one_kill(house, crowd) for _ in range(KILLS)]
    from_kill, from_ready = (sorted(times) for times in zip(*took, strict=True))
    stops = await planned(PEOPLE, STOPS)
    write(
        "back",
        "make bench ARGS=back",
        [
            f"A room with ten people, a stage, a queue, votes, roles, bans and a locked door is killed with -9 and "
            f"started at once, {KILLS} times; each page asks for the server ten times a second. Until all ten are in "
            f"the room again: **{from_ready[len(took) // 2]:.1f} s** from being ready (worst {from_ready[-1]:.1f} s; "
            f"must: ≤ 5), {from_kill[len(took) // 2]:.1f} s from the kill (worst {from_kill[-1]:.1f} s).",
            "",
            told(stops, PEOPLE),
        ],
    )
