"""While the database is away the room goes on: what closes is done and told, and is in the database afterwards."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from causerie.clock import MINUTE
from causerie.db import database as writing
from tests.live.conftest import Evening, evening_in
from tests.live.page import comparable, folded
from tests.outages import back, locked
from tests.place import Place, opened
from tests.sound_on_paper import OFFER


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks are not waited for, and what is away is asked often."""
    monkeypatch.setattr(writing, "HELD_FOR_MS", 20)
    monkeypatch.setattr(writing, "AGAIN_AFTER", 0.02)


@pytest.fixture
def database_url() -> str:
    """SQLite's own file; a PostgreSQL that stands still is met in `test_killed_while_away.py`."""
    return ""


async def speaks(evening: Evening, name: str) -> None:
    """Somebody is on stage with an open microphone."""
    page = getattr(evening, name.lower())
    await page.does("media.offer", sdp=OFFER)
    await evening.ada.does("stage.invite", person=evening.id(name))
    await page.does("stage.accept")
    await page.does("microphone.unmute")


def audited(place: Place) -> list[str]:
    file = place.causerie.settings.data / "causerie.sqlite"
    return [verb for (verb,) in sqlite3.connect(file).execute("SELECT verb FROM audit ORDER BY id")]


async def test_a_mute_is_done_told_and_written_when_the_database_is_back(place: Place, evening: Evening):
    await speaks(evening, "Ben")
    before, heard = await evening.cho.enter(), len(evening.cho.frames)

    async with locked(place.causerie.database):
        muted = await evening.ada.does("stage.mute", person=evening.id("Ben"))
        silent = place.engine.heard
        asked = await evening.cho.does("question.ask", text="Is this kept?", myself=False)
        opened_again = await evening.ben.does("microphone.unmute")
    await back(place.causerie.database)

    assert (muted["type"], silent) == ("ack", set())
    assert [asked["code"], opened_again["code"]] == ["database.away", "database.away"]
    assert comparable(folded(before, evening.cho.frames[heard:])) == comparable(await evening.cho.enter())
    assert audited(place)[-1] == "stage.mute"
    assert (await evening.ben.does("microphone.unmute"))["type"] == "ack"


CLOSINGS: list[tuple[str, dict[str, Any]]] = [
    ("stage.mute", {"person": "Ben", "hold": True}),
    ("stage.hush", {"on": True}),
    ("stage.mute_all", {}),
    ("stage.move_down", {"person": "Ben"}),
    ("room.remove", {"person": "Ben"}),
    ("room.ban", {"person": "Ben", "reason": "Shouted", "hours": 2, "network": False}),
    ("room.lock", {"on": True}),
    ("room.raid", {"minutes": 5}),
    ("room.end", {}),
]


@pytest.mark.parametrize(("do", "said"), CLOSINGS, ids=[do for do, _ in CLOSINGS])
async def test_killed_meanwhile_it_is_as_it_was_told(do: str, said: dict[str, Any], tmp_path: Path):
    async with opened(tmp_path) as place:
        evening = await evening_in(place)
        await speaks(evening, "Ben")
        before = audited(place)
        fields = {**said, "person": evening.id("Ben")} if "person" in said else said

        async with locked(place.causerie.database):
            told = await evening.ada.does(do, **fields)
            live = place.state()
            await place.causerie.database.close()
        place.killed = True

        async with opened(tmp_path) as again:
            await again.causerie.rooms.open()
            await again.page(evening.ada.cookie).enter()
            audit, found = audited(again), again.state()

    assert (told["type"], len(audit) - len(before)) == ("ack", 1)
    assert (found.safety, found.audience, found.stage.kept, found.stage.hushed, found.stage.seats.keys()) == (
        live.safety,
        live.audience,
        live.stage.kept,
        live.stage.hushed,
        live.stage.seats.keys(),
    )
    assert found.room.phase == live.room.phase


async def test_who_comes_back_meanwhile_keeps_their_seat(place: Place, evening: Evening):
    await speaks(evening, "Ben")

    async with locked(place.causerie.database):
        await evening.ben.leave()
        held = place.state().stage.seats[evening.people["Ben"].id].held_until
        page = place.page(evening.ben.cookie)
        came = await page.enter()
        await place.tick(MINUTE)
        await place.tick(MINUTE)
    await back(place.causerie.database)
    await place.tick()

    seat = place.state().stage.seats[evening.people["Ben"].id]
    assert (held is not None, came["type"], seat.held_until, seat.muted) == (True, "snapshot", None, True)


async def test_no_room_is_let_go_meanwhile(place: Place, evening: Evening):
    async with locked(place.causerie.database):
        await evening.ada.does("room.end")
        for page in (evening.ada, evening.ben, evening.cho, evening.visitor):
            await page.leave()
        await place.tick()
        await place.tick()
        page = place.page(evening.ben.cookie)
        seen = await page.enter()
    await back(place.causerie.database)

    assert seen["room"]["phase"] == "ended"
