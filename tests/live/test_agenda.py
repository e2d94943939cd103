"""The agenda of a plan through the real doors: hosts write it, the desk has it, and what was on air is marked."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.live.page import comparable, folded
from tests.place import Frame, Page, Place, opened

LINES = ["How a river remembers", "Dust"]
WORDED = {"title": "Sparrows", "language": "en"}


@pytest.fixture
async def place(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as running:
        yield running


async def planned(place: Place, **more: Any) -> tuple[Page, Page]:
    """Ada's page, who leads a room that has not begun, and Ben's, who came to hear her."""
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    _, ben = await place.person("Ben")
    await place.room(ada, **more)
    pages = place.page(cookie), place.page(ben)
    for page in pages:
        await page.enter()
    return pages


def agenda(snapshot: Frame) -> list[tuple[str, bool]]:
    return [(line["text"], line["spoken_of"]) for line in snapshot["desk"]["agenda"]]


async def test_a_plan_has_an_agenda_that_the_desk_alone_sees(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        made = await browser.post("/api/v1/rooms", json={"title": "Sparrows", "agenda": [*LINES, " Dust "]})
        refused = [
            (await browser.post("/api/v1/rooms", json={"title": "Swifts", "agenda": lines})).json()
            for lines in (["x" * 101], ["\x07"], ["Line"] * 201)
        ]
    ben = place.page((await place.person("Ben"))[1])

    assert made.status_code == 201
    assert agenda(await place.page(cookie).enter()) == [(line, False) for line in LINES]
    assert LINES[0] not in json.dumps(await ben.enter())
    assert refused[0]["text"].startswith("An agenda has at most 20 lines.")
    assert [answer["code"] for answer in refused[:2]] == ["room.agenda"] * 2


async def test_before_it_begins_hosts_mean_to_speak_of_something_else(place: Place):
    ada, ben = await planned(place, agenda=LINES)
    before, heard = await ada.enter(), len(ada.frames)

    told = await ada.does("room.plan", **WORDED, agenda=["Swifts", *LINES])
    kept = await ada.does("room.plan", **WORDED)

    seen, after = folded(before, ada.frames[heard:]), await ada.enter()
    assert [told["type"], kept["type"]] == ["ack", "ack"]
    assert agenda(after) == [("Swifts", False), *((line, False) for line in LINES)]
    assert comparable(seen) == comparable(after)
    assert "Swifts" not in json.dumps(ben.frames)


@pytest.mark.parametrize("lines", [["x" * 101], ["a\x00b"], [" "], [f"Line {n}" for n in range(21)], ["x"] * 201])
async def test_what_cannot_be_an_agenda_is_refused_in_words_and_changes_nothing(place: Place, lines: list[str]):
    ada, _ = await planned(place, agenda=LINES)

    answer = await ada.does("room.plan", title="Swifts", language="en", agenda=lines)

    assert (answer["type"], answer["code"]) == ("refused", "room.agenda")
    after = await ada.enter()
    assert (after["room"]["title"], agenda(after)) == ("Sparrows", [(line, False) for line in LINES])


async def test_it_is_the_hosts_and_before_the_room_begins(place: Place):
    ada, ben = await planned(place)

    listener = await ben.does("room.plan", **WORDED, agenda=LINES)
    await ada.does("room.start")
    begun = await ada.does("room.plan", **WORDED, agenda=LINES)

    assert [listener["code"], begun["code"]] == ["room.may_not", "room.begun"]
    assert agenda(await ada.enter()) == []


async def test_a_line_that_was_on_air_is_marked_and_stays_so(place: Place):
    ada, ben = await planned(place, agenda=LINES)
    await ada.does("room.start")
    before, heard = await ada.enter(), len(ada.frames)

    await ada.does("floor.topic", text="  How a river   remembers")
    await ada.does("floor.topic", text=None)
    await place.settle()

    seen, after = folded(before, ada.frames[heard:]), await ada.enter()
    assert agenda(after) == [(LINES[0], True), (LINES[1], False)]
    assert comparable(seen) == comparable(after)
    assert ben.events("room").count("topic.changed") == 2
    assert "desk.agenda" not in ben.events("room", "desk", "me")


async def test_a_killed_server_comes_back_with_it(tmp_path: Path, place: Place, database_url: str):
    ada, _ = await planned(place, agenda=LINES)
    await ada.does("room.start")
    await ada.does("floor.topic", text="Dust")
    await ada.does("floor.topic", text="Something else")

    place.killed = True
    async with opened(tmp_path, url=database_url) as again:
        await again.causerie.rooms.open()

        assert agenda(await again.page(ada.cookie).enter()) == [(LINES[0], False), (LINES[1], True)]


async def test_while_it_is_live_hosts_mean_to_speak_of_something_else_and_what_is_on_air_stays(place: Place):
    ada, ben = await planned(place, agenda=LINES)
    await ada.does("room.start")
    await ada.does("floor.topic", text="Dust")
    before, heard = await ada.enter(), len(ada.frames)

    told = await ada.does("room.set", agenda=["Swifts", " Swifts ", LINES[0]])

    seen, after = folded(before, ada.frames[heard:]), await ada.enter()
    assert told["type"] == "ack"
    assert agenda(after) == [("Swifts", False), (LINES[0], False)]
    assert after["room"]["topic"]["text"] == "Dust"
    assert comparable(seen) == comparable(after)
    assert "Swifts" not in json.dumps(ben.frames)

    await ada.does("room.set", agenda=["Dust"])
    assert agenda(await ada.enter()) == [("Dust", True)]


async def test_what_cannot_be_an_agenda_is_refused_while_live_too_and_so_is_who_puts_no_topic_on_air(place: Place):
    ada, _ = await planned(place, agenda=LINES)
    max_ = place.page((await place.person("Max", admin=True))[1])
    await max_.enter()
    await ada.does("room.start")

    refused = [
        await ada.does("room.set", agenda=["x" * 101], slow=30),
        await max_.does("room.set", agenda=["Swifts"], slow=30),
    ]

    assert [answer["code"] for answer in refused] == ["room.agenda", "room.may_not"]
    after = await ada.enter()
    assert (agenda(after), after["room"]["settings"]["slow"]) == ([(line, False) for line in LINES], 0)
