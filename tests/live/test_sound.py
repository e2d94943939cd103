"""An offer lets one hear, two keys open a microphone, and what closes it shuts it on every page."""

import pytest

from causerie.clock import MINUTE
from tests.live.conftest import Evening
from tests.sound_on_paper import ANSWER, OFFER


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
    await second.does("microphone.unmute")

    assert len(evening.place.engine.open) == 1
    assert evening.place.engine.open != first
    told = [[frame["type"] for frame in page.frames].count("microphone.moved") for page in (evening.ben, second)]
    assert told == [1, 0]


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


async def test_who_asks_for_the_voices_hears_them_over_every_connection_until_they_take_it_back(evening: Evening):
    engine = evening.place.engine
    await evening.ben.does("media.lowest_delay", on=True)
    await evening.ben.does("media.offer", sdp=OFFER)
    (first,) = engine.peers
    engine.becomes(first, "up")
    await evening.ben.hears(lambda frame: frame["type"] == "sound")

    await evening.ben.does("media.offer", sdp=OFFER)
    (second,) = engine.peers.keys() - {first}
    sooner = set(engine.direct)
    told = await evening.ben.does("media.lowest_delay", on=False)

    assert (sooner, engine.direct, told["type"]) == ({first, second}, set(), "ack")


async def test_the_voices_themselves_are_for_the_page_that_asked(evening: Evening):
    for page in (evening.ben, evening.cho):
        await page.does("media.offer", sdp=OFFER)
    bens, chos = sorted(evening.place.engine.peers)

    await evening.cho.does("media.lowest_delay", on=True)

    assert (bens, evening.place.engine.direct) == (bens, {chos})


@pytest.mark.parametrize("on", ["yes", 1, None])
async def test_how_to_hear_is_said_by_yes_or_no(evening: Evening, on: object):
    await evening.ben.does("media.offer", sdp=OFFER)

    told = await evening.ben.does("media.lowest_delay", on=on)

    assert (told["code"], evening.place.engine.direct) == ("message.unknown", set())


async def test_outside_of_a_room_nothing_is_heard_sooner(evening: Evening):
    stranger = evening.place.page(evening.place.visitor())

    told = await stranger.does("media.lowest_delay", on=True)

    assert told["code"] == "room.not_entered"
