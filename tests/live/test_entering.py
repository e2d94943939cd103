"""Coming to a room, and coming back to it."""

import asyncio

import pytest

from causerie.accounts.cookies import VISITOR
from causerie.accounts.people import Person
from tests.live.conftest import Evening
from tests.live.page import folded
from tests.place import Place


async def test_a_room_that_is_not_there(place: Place):
    page = place.page(place.visitor())

    told = await page.enter("nowhere")

    assert told == {
        "type": "refused",
        "id": "p1-1",
        "code": "room.unknown",
        "text": "There is no room at this address.",
    }


@pytest.mark.parametrize("room", ["x" * 10_000, "", "\u0000", "../etc/passwd", "sparrows'--"])
async def test_no_name_is_too_odd_to_be_refused(evening: Evening, room: str):
    told = await evening.ben.does("room.enter", room=room)

    assert (told["type"], told["code"]) == ("refused", "room.unknown")
    assert (await evening.ben.does("hand.raise"))["type"] == "ack"


async def test_before_the_room_there_is_nothing_to_do(place: Place):
    page = place.page(place.visitor())

    told = await page.does("hand.raise")

    assert (told["code"], told["text"]) == ("room.not_entered", "Enter the room first.")


async def test_hosts_see_the_desk_and_nobody_else_does(evening: Evening):
    seen = [(await page.enter())["desk"] for page in (evening.ada, evening.ben, evening.visitor)]

    parts = (
        "hands",
        "invitations",
        "waiting",
        "backstage",
        "talking",
        "asking",
        "entries",
        "questions",
        "words",
        "helpers",
        "bans",
    )
    parts += ("knocks", "raided", "reports")
    empty = {part: [] for part in parts}
    counts = {"silent": 0, "pending_count": 0, "dismissed_count": 0}
    agenda = [{"text": line, "spoken_of": False} for line in ("What remains", "How songs travel")]
    fresh = {"asked": None, "lines": {}, "agenda": agenda, "one_network": {}}
    fresh |= {"left_out": [], "recording_missing": False, "recording_trouble": None}
    assert seen == [{**empty, **counts, **fresh}, None, None]


async def test_the_audience_is_everybody_here_who_is_not_on_stage(evening: Evening):
    second = evening.place.page(evening.ben.cookie)

    snapshot = await second.enter()

    assert snapshot["room"]["listeners"] == 3  # Ben, Cho and the visitor, on however many pages
    await evening.cho.leave()
    await evening.place.tick()
    assert evening.ada.frames[-1] == {
        "type": "tick",
        "now": evening.place.clock.now(),
        "listeners": 2,
        "stepped_forward": 0,
        "speaking": [],
        "reactions": {},
    }


async def test_who_comes_back_hears_what_they_missed_and_nothing_twice(evening: Evening):
    before = await evening.ben.enter()
    await evening.ben.leave()
    asked = await evening.cho.does("question.ask", text="What was that?")
    await evening.place.tick()
    back = evening.place.page(evening.ben.cookie)

    told = await back.enter(since={"epoch": before["epoch"], **before["at"]})

    assert told["type"] == "ack"
    assert [frame["type"] for frame in back.frames] == ["events", "ack"]
    assert back.frames[0]["n"] == before["at"]["room"] + 1
    assert back.frames[0]["events"][0]["question"]["id"] == asked["made"]
    await evening.cho.does("question.withdraw", question=asked["made"])
    assert back.events("room") == ["question.asked", "question.changed"]


async def test_who_missed_nothing_is_told_nothing(evening: Evening):
    before = await evening.ben.enter()
    back = evening.place.page(evening.ben.cookie)

    told = await back.enter(since={"epoch": before["epoch"], **before["at"]})

    assert (told["type"], [frame["type"] for frame in back.frames]) == ("ack", ["ack"])


@pytest.mark.parametrize(
    "changed",
    [{"epoch": "another"}, {"room": 999}, {"room": -1}, {"me": 999}, {"person": "somebody-else"}],
    ids=["the server started anew", "from the future", "before the first", "another's number", "another person"],
)
async def test_who_cannot_be_told_what_they_missed_gets_a_snapshot(evening: Evening, changed: dict):
    before = await evening.ben.enter()
    await evening.cho.does("question.ask", text="What was that?")

    snapshot = await evening.ben.enter(since={"epoch": before["epoch"], **before["at"], **changed})

    assert snapshot["type"] == "snapshot"
    assert [question["text"] for question in snapshot["room"]["questions"]] == ["What was that?"]


async def test_after_a_minute_what_was_missed_is_a_snapshot(evening: Evening):
    before = await evening.ben.enter()
    await evening.cho.does("question.ask", text="What was that?")
    evening.place.clock.turn(61_000)
    await evening.ada.does("stage.mute", person=evening.id("Ben"))
    await evening.cho.does("question.ask", text="And this?")

    snapshot = await evening.ben.enter(since={"epoch": before["epoch"], **before["at"]})

    assert snapshot["type"] == "snapshot"


async def test_a_second_page_of_one_person_hears_the_same(evening: Evening):
    second = evening.place.page(evening.ben.cookie)
    await second.enter()

    asked = await evening.cho.does("question.ask", text="Who hears?")
    await evening.ben.does("question.vote", question=asked["made"])
    await evening.place.tick()

    assert second.events("room", "me") == ["question.asked", "me.voted", "votes.counted"]
    assert evening.ben.events("room", "me")[-3:] == ["question.asked", "me.voted", "votes.counted"]
    await second.leave()
    assert (await evening.ben.does("question.unvote", question=asked["made"]))["type"] == "ack"


async def test_one_goes_from_room_to_room_on_the_same_page(evening: Evening):
    ada = evening.people["Ada"]
    await evening.place.room(ada, "Swifts")

    snapshot = await evening.ben.enter("swifts")

    assert snapshot["room"]["title"] == "Swifts"
    assert evening.place.causerie.rooms.audience(evening.place.state().room.id) == 2
    told = len(evening.ben.frames)
    await evening.cho.does("question.ask", text="Where is Ben?")
    assert len(evening.ben.frames) == told


async def test_leaving_quietly(evening: Evening):
    assert (await evening.ben.does("room.leave"))["type"] == "ack"
    assert (await evening.ben.does("hand.raise"))["code"] == "room.not_entered"


async def test_a_visitor_who_takes_a_name_is_the_same_person(evening: Evening):
    before = await evening.visitor.enter()
    assert before["me"]["rights"] == []
    assert (await evening.visitor.does("question.ask", text="May I?"))["code"] == "name.needed"

    async with evening.place.browser(evening.visitor.cookie) as browser:
        answer = await browser.post("/api/v1/guests", json={"name": " Eve  \u202e "})

    assert (answer.status_code, answer.json()["person"]["name"]) == (201, "Eve")
    assert answer.json()["person"]["id"] == before["me"]["person"]
    assert evening.visitor.events("me") == ["me.rights", "me.named", "me.rights"]
    assert (await evening.visitor.does("question.ask", text="May I?"))["type"] == "ack"
    session = answer.headers["set-cookie"].split(";")[0]
    snapshot = await evening.place.page(f"{evening.visitor.cookie}; {session}").enter()
    assert snapshot["me"]["person"] == before["me"]["person"]


async def test_a_page_that_comes_while_its_person_takes_a_name_goes_by_it(evening: Evening):
    gateway = evening.place.causerie.gateway
    id, value = gateway.cookies.new_visitor()
    coming = evening.place.page(f"{VISITOR}={value}")
    await asyncio.sleep(0)  # its cookie is being looked up, and nobody has this name yet

    gateway.named(Person(id, "Eve"), "the session that came with the name")
    snapshot = await coming.enter()

    assert (snapshot["me"]["person"], snapshot["me"]["name"]) == (id, "Eve")
    assert (await coming.does("question.ask", text="Am I Eve?"))["type"] == "ack"
    gateway.signed_out("the session that came with the name")
    await asyncio.wait_for(coming.task, 1)
    assert coming.closed == 1008


async def test_who_comes_between_two_ticks_hears_that_the_queue_is_as_it_was(evening: Evening):
    await evening.place.settle()
    await evening.cho.does("hand.raise")
    desk, mine = evening.place.page(evening.ada.cookie), evening.place.page(evening.cho.cookie)
    between, own = await desk.enter(), await mine.enter()
    await evening.cho.does("hand.lower")
    await evening.place.settle()

    assert (len(between["desk"]["entries"]), own["me"]["place"]["n"]) == (1, 1)
    assert folded(between, desk.frames)["desk"]["entries"] == []
    assert folded(own, mine.frames)["me"]["place"] is None


async def test_a_room_that_nobody_needs_is_let_go_and_comes_back_the_same(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    await place.room(ada)
    page = place.page(cookie)
    before = await page.enter()
    await page.does("question.ask", text="Is anybody here?")
    await page.leave()

    await place.tick()

    assert (place.causerie.rooms.hubs, place.causerie.rooms.names, place.causerie.rooms.turns.states) == ({}, {}, {})
    after = await place.page(cookie).enter()
    assert after["epoch"] != before["epoch"]
    assert [question["text"] for question in after["room"]["questions"]] == ["Is anybody here?"]
