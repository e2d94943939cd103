"""Who leads: a room is handed over, a host is lost, and nobody leads who was given no part in it."""

from dataclasses import replace
from typing import Any

import pytest

from causerie.clock import MINUTE, SECOND
from causerie.errors import Refusal
from causerie.ids import PersonId
from causerie.rooms import leading
from causerie.rooms.events import ChairEmpty, ChairFilled, EndLifted, EndNear, Event, HostChanged, RoleGiven, RoleTaken
from causerie.rooms.roles import Given, Helper, Leader
from causerie.rooms.state import Ending, Room, fold
from tests.hall import ADA, BEN, CHO, DEE, NOW, ended, live, scheduled

Ada, Ben, Cho = Leader(ADA, "Ada"), Leader(BEN, "Ben"), Leader(CHO, "Cho")


def after(room: Room, *turns: list[Event]) -> Room:
    for events in turns:
        for event in events:
            room = fold(event, room)
    return room


def helped_by(room: Room = live, **roles: Given) -> Room:
    """The room with helpers, each serving a second less than the one before."""
    given = {
        PersonId(id): Helper(PersonId(id), id.title(), role, NOW + n * SECOND)
        for n, (id, role) in enumerate(roles.items())
    }
    return replace(room, helpers=given)


def lost(room: Room, *people: PersonId) -> Room:
    """These leaders have had no line since the evening began."""
    return replace(room, away=dict.fromkeys(people, NOW))


# ---- handing over ----


def test_handing_over_needs_the_other():
    asked = after(live, leading.ask(live, BEN, "Ben", by=Ada))

    assert (asked.host, asked.heir) == (ADA, BEN)
    with pytest.raises(Refusal, match="not asked"):
        leading.accept(asked, Cho, now=NOW)
    led = after(asked, leading.accept(asked, Ben, now=NOW))
    assert led == replace(live, host=BEN, host_name="Ben", helpers={ADA: Helper(ADA, "Ada", "cohost", NOW)})


def test_who_declines_leaves_everything_as_it_was():
    asked = after(live, leading.ask(live, BEN, "Ben", by=Ada))

    assert after(asked, leading.decline(asked, CHO)) == asked
    assert after(asked, leading.decline(asked, BEN)) == live


def test_asking_another_takes_the_first_asking_back():
    asked = after(live, leading.ask(live, BEN, "Ben", by=Ada))

    again = after(asked, leading.ask(asked, CHO, "Cho", by=Ada))

    assert (again.heir, again.heir_name) == (CHO, "Cho")
    with pytest.raises(Refusal, match="not asked"):
        leading.accept(again, Ben, now=NOW)


# ---- a host who is lost ----


def test_the_longest_serving_cohost_who_is_here_leads_after_two_minutes():
    room = lost(helped_by(dee="cohost", ben="cohost", cho="cohost"), ADA, DEE)

    assert leading.due(room, NOW + 2 * MINUTE - 1) == []
    assert leading.due(room, NOW + 2 * MINUTE) == [RoleTaken(BEN), HostChanged(Ben, "lost", Ada)]


@pytest.mark.parametrize("role", ["screener", "captioner", "may_lead"])
def test_nobody_else_is_promoted_by_time(role: Given):
    room = lost(helped_by(ben=role), ADA)
    now = NOW + 2 * MINUTE

    assert leading.due(room, now) == [ChairEmpty(now)]
    room = after(room, leading.due(room, now))
    for minutes in range(1, 60):
        room = after(room, leading.due(room, now + minutes * MINUTE))
        assert room.host == ADA


@pytest.mark.parametrize("room", [scheduled, ended])
def test_before_and_after_the_evening_nobody_is_promoted(room: Room):
    assert leading.due(lost(helped_by(room, ben="cohost"), ADA), NOW + MINUTE * 60) == []


def test_who_returns_is_host_again():
    room = lost(helped_by(ben="cohost", cho="cohost"), ADA)
    led = after(room, leading.due(room, NOW + 2 * MINUTE))
    led = after(led, leading.lose(led, BEN, now=NOW + 3 * MINUTE))
    led = after(led, leading.due(led, NOW + 5 * MINUTE))
    assert (led.host, led.lost_host, led.helpers[BEN].role) == (CHO, ADA, "cohost")

    back = after(led, leading.find(led, ADA, now=NOW + 6 * MINUTE))

    assert (back.host, back.lost_host, sorted(back.helpers)) == (ADA, None, [BEN, CHO])
    assert back.away == {BEN: NOW + 3 * MINUTE}


def test_a_chair_that_is_taken_is_given_back_too():
    room = lost(helped_by(ben="may_lead"), ADA)
    empty = after(room, leading.due(room, NOW + 2 * MINUTE))

    taken = after(empty, leading.take_chair(empty, Ben, now=NOW + 3 * MINUTE))
    back = after(taken, leading.find(taken, ADA, now=NOW + 4 * MINUTE))

    assert (taken.host, taken.lost_host, taken.chair_empty_since) == (BEN, ADA, None)
    assert (back.host, back.helpers) == (ADA, {BEN: Helper(BEN, "Ben", "cohost", NOW + 4 * MINUTE)})


def test_a_chair_that_is_not_empty_cannot_be_taken():
    with pytest.raises(Refusal, match="not empty"):
        leading.take_chair(live, Ben, now=NOW)


def test_without_a_chair_the_room_ends_after_ten_minutes_and_is_warned_two_before():
    room, now = lost(live, ADA), NOW + 2 * MINUTE
    empty = after(room, leading.due(room, now))

    assert leading.due(empty, now + 8 * MINUTE - 1) == []
    assert leading.due(empty, now + 8 * MINUTE) == [EndNear(now + 10 * MINUTE, "no_chair")]
    assert [leading.over(empty, now + 10 * MINUTE - 1), leading.over(empty, now + 10 * MINUTE)] == [False, True]


def test_the_warning_is_said_once():
    room = lost(live, ADA)
    for minutes in (2, 10):
        room = after(room, leading.due(room, NOW + minutes * MINUTE))

    assert leading.due(room, NOW + 11 * MINUTE) == []


@pytest.mark.parametrize("who", [ADA, BEN])
def test_whoever_comes_back_in_time_saves_the_room(who: PersonId):
    room = lost(helped_by(ben="cohost"), ADA, BEN)
    room = after(room, leading.due(room, NOW + 2 * MINUTE))
    room = after(room, leading.due(room, NOW + 10 * MINUTE))
    assert room.ending == Ending(NOW + 12 * MINUTE, "no_chair")

    found = leading.find(room, who, now=NOW + 11 * MINUTE)
    saved = after(room, found)
    told = [*found, *leading.due(saved, NOW + 11 * MINUTE)]
    saved = after(saved, leading.due(saved, NOW + 11 * MINUTE))

    assert (saved.host, saved.chair_empty_since, saved.ending) == (who, None, None)
    assert [event for event in told if isinstance(event, (ChairFilled, EndLifted))] == [ChairFilled(), EndLifted()]


def test_an_acting_host_may_hand_over_and_the_first_one_still_returns():
    room = lost(helped_by(ben="cohost"), ADA)
    led = after(room, leading.due(room, NOW + 2 * MINUTE))
    led = after(led, leading.ask(led, CHO, "Cho", by=Ben))
    led = after(led, leading.accept(led, Cho, now=NOW + 3 * MINUTE))

    back = after(led, leading.find(led, ADA, now=NOW + 4 * MINUTE))

    assert (led.host, led.lost_host) == (CHO, ADA)
    assert (back.host, sorted(back.helpers)) == (ADA, [BEN, CHO])


def test_who_is_asked_to_be_host_is_so_no_more_when_another_leads():
    asked = after(lost(helped_by(ben="cohost"), ADA), leading.ask(live, CHO, "Cho", by=Ada))

    led = after(asked, leading.due(asked, NOW + 2 * MINUTE))
    again = after(led, leading.ask(led, CHO, "Cho", by=Ben))
    back = after(again, leading.find(again, ADA, now=NOW + 3 * MINUTE))

    assert [(room.host, room.heir) for room in (led, again, back)] == [(BEN, None), (BEN, CHO), (ADA, None)]


def test_a_chair_that_is_taken_twice_is_still_the_first_hosts():
    room = lost(helped_by(ben="may_lead", cho="may_lead"), ADA)
    for minutes, to in [(2, Ben), (6, Cho)]:
        room = after(room, leading.due(room, NOW + minutes * MINUTE))
        room = after(room, leading.take_chair(room, to, now=NOW + (minutes + 1) * MINUTE))
        room = after(room, leading.lose(room, to.person, now=NOW + (minutes + 1) * MINUTE))

    assert (room.host, room.lost_host) == (CHO, ADA)


def test_who_comes_back_when_it_is_over_changes_nothing():
    over = lost(replace(ended, lost_host=ADA, lost_host_name="Ada", host=BEN, host_name="Ben"), ADA)

    assert leading.find(over, ADA, now=NOW + MINUTE) == []


def test_after_a_restart_everybody_has_their_full_span_to_come():
    room = leading.away(replace(helped_by(ben="cohost", cho="screener"), lost_host=DEE), NOW)

    assert room.away == {ADA: NOW, BEN: NOW, DEE: NOW}


def test_what_is_given_is_told_with_when():
    given: Any = leading.accept(after(live, leading.ask(live, BEN, "Ben", by=Ada)), Ben, now=NOW + 1)

    assert given[-1] == RoleGiven(ADA, "Ada", "cohost", NOW + 1)
