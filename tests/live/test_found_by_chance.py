"""What evenings of chance found: each a small story of its own, so that it stays found."""

import pytest

from causerie.clock import MINUTE, SECOND
from tests.live.conftest import Evening
from tests.live.test_backstage import lanes, waits_backstage
from tests.sound_on_paper import OFFER


async def test_who_is_no_screener_any_more_is_not_heard_backstage(evening: Evening):
    n = await waits_backstage(evening)
    await evening.ada.does("role.give", person=evening.id("Cho"), role="screener")
    await evening.cho.does("backstage.talk", on=True)
    before = lanes(evening)[1]

    await evening.ada.does("role.take", person=evening.id("Cho"))

    assert (before, lanes(evening)[1]) == ({n["Ben"], n["Cho"]}, {n["Ben"]})


async def test_another_connection_lets_go_of_the_button_and_is_answered(evening: Evening):
    n = await waits_backstage(evening)
    await evening.ada.does("role.give", person=evening.id("Cho"), role="screener")
    await evening.cho.does("backstage.talk", on=True)

    again = await evening.cho.does("media.offer", sdp=OFFER)

    assert (again["type"], evening.place.state().stage.aside) == ("ack", frozenset())
    assert lanes(evening)[1] == {n["Ben"]}


async def test_who_is_removed_holds_no_button_and_is_not_asked_to_host(evening: Evening):
    await waits_backstage(evening)
    await evening.ada.does("role.give", person=evening.id("Cho"), role="screener")
    await evening.cho.does("backstage.talk", on=True)
    await evening.ada.does("room.hand_over", person=evening.id("Cho"))

    await evening.ada.does("room.remove", person=evening.id("Cho"))

    live = evening.place.state()
    assert (live.stage.aside, live.room.heir) == (frozenset(), None)


async def test_a_screener_is_not_brought_from_backstage_on_air(evening: Evening):
    await waits_backstage(evening)
    await evening.ada.does("role.give", person=evening.id("Ben"), role="screener")

    told = await evening.ada.does("stage.put_on_air", person=evening.id("Ben"))

    assert (told["code"], list(evening.place.state().stage.seats)) == ("role.never_on_air", [evening.id("Ada")])


async def test_a_cohost_backstage_opens_the_microphone_there_and_not_on_air(evening: Evening):
    n = await waits_backstage(evening)
    await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")
    await evening.ben.does("microphone.mute")

    await evening.ben.does("microphone.unmute")

    assert lanes(evening)[:2] == ({n["Ada"]}, {n["Ben"]})


async def test_a_microphone_taken_backstage_is_shown_shut(evening: Evening):
    await waits_backstage(evening)

    told = await evening.ben.does("microphone.away", on=True)

    guest = evening.place.state().stage.backstage[evening.people["Ben"].id]
    assert (told["type"], guest.muted, lanes(evening)[1]) == ("ack", True, set())


async def test_a_cohost_who_is_invited_is_called_cohost(evening: Evening):
    await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")
    await evening.ada.does("stage.invite", person=evening.id("Ben"))

    await evening.ben.does("stage.accept")

    assert [seat.role for seat in evening.place.state().stage.seats.values()] == ["host", "cohost"]


async def test_who_accepts_to_host_an_empty_chair_fills_it(evening: Evening):
    await evening.ada.does("room.hand_over", person=evening.id("Ben"))
    await evening.ada.leave()
    await evening.place.tick(121 * SECOND)
    before = evening.place.state().room.chair_empty_since

    await evening.ben.does("host.accept")
    await evening.place.tick(11 * MINUTE)

    room = evening.place.state().room
    assert (before is None, room.chair_empty_since, room.phase, room.host) == (False, None, "live", evening.id("Ben"))


async def test_who_was_cohost_before_and_came_back_is_here(evening: Evening):
    await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")
    await evening.ben.leave()
    await evening.ada.does("role.take", person=evening.id("Ben"))
    back = evening.place.page(evening.ben.cookie)
    await back.enter()

    await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")
    await evening.ada.leave()
    await evening.place.tick(121 * SECOND)

    assert evening.place.state().room.host == evening.id("Ben")


async def test_a_program_that_slept_for_long_finds_seats_and_chair_in_one_look(evening: Evening):
    await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")
    await evening.ada.leave()

    await evening.place.tick(11 * MINUTE)

    live = evening.place.state()
    assert (live.room.host, live.stage.seats) == (evening.id("Ben"), {})


async def test_whoever_was_inside_long_ago_may_knock_and_come_in(evening: Evening):
    await evening.ada.does("room.lock", on=True)
    await evening.ben.leave()
    await evening.place.tick(11 * MINUTE)
    back = evening.place.page(evening.ben.cookie)

    refused = await back.does("room.enter", room="sparrows")
    knocked = await back.does("room.knock", room="sparrows")
    await evening.ada.does("knock.answer", person=evening.id("Ben"), let_in=True)

    assert (refused["code"], knocked["type"]) == ("room.locked", "ack")
    assert (await back.enter())["type"] == "snapshot"


async def test_knocking_again_keeps_the_place(evening: Evening):
    await evening.ada.does("room.lock", on=True)
    person, cookie = await evening.place.person("Dee")
    page = evening.place.page(cookie)
    await page.does("room.knock", room="sparrows")
    before = evening.place.state().audience.knocks[person.id].at

    evening.place.clock.turn(MINUTE)
    await page.does("room.knock", room="sparrows", note="It is me")

    knock = evening.place.state().audience.knocks[person.id]
    assert (knock.at, knock.note) == (before, "It is me")


async def test_who_is_banned_while_they_knock_knocks_no_more(evening: Evening):
    await evening.ben.does("room.leave")
    await evening.ada.does("room.lock", on=True)
    await evening.ada.does("room.remove", person=evening.id("Ben"))
    await evening.ben.does("room.knock", room="sparrows")

    await evening.ada.does("room.ban", person=evening.id("Ben"), reason="noise", hours=None, network=False)
    await evening.ben.task

    assert (evening.place.state().audience.knocks, evening.ben.closed) == ({}, 4002)


async def test_who_may_not_move_themselves_down_by_a_hosts_command_is_heard_on(evening: Evening):
    await evening.ben.does("media.offer", sdp=OFFER)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await evening.ben.does("microphone.unmute")
    rooms = evening.place.causerie.rooms
    number = rooms.number(rooms.names["sparrows"], evening.id("Ben"))

    refused = await evening.ben.does("stage.move_down", person=evening.id("Ben"))

    assert (refused["code"], number in evening.place.engine.heard) == ("room.may_not", True)


@pytest.mark.parametrize(
    ("do", "more"), [("stage.step_down", {}), ("microphone.mute", {}), ("microphone.away", {"on": True})]
)
async def test_whose_microphone_is_shut_holds_no_button(evening: Evening, do: str, more: dict[str, bool]):
    n = await waits_backstage(evening)
    await evening.ada.does("media.offer", sdp=OFFER)
    await evening.ada.does("backstage.talk", on=True)
    before = lanes(evening)[1]

    told = await evening.ada.does(do, **more)

    assert (told["type"], evening.place.state().stage.aside) == ("ack", frozenset())
    assert (before - lanes(evening)[1], lanes(evening)[1]) == ({n["Ada"]}, {n["Ben"]})
