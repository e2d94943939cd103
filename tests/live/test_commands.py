"""What people do in a room, and what everybody is told of it, through the whole application."""

from dataclasses import asdict

import pytest

from causerie.clock import MINUTE, SECOND
from causerie.rooms.settings import RoomSettings
from tests.hall import NOW
from tests.live.conftest import Evening
from tests.sound_on_paper import ANSWER, OFFER


async def question_of_ben(evening: Evening, **more: object) -> str:
    return (await evening.ben.does("question.ask", text="Why do sparrows dust?", **more))["made"]


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


# ---- the floor and the stage ----


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


# ---- sound ----


async def on_stage(evening: Evening) -> None:
    """Ben sits on stage and is heard."""
    await evening.ben.does("media.offer", sdp=OFFER)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")


async def test_an_offer_is_answered_and_lets_one_hear(evening: Evening):
    told = await evening.visitor.does("media.offer", sdp=OFFER)

    answers = [frame for frame in evening.visitor.frames if frame["type"] == "answer"]
    assert answers == [{"type": "answer", "id": told["id"], "sdp": ANSWER}]
    assert (evening.place.engine.heard, len(evening.place.engine.peers)) == (set(), 1)


async def test_an_offer_that_cannot_be_read_is_refused(evening: Evening):
    told = await evening.ben.does("media.offer", sdp="hello")

    assert (told["code"], told["text"]) == ("sdp.unreadable", "This is no offer of sound.")
    assert evening.place.engine.peers == {}
    assert evening.place.causerie.media.peers == {}


async def test_an_offer_rides_along_with_coming_in(evening: Evening):
    page = evening.place.page(evening.cho.cookie)

    await page.enter(sdp=OFFER)

    assert [frame["type"] for frame in page.frames] == ["snapshot", "answer", "ack"]


async def test_two_keys_open_a_microphone(evening: Evening):
    await evening.ben.does("media.offer", sdp=OFFER)
    number = (await evening.ben.enter())["me"]["number"]
    assert (await evening.ben.does("microphone.unmute"))["code"] == "stage.not_on_stage"
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    assert evening.place.engine.heard == set()

    await evening.ben.does("stage.accept")

    assert evening.place.engine.heard == {number}


@pytest.mark.parametrize(
    ("who", "do", "fields"),
    [
        ("ada", "stage.mute", {"person": "Ben"}),
        ("ada", "stage.move_down", {"person": "Ben"}),
        ("ada", "room.end", {}),
        ("ben", "microphone.mute", {}),
        ("ben", "stage.step_down", {}),
        ("ben", "room.leave", {}),
        ("ben", "media.close", {}),
    ],
)
async def test_what_closes_is_closed(evening: Evening, who: str, do: str, fields: dict):
    await on_stage(evening)
    assert len(evening.place.engine.heard) == 1

    await getattr(evening, who).does(do, **{key: evening.id(name) for key, name in fields.items()})

    assert evening.place.engine.heard == set()
    assert evening.place.engine.open == set()


async def test_nobody_can_shut_another_without_the_power_to(evening: Evening):
    await on_stage(evening)
    before = len(evening.place.engine.gates)

    await evening.cho.does("stage.mute", person=evening.id("Ben"))

    assert (len(evening.place.engine.heard), len(evening.place.engine.gates)) == (1, before)


async def test_a_lost_line_keeps_the_seat_and_shuts_the_microphone(evening: Evening):
    await on_stage(evening)

    await evening.ben.leave()

    assert evening.place.engine.heard == set()
    seat = evening.place.state().stage.seats[evening.people["Ben"].id]
    assert (seat.muted, seat.held_until) == (True, evening.place.clock.now() + 10 * MINUTE)
    back = evening.place.page(evening.ben.cookie)
    await back.enter(sdp=OFFER)
    assert evening.place.engine.heard == set()
    await back.does("microphone.unmute")
    assert len(evening.place.engine.heard) == 1


async def test_who_does_not_come_back_has_left_the_stage(evening: Evening):
    await on_stage(evening)
    await evening.ben.leave()

    await evening.place.tick(10 * MINUTE)

    assert evening.place.state().stage.seats.keys() == {evening.people["Ada"].id}
    left = [frame for frame in evening.cho.frames if frame["type"] == "events"][-1]["events"]
    assert left == [{"is": "speaker.left", "person": evening.id("Ben"), "why": "lost"}]


async def test_who_comes_back_too_late_for_the_seat_is_first_in_line(evening: Evening):
    await on_stage(evening)
    await evening.cho.does("hand.raise")
    await evening.ben.leave()
    await evening.place.tick(10 * MINUTE)

    me = (await evening.place.page(evening.ben.cookie).enter(sdp=OFFER))["me"]

    assert (me["lost_seat"], me["hand_at"], me["place"]["n"]) == (True, evening.place.clock.now(), 1)
    desk = (await evening.ada.enter())["desk"]
    [hand] = [entry for entry in desk["entries"] if entry["id"] == evening.id("Ben")]
    assert "lost_seat" in [reason["why"] for reason in hand["reasons"]]


async def test_one_person_speaks_through_one_page_at_a_time(evening: Evening):
    await on_stage(evening)
    second = evening.place.page(evening.ben.cookie)
    await second.enter(sdp=OFFER)
    assert len(evening.place.engine.open) == 1
    first = set(evening.place.engine.open)

    await second.does("microphone.mute")
    await second.does("microphone.unmute")

    assert len(evening.place.engine.open) == 1
    assert evening.place.engine.open != first


async def test_opening_it_on_another_page_shuts_it_on_the_first(evening: Evening):
    await on_stage(evening)
    first = set(evening.place.engine.open)
    second = evening.place.page(evening.ben.cookie)
    await second.enter()
    (peer, *_) = first
    evening.place.engine.becomes(peer, "up")
    await evening.ben.hears(lambda frame: frame["type"] == "sound")
    await second.does("media.offer", sdp=OFFER)

    await second.does("microphone.unmute")

    assert len(evening.place.engine.open) == 1
    assert evening.place.engine.open.isdisjoint(first)


@pytest.mark.parametrize("how", ["the page is closed", "it goes elsewhere", "its sound is stopped"])
async def test_when_the_page_that_speaks_stops_the_seat_is_muted(evening: Evening, how: str):
    await on_stage(evening)
    second = evening.place.page(evening.ben.cookie)
    await second.enter(sdp=OFFER)
    await second.does("microphone.unmute")
    third = evening.place.page(evening.ben.cookie)
    await third.enter()

    if how == "the page is closed":
        await second.leave()
    else:
        await second.does("room.leave" if how == "it goes elsewhere" else "media.close")

    seat = evening.place.state().stage.seats[evening.people["Ben"].id]
    assert (seat.muted, seat.held_until, evening.place.engine.heard) == (True, None, set())
    assert third.events("room")[-1] == "speaker.changed"


async def test_a_page_that_does_not_speak_may_close(evening: Evening):
    await on_stage(evening)
    second = evening.place.page(evening.ben.cookie)
    await second.enter()

    await second.leave()

    assert evening.place.state().stage.seats[evening.people["Ben"].id].sounds
    assert len(evening.place.engine.heard) == 1


async def test_a_new_connection_takes_over_when_it_sounds_and_comes_back_muted(evening: Evening):
    await on_stage(evening)
    (old,) = evening.place.engine.peers
    evening.place.engine.becomes(old, "up")
    await evening.ben.hears(lambda frame: frame["type"] == "sound")

    await evening.ben.does("media.offer", sdp=OFFER)
    assert evening.place.engine.heard == set()
    (new,) = evening.place.engine.peers.keys() - {old}
    told = len(evening.ben.frames)
    evening.place.engine.becomes(new, "up")
    await evening.ben.hears(lambda frame: frame["type"] == "sound", after=told)

    assert evening.place.engine.peers.keys() == {new}
    assert evening.place.state().stage.seats[evening.people["Ben"].id].muted
    await evening.ben.does("microphone.unmute")
    assert evening.place.engine.open == {new}


async def test_whose_sound_is_lost_is_told(evening: Evening):
    await evening.ben.does("media.offer", sdp=OFFER)
    (peer,) = evening.place.engine.peers
    for link in ("up", "lost", "gone"):
        evening.place.engine.becomes(peer, link, reason="timeout" if link == "gone" else None)
        await evening.ben.hears(lambda frame, link=link: frame["type"] == "sound" and frame["link"] == link)

    told = [frame for frame in evening.ben.frames if frame["type"] == "sound"]
    assert told == [
        {"type": "sound", "link": "up", "reason": None},
        {"type": "sound", "link": "lost", "reason": None},
        {"type": "sound", "link": "gone", "reason": "timeout"},
    ]
    assert evening.place.causerie.media.peers == {}


async def test_who_sounds_is_told_with_the_tick(evening: Evening):
    await evening.ben.does("media.offer", sdp=OFFER)
    evening.place.engine.loudest = [2, 1]

    await evening.place.tick()

    assert evening.cho.frames[-1]["speaking"] == [2, 1]


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
