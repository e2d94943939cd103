"""How questions and hands come to the stage, and what is told of the queue, through the whole application."""

import pytest

from causerie.clock import MINUTE, SECOND
from tests.hall import NOW
from tests.live.conftest import Evening, question_of_ben

# ---- to the stage ----


async def test_a_question_brings_its_asker_to_the_stage(evening: Evening):
    made = await question_of_ben(evening)

    await evening.ada.does("floor.pick", question=made)
    assert evening.ben.events("me")[-1] == "me.invited"
    accepted = await evening.ben.does("stage.accept")
    await evening.ada.does("floor.answered", question=made)

    assert accepted["type"] == "ack"
    assert evening.visitor.events("room")[-5:] == [
        "question.asked",
        "question.changed",  # next
        "speaker.came",
        "question.changed",  # on air
        "question.changed",  # answered
    ]
    snapshot = await evening.cho.enter()
    assert [(seat["name"], seat["role"], seat["muted"]) for seat in snapshot["room"]["seats"]] == [
        ("Ada", "host", True),
        ("Ben", "speaker", False),
    ]
    assert [question["state"] for question in snapshot["room"]["questions"]] == ["answered"]


async def test_who_wants_it_read_out_or_is_not_here_is_not_invited(evening: Evening):
    read_out = await question_of_ben(evening, myself=False)
    of_cho = (await evening.cho.does("question.ask", text="And swifts?"))["made"]
    await evening.cho.leave()

    await evening.ada.does("floor.pick", question=read_out)
    await evening.ada.does("floor.pick", question=of_cho)

    assert evening.place.state().stage.invitations == {}


async def test_not_now_opens_the_question_again(evening: Evening):
    made = await question_of_ben(evening)
    await evening.ada.does("floor.pick", question=made)

    await evening.ben.does("stage.decline")

    assert evening.place.state().questions.all[made].state == "open"
    assert "invitation.closed" in evening.ada.events("desk")


async def test_a_raised_hand_is_seen_at_the_desk_alone(evening: Evening):
    await evening.ben.does("hand.raise", note="  about\u0000 dust \n baths ")

    assert evening.ada.events("desk")[-1] == "hand.raised"
    assert (await evening.ada.enter())["desk"]["hands"] == [
        {"person": evening.id("Ben"), "name": "Ben", "note": "about dust baths", "raised_at": NOW, "here": True}
    ]
    assert "hand.raised" not in evening.cho.events("room", "desk", "me")


async def test_an_invitation_ends_after_a_minute(evening: Evening):
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.place.tick(MINUTE)

    told = await evening.ben.does("stage.accept")

    assert told["code"] == "stage.not_invited"
    assert evening.ben.events("me")[-2:] == ["me.invited", "me.uninvited"]


async def test_nobody_is_invited_who_is_not_here(evening: Evening):
    assert (await evening.ada.does("stage.invite", person="nobody"))["code"] == "stage.not_here"


async def test_a_visitor_without_a_name_is_not_invited(evening: Evening):
    visitor = (await evening.visitor.enter())["me"]["person"]

    assert (await evening.ada.does("stage.invite", person=visitor))["code"] == "stage.not_here"


@pytest.mark.parametrize("do", ["stage.invite", "stage.mute", "stage.move_down"])
async def test_only_hosts_have_power_over_others(evening: Evening, do: str):
    before = evening.place.state()

    told = await evening.ben.does(do, person=evening.id("Ada"))

    assert (told["code"], evening.place.state()) == ("room.may_not", before)


@pytest.mark.parametrize("do", ["room.start", "room.end"])
async def test_only_the_host_starts_and_ends(evening: Evening, do: str):
    assert (await evening.ben.does(do))["code"] == "room.may_not"


# ---- the queue ----


async def test_ones_place_is_told_at_most_every_five_seconds(evening: Evening):
    await evening.ben.does("question.ask", text="What comes first?", myself=False)
    await evening.place.tick()
    asked = (await evening.cho.does("question.ask", text="May this go first?", myself=False))["made"]
    await evening.ada.does("question.vote", question=asked)
    await evening.place.tick()

    def places() -> list[int]:
        told = [frame for frame in evening.ben.frames if frame["type"] == "events" and frame["channel"] == "me"]
        return [event["place"]["n"] for frame in told for event in frame["events"] if event["is"] == "me.placed"]

    assert places() == [1]
    await evening.place.tick(5 * SECOND)
    assert places() == [1, 2]


async def test_who_is_passed_hears_why(evening: Evening):
    await evening.ben.does("question.ask", text="Mine?", myself=False)
    other = (await evening.cho.does("question.ask", text="Theirs?", myself=False))["made"]
    await evening.place.settle()
    await evening.ada.does("question.vote", question=other)
    await evening.place.settle()

    told = [event for frame in evening.ben.frames for event in frame.get("events", []) if event["is"] == "me.placed"]

    assert [(event["place"]["n"], event["fell"]) for event in told] == [(1, None), (2, {"why": "votes", "n": 1})]


async def test_a_queue_that_stays_is_told_once(evening: Evening):
    await evening.cho.does("hand.raise")
    await evening.place.settle()
    before = evening.ada.events("desk").count("floor.ordered")

    await evening.visitor.leave()
    await evening.place.settle()

    assert evening.ada.events("desk").count("floor.ordered") == before


async def test_the_shortlist_comes_first_and_only_hosts_make_it(evening: Evening):
    first = (await evening.ben.does("question.ask", text="First?"))["made"]
    await evening.cho.does("hand.raise")
    hand = {"kind": "hand", "id": evening.id("Cho")}

    refused = await evening.ben.does("floor.shortlist", entry={"kind": "question", "id": first})
    gone = await evening.ada.does("floor.shortlist", entry={"kind": "question", "id": "gone"})
    await evening.ada.does("floor.shortlist", entry={"kind": "question", "id": first})
    await evening.ada.does("floor.move", entry=hand, before={"kind": "question", "id": first})

    assert (refused["code"], gone["code"]) == ("room.may_not", "floor.not_waiting")
    entries = (await evening.ada.enter())["desk"]["entries"]
    assert [(entry["id"], entry["reasons"][0]) for entry in entries] == [
        (hand["id"], {"why": "shortlisted", "n": 1}),
        (first, {"why": "shortlisted", "n": 2}),
    ]


async def test_by_hand_the_line_stays_as_it_stood_until_hosts_put_it_otherwise(evening: Evening):
    first = (await evening.ben.does("question.ask", text="First?"))["made"]
    wanted = (await evening.cho.does("question.ask", text="The most wanted?"))["made"]
    await evening.ben.does("question.vote", question=wanted)
    early, late = {"kind": "question", "id": first}, {"kind": "question", "id": wanted}

    other = await evening.ada.does("floor.place", entry=early)
    await evening.ada.does("room.set", policy="by_hand")
    as_it_stood = [entry["id"] for entry in (await evening.ada.enter())["desk"]["entries"]]
    refused = await evening.ben.does("floor.place", entry=early, before=late)
    gone = await evening.ada.does("floor.place", entry=early, before={"kind": "hand", "id": first})
    await evening.ada.does("floor.place", entry=early, before=late)

    assert [told["code"] for told in (other, refused, gone)] == [
        "floor.not_by_hand",
        "room.may_not",
        "floor.not_waiting",
    ]
    assert as_it_stood == [wanted, first]
    assert [entry["id"] for entry in (await evening.ada.enter())["desk"]["entries"]] == [first, wanted]


async def test_all_hands_come_down_at_once(evening: Evening):
    await evening.ben.does("hand.raise")
    await evening.cho.does("hand.raise", note="About swifts")

    refused = await evening.ben.does("hand.lower_all")
    up = dict(evening.place.state().stage.hands)
    await evening.ada.does("hand.lower_all")

    assert (refused["code"], len(up), evening.place.state().stage.hands) == ("room.may_not", 2, {})
    assert [page.events("me").count("me.hand") for page in (evening.ben, evening.cho)] == [2, 2]
