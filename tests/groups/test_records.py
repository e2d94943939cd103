"""Whether rooms of a group are recorded, as its charter says: when they are planned, while they live."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from causerie.accounts.people import Person
from causerie.clock import DAY
from causerie.errors import Refusal
from causerie.groups import actions as groups
from causerie.groups.charter import Charter, agreed, recorded
from causerie.groups.queries import group_at
from tests.place import Page, Place, opened

MUST = Charter(recording="condition", records="must")
NEVER = Charter(recording="off", records="never")


@pytest.mark.parametrize(
    ("charter", "wanted", "from_start", "is_recorded"),
    [
        (Charter(recording="each"), None, False, ("each", False)),
        (Charter(recording="each"), "off", True, ("off", True)),
        (MUST, None, False, ("condition", True)),
        (MUST, "each", False, ("each", True)),
        (MUST, "off", True, "group.always_recorded"),
        (NEVER, None, True, ("off", False)),
        (NEVER, "off", False, ("off", False)),
        (NEVER, "each", False, "group.never_recorded"),
    ],
)
def test_how_a_room_of_a_group_is_recorded(charter: Charter, wanted: Any, from_start: bool, is_recorded: Any):
    try:
        found: Any = recorded(charter, wanted, from_start=from_start)
    except Refusal as refusal:
        found = refusal.code

    assert found == is_recorded


@pytest.mark.parametrize(
    "wrong", [Charter(recording="off", records="must"), Charter(recording="each", records="never")]
)
def test_a_charter_does_not_say_two_things_of_recording(wrong: Charter):
    with pytest.raises(Refusal) as told:
        agreed(wrong)

    assert told.value.code == "group.records"


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


async def planned(place: Place, before: Charter) -> tuple[Person, Page]:
    """Ada's group with this charter, and her room in it, in which she is."""
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    await place.causerie.database.write(partial(groups.found, by=ada, handle="loire", name="Loire"))
    await agrees(place, ada, before)
    await place.room(ada, group="loire", starts_at=place.clock.now() + DAY)
    page = place.page(cookie)
    await page.enter()
    return ada, page


async def agrees(place: Place, ada: Person, charter: Charter) -> None:
    """The group has another charter, and its living rooms hear of it."""
    await place.causerie.database.write(partial(groups.set_charter, by=ada, handle="loire", charter=charter))
    async with place.causerie.database.read() as connection:
        found = await group_at(connection, "loire", None)
    assert found is not None
    await place.causerie.rooms.groups.changed(found[0].id)


async def test_where_every_room_is_recorded_its_host_neither_switches_it_off_nor_stops_it(place: Place):
    _, ada = await planned(place, MUST)
    planned_off = [await ada.does("room.set", **one) for one in ({"recording": "off"}, {"record_from_start": False})]
    await ada.does("room.start")

    stopped = await ada.does("recording.stop")

    assert [one["code"] for one in (*planned_off, stopped)] == ["group.always_recorded"] * 3
    take = place.state().recording.now_on
    assert (take is not None, place.state().room.settings.recording) == (True, "condition")


async def test_where_no_room_is_recorded_its_host_does_not_begin(place: Place):
    _, ada = await planned(place, NEVER)
    planned_on = await ada.does("room.set", recording="each")
    await ada.does("room.start")

    begun = await ada.does("recording.start")

    assert [one["code"] for one in (planned_on, begun)] == ["group.never_recorded"] * 2
    assert place.state().recording.take is None


@pytest.mark.parametrize(("charter", "rule", "runs"), [(MUST, "each", True), (NEVER, "off", False)])
async def test_a_room_planned_before_begins_as_its_charter_says(place: Place, charter: Charter, rule: str, runs: bool):
    person, ada = await planned(place, Charter(recording="each"))

    await agrees(place, person, charter)
    await ada.does("room.start")

    live = place.state()
    assert (live.room.settings.recording, live.recording.now_on is not None) == (rule, runs)


async def test_a_take_ends_when_the_group_wants_none_any_more(place: Place):
    person, ada = await planned(place, Charter(recording="each"))
    await ada.does("room.start")
    await ada.does("recording.start")
    began = place.state().recording.now_on

    await agrees(place, person, NEVER)

    heard = [one for frame in ada.frames if frame["type"] == "events" for one in frame["events"]]
    rights = [one for one in heard if one["is"] == "me.rights"]
    assert (began is not None, place.state().recording.now_on) == (True, None)
    assert "room.record" not in rights[-1]["rights"]
    assert (await ada.does("recording.start"))["code"] == "group.never_recorded"


async def test_hosts_are_told_between_which_ways_to_be_recorded_they_can_choose(place: Place):
    person, ada = await planned(place, MUST)
    before = (await ada.enter())["room"]["recordings"]

    for charter in (NEVER, Charter()):
        await agrees(place, person, charter)
    async with place.browser() as browser:
        shown = (await browser.get("/api/v1/groups/loire")).json()["charter"]

    heard = [one for frame in ada.frames if frame["type"] == "events" for one in frame["events"]]
    told = [one["recordings"] for one in heard if one["is"] == "room.planned"]
    assert (before, told) == (["each", "condition"], [["off"], ["each", "condition", "off"]])
    assert (shown["records"], shown["recordings"]) == ("may", ["each", "condition", "off"])
