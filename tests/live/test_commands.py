"""What people do in a room, and what everybody is told of it, through the whole application."""

from dataclasses import asdict

import pytest

from causerie.rooms.settings import RoomSettings
from tests.hall import NOW
from tests.live.conftest import Evening, question_of_ben

# ---- questions ----


async def test_a_question_reaches_everybody_as_it_was_asked(evening: Evening):
    made = await question_of_ben(evening)

    told = await evening.visitor.hears(lambda frame: frame["type"] == "events" and frame["channel"] == "room")
    last = [frame for frame in evening.visitor.frames if frame["type"] == "events"][-1]
    assert told["n"] >= 1
    assert last["events"] == [
        {
            "is": "question.asked",
            "question": {
                "id": made,
                "text": "Why do sparrows dust?",
                "person": evening.id("Ben"),
                "name": "Ben",
                "anonymous": False,
                "myself": True,
                "state": "open",
                "votes": 0,
                "guest_votes": 0,
                "asked_at": NOW,
                "on_air_at": None,
                "answered_at": None,
                "called_at": None,
                "edited": False,
                "held": None,
                "reason": None,
                "into": None,
            },
            "open_count": 1,
            "answered_count": 0,
        }
    ]


async def test_a_question_sent_again_after_a_lost_line_is_asked_once(evening: Evening):
    first = await evening.ben.does("question.ask", id="same", text="Why do sparrows dust?")
    again = await evening.ben.does("question.ask", id="same", text="Why do sparrows dust?")
    of_another = await evening.cho.does("question.ask", id="same", text="And swifts?")

    assert (again["type"], again["made"]) == ("ack", first["made"])
    assert of_another["made"] != first["made"]
    assert len(evening.place.state().questions.all) == 2


async def test_votes_are_counted_once_a_tick_for_everybody(evening: Evening):
    made = await question_of_ben(evening)

    for page in (evening.ada, evening.cho, evening.cho):
        await page.does("question.vote", question=made)
    await evening.place.tick()

    counted = [
        event
        for frame in evening.visitor.frames
        if frame["type"] == "events"
        for event in frame["events"]
        if event["is"] == "votes.counted"
    ]
    assert counted == [{"is": "votes.counted", "tallies": {made: 2}, "guests": {}}]
    assert (evening.cho.events("me")[-1], evening.ben.events("me").count("me.voted")) == ("me.voted", 0)


@pytest.mark.parametrize(
    ("who", "do", "code"),
    [
        ("ben", "question.vote", "question.own"),
        ("cho", "question.withdraw", "question.not_yours"),
        ("cho", "question.hide_name", "question.not_your_name"),
        ("cho", "floor.pick", "room.may_not"),
        ("ben", "floor.answered", "room.may_not"),
        ("ada", "floor.answered", "question.not_on_air"),
        ("visitor", "question.vote", "name.needed"),
    ],
)
async def test_what_is_refused_changes_nothing(evening: Evening, who: str, do: str, code: str):
    made = await question_of_ben(evening)
    before = evening.place.state()

    told = await getattr(evening, who).does(do, question=made)

    assert (told["type"], told["code"]) == ("refused", code)
    assert evening.place.state() == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("?", "question.length"),
        ("x" * 256, "question.length"),
        ("x" * 10_000, "question.length"),
        (" \n ", "question.length"),
    ],
)
async def test_a_question_has_its_length(evening: Evening, text: str, code: str):
    told = await evening.ben.does("question.ask", text=text)

    assert (told["code"], told["text"]) == (code, "A question has 2 to 255 characters.")


async def test_a_question_taken_back_is_gone_for_everybody(evening: Evening):
    made = await question_of_ben(evening)

    await evening.ben.does("question.withdraw", question=made)

    snapshot = await evening.cho.enter()
    assert (snapshot["room"]["questions"], snapshot["room"]["open_count"]) == ([], 0)
    assert evening.visitor.events("room")[-1] == "question.changed"


# ---- settings ----


async def test_the_host_sets_the_room_otherwise_and_everybody_hears_of_it(evening: Evening):
    assert (await evening.ada.does("room.set", policy="in_turn"))["type"] == "ack"
    assert (await evening.ada.does("room.set", policy="in_turn"))["type"] == "ack"

    assert evening.place.state().room.settings.policy == "in_turn"
    assert [page.events("room").count("room.changed") for page in (evening.ben, evening.visitor)] == [1, 1]
    settings = asdict(RoomSettings(policy="in_turn")) | {"cohosts_without": []}
    assert (await evening.visitor.enter())["room"]["settings"] == {
        name: value for name, value in settings.items() if name not in ("words", "agenda")
    }


@pytest.mark.parametrize(("who", "policy", "code"), [("ben", "in_turn", "room.may_not"), ("ada", "by_lot", None)])
async def test_a_setting_that_is_refused_changes_nothing(evening: Evening, who: str, policy: str, code: str | None):
    before = evening.place.state()

    told = await getattr(evening, who).does("room.set", policy=policy)

    assert (told["type"], told["code"]) == ("refused", code or "message.unknown")
    assert evening.place.state() == before
