"""Who deletes their account is gone: from every table, every room and every file, and what others have stays theirs."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from causerie.accounts import aliases
from causerie.accounts.models import departures, handles
from causerie.belongings import leaving
from causerie.belongings.errors import LastAdmin, OwnsGroups
from causerie.belongings.fates import Stays
from causerie.belongings.inventory import EVERYTHING
from causerie.clock import DAY
from causerie.copies.models import copies
from causerie.groups import actions as groups
from causerie.ids import QuestionId, new_id
from causerie.questions.events import Voted
from causerie.questions.models import questions, votes
from causerie.questions.store import store
from causerie.recordings.models import tracks
from causerie.rooms.models import rooms
from causerie.safety.models import reports
from tests.belongings.everywhere import name_everywhere, named_in, row_of
from tests.copies.held import Held, held
from tests.folders import lying
from tests.place import Place, opened

STAYS = {
    f"{one.table.name}.{name}" for one in EVERYTHING for name, fate in one.people.items() if isinstance(fate, Stays)
}


@pytest.fixture
async def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Held]:
    """Ada's room was held and copied; Ben spoke in it and asked."""
    monkeypatch.setattr("causerie.copies.work.CHILD", "tests.copies.quick_child")
    async with opened(tmp_path / "data", url=database_url) as place:
        place.causerie.jobs.open()
        story = await held(place, still_open="May I ask a second one?")
        await story.made()
        yield story
        await nothing_made(story)


async def nothing_made(story: Held) -> None:
    """No copy is being made any more, or is about to be."""
    story.place.causerie.jobs.hint()
    work = story.place.causerie.settings.data / "work"
    async with asyncio.timeout(60):
        while True:
            copy = await story.copy()
            if (copy is None or copy.state != "processing") and not lying(work):
                return
            await asyncio.sleep(0.05)


async def goes(place: Place, person: Any) -> None:
    """They delete their account, and everything of theirs is looked for."""
    await place.causerie.database.write(lambda tx: leaving.leave(tx, person))
    await place.causerie.house.belongings.sweep()


async def one(place: Place, wanted: Any) -> Any:
    async with place.causerie.database.read() as connection:
        return (await connection.execute(wanted)).scalar()


async def test_no_row_names_them_but_those_that_say_why(story: Held):
    place, ben = story.place, story.evening.people["Ben"]
    database, room = place.causerie.database, await story.room_id()
    async with database.read() as connection:
        ids = {
            "room": room,
            "rooms": room,
            "question": story.questions["Cho"],
            "copy": await one(place, select(copies.c.id)),
            "take": await one(place, select(tracks.c.take)),
        }
    guest = new_id()

    async def everywhere(tx) -> list[str]:
        await aliases.note(tx, guest, ben.id)
        group = await groups.found(tx, story.evening.people["Ada"], handle="birds", name="Birds")
        ids["group_id"] = group.id
        return await name_everywhere(tx, ben.id, "Ben", ids)

    filled, _ = await database.write(everywhere)
    place.killed = True  # the room does not know of these rows, and is not looked at in the end
    await goes(place, ben)
    await story.made()

    async with database.read() as connection:
        by_id, left = await named_in(connection, ben.id, guest), await row_of(connection, ben.id)
        by_name = await named_in(connection, "Ben", '"Ben"')
    assert {"votes", "reports", "bans", "sessions", "notices"} & {*filled} != set()
    assert by_id <= STAYS
    assert by_name == set()
    assert {**left, "created_at": 0} == {
        "id": ben.id,
        "name": "",
        "guest": True,
        "admin": False,
        "may_open_rooms": False,
        "language": None,
        "bot": False,
        "portrait": None,
        "created_at": 0,
        "minor": False,
    }


async def test_their_voice_leaves_the_copy_and_what_they_asked_stays_without_a_name(story: Held):
    place, ben = story.place, story.evening.people["Ben"]

    await goes(place, ben)
    edition = await story.made()

    assert edition.contents is not None
    assert [voice.name for voice in edition.contents.voices] == ["Ada"]
    async with place.causerie.database.read() as connection:
        rows = (await connection.execute(select(questions.c.text, questions.c.name, questions.c.state))).all()
    assert [tuple(row) for row in rows] == [
        ("Who speaks for the river?", "Cho", "answered"),
        ("", "", "withdrawn"),
    ]


async def test_votes_are_counted_on_and_are_nobodys(story: Held):
    place, cho = story.place, story.evening.people["Cho"]
    vote = Voted(QuestionId(story.questions["open"]), cho.id)
    await place.causerie.rooms.act_in(await story.room_id(), lambda tx, live: store(tx, live.room.id, [vote]))

    await goes(place, cho)

    async with place.causerie.database.read() as connection:
        left = [tuple(row) for row in await connection.execute(select(votes.c.value, votes.c.person))]
    assert [value for value, _ in left] == [1]
    assert cho.id not in [person for _, person in left]


async def test_a_host_s_own_rooms_lose_their_copy_and_what_was_to_come_is_cancelled(story: Held):
    place, ada = story.place, story.evening.people["Ada"]
    coming = await place.room(ada, "Terns", starts_at=place.clock.now() + DAY)

    await goes(place, ada)

    assert await one(place, select(rooms.c.cancelled_at).where(rooms.c.id == coming.id)) is not None
    assert await one(place, select(copies.c.deleted_at)) is not None


async def test_a_kill_in_between_is_gone_on_with(story: Held, monkeypatch: pytest.MonkeyPatch):
    place, ben = story.place, story.evening.people["Ben"]
    monkeypatch.setattr("causerie.belongings.evenings.leave_nothing", _killed)
    await goes(place, ben)
    assert await one(place, select(departures.c.done_at)) is None
    assert await one(place, select(departures.c.name)) == "Ben"
    monkeypatch.undo()

    await place.causerie.house.belongings.sweep()

    assert await one(place, select(departures.c.name).where(departures.c.done_at.is_not(None))) == ""
    async with place.causerie.database.read() as connection:
        assert await named_in(connection, ben.id) <= STAYS


async def _killed(*_: Any, **__: Any) -> list[str]:
    raise RuntimeError("the power is gone")


async def test_what_was_reported_is_held_for_thirty_days_and_no_longer(story: Held):
    place, ben = story.place, story.evening.people["Ben"]
    said = {"about": "person", "subject": ben.id, "name": "Ben", "text": "He said it.", "grounds": "insults"}
    more = {"note": "", "at": place.clock.now(), "on_stage": json.dumps(["Ada", "Ben"]), "apart": False}
    row = {"id": new_id(), "room": await story.room_id(), "reporter": new_id(), **said, **more}
    await place.causerie.database.write(lambda tx: tx.run(insert(reports).values(row)))

    await goes(place, ben)
    wanted = select(reports.c.subject, reports.c.name, reports.c.text, reports.c.on_stage)
    async with place.causerie.database.read() as connection:
        held_ = tuple((await connection.execute(wanted)).one())
    place.clock.turn(30 * DAY + 1)
    await place.causerie.house.belongings.sweep()
    async with place.causerie.database.read() as connection:
        later = tuple((await connection.execute(wanted)).one())

    assert held_ == (ben.id, "", "He said it.", '["Ada"]')
    assert later == (None, None, None, '["Ada"]')


async def test_where_a_yes_was_the_condition_the_host_of_a_shown_copy_is_asked(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("causerie.copies.work.CHILD", "tests.copies.quick_child")
    async with opened(tmp_path / "data", url=database_url) as place:
        place.causerie.jobs.open()
        story = await held(place, rule="condition")
        await story.made()
        copy = await story.copy()
        assert copy is not None
        await story.post(f"/api/v1/copies/{copy.name}/visibility", "Ada", visibility="unlisted")

        await goes(place, story.evening.people["Ben"])
        waiting = await one(place, select(tracks.c.name).where(tracks.c.number == 2))
        asked = (await story.get(f"/api/v1/copies/{copy.name}", "Ada")).json()
        place.clock.turn(8 * DAY)
        await place.causerie.jobs.sweep()
        await place.causerie.house.belongings.sweep()

        assert waiting == "Ben"
        assert "Ben" in json.dumps(asked)
        async with place.causerie.database.read() as connection:
            assert await named_in(connection, story.evening.id("Ben")) <= STAYS
            assert "tracks.name" not in await named_in(connection, "Ben")
        await nothing_made(story)


async def test_a_handle_is_nobody_elses_for_a_year(story: Held):
    place, ben = story.place, story.evening.people["Ben"]
    row = {"handle": "ben_b", "person": ben.id, "taken_at": place.clock.now()}
    await place.causerie.database.write(lambda tx: tx.run(insert(handles).values(row)))

    await goes(place, ben)
    kept = await one(place, select(handles.c.left_at))
    place.clock.turn(367 * DAY)
    await place.causerie.house.belongings.sweep()

    assert kept is not None
    assert await one(place, select(handles.c.handle)) is None


async def test_whose_group_others_are_in_hands_it_on_first_and_their_own_goes_with_them(story: Held):
    place, people = story.place, story.evening.people
    write = place.causerie.database.write
    await write(lambda tx: groups.found(tx, people["Ben"], handle="birds", name="Birds"))
    await write(lambda tx: groups.found(tx, people["Cho"], handle="terns", name="Terns"))
    await write(lambda tx: groups.join(tx, people["Ada"], "birds"))

    with pytest.raises(OwnsGroups):
        await write(lambda tx: leaving.leave(tx, people["Ben"]))
    await goes(place, people["Cho"])
    await story.made()

    async with place.causerie.database.read() as connection:
        assert await named_in(connection, "Terns") == set()
        assert await named_in(connection, "Birds") == {"groups.name"}


async def test_the_only_admin_stays(story: Held):
    root, _ = await story.place.person("Root", admin=True)

    with pytest.raises(LastAdmin):
        await story.place.causerie.database.write(lambda tx: leaving.leave(tx, root))
