"""Rooms tick, each on its own."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import structlog

from causerie.accounts.people import Person
from causerie.clock import SECOND, HandClock
from causerie.db import Database
from causerie.floor import actions
from causerie.live.rooms import Rooms
from causerie.stage.state import Invitation, Stage
from tests.hall import BEN, ben, cho
from tests.stored import called, with_people_and


class Silence:
    """A media core in which nobody speaks."""

    def speaking(self, _room: str) -> list[int]:
        return []

    def let_hear_backstage(self, _room: str, _people: object) -> None:
        """Nobody is there to hear."""

    def let_hear_at_once(self, _room: str, _people: object) -> None:
        """Nobody speaks whom they could hear."""

    def safety_delay(self, _room: str, _seconds: int) -> None:
        """Nothing is there to be heard later."""


@dataclass(eq=False)
class Listening:
    """A page that hears ticks, and turns the clock on so that the next tick is due."""

    person: Person
    clock: HandClock
    desk: bool = False
    heard: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def frame(self, text: str, *, may_be_lost: bool = False) -> None:
        if may_be_lost:
            self.clock.turn(2 * SECOND)
            self.heard.put_nowait(text)


async def test_one_rooms_fault_leaves_the_others_their_ticks(database: Database, clock: HandClock, tmp_path: Path):
    await with_people_and(database, called("broken"), called("whole"))
    rooms = Rooms(database, clock, Silence(), tmp_path)
    await rooms.open()
    in_broken, in_whole = Listening(ben, clock), Listening(cho, clock)
    rooms.hubs["broken"].pages.add(in_broken)
    rooms.hubs["broken"].votes.add("a question nobody knows")
    rooms.hubs["whole"].pages.add(in_whole)

    with structlog.testing.capture_logs() as logged:
        async with asyncio.timeout(20):
            ticks = [await in_whole.heard.get(), await in_whole.heard.get()]
    await rooms.close()

    assert ticks[0] != ticks[1]
    assert in_broken.heard.empty()
    assert {(line["event"], line["room"]) for line in logged} == {("live.tick", "broken")}


async def test_a_room_whose_turns_go_on_is_not_let_go(database: Database, clock: HandClock, tmp_path: Path):
    await with_people_and(database, replace(called("early"), started_at=None))
    rooms = Rooms(database, clock, Silence(), tmp_path)
    await rooms.open()
    key = await rooms.key_of("early")
    raising = asyncio.create_task(rooms.act(key, lambda tx, live: actions.raise_hand(tx, live, ben, note=None)))
    await asyncio.sleep(0)

    await rooms.ticks.sweep(clock.now())
    kept = list(rooms.hubs)
    await raising
    await rooms.ticks.sweep(clock.now())
    await rooms.close()

    assert (kept, list(rooms.hubs)) == (["early"], [])


async def test_a_database_that_stalls_delays_no_ticks(
    database: Database, clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    await with_people_and(database, called("whole"))
    rooms = Rooms(database, clock, Silence(), tmp_path)
    await rooms.open()
    invited = Stage(invitations={BEN: Invitation(BEN, "Ben", clock.now() - SECOND, None)})
    rooms.turns.states["whole"] = replace(rooms.state("whole"), stage=invited)
    page = Listening(cho, clock)
    rooms.hubs["whole"].pages.add(page)
    answers, asked, write = asyncio.Event(), [], database.write

    async def stalls(work, *, closing):
        asked.append(work)
        await answers.wait()
        return await write(work, closing=closing)

    monkeypatch.setattr(database, "write", stalls)
    async with asyncio.timeout(20):
        for _ in range(8):
            await page.heard.get()
        still_invited, sweeps = list(rooms.state("whole").stage.invitations), len(asked)
        answers.set()
        while rooms.state("whole").stage.invitations:
            await page.heard.get()
    await rooms.close()

    assert (still_invited, sweeps) == ([BEN], 1)
