"""Before a room is live, and how long it may be."""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

import pytest

from causerie.clock import DAY, HOUR, MINUTE
from causerie.errors import Refusal
from causerie.ids import PersonId
from causerie.rooms import leading, life, moves
from causerie.rooms.errors import BeforeOnly, RoomCancelledAlready, RoomEndedAlready, RoomMissedIt
from causerie.rooms.events import (
    BackstageOpened,
    EndLifted,
    EndNear,
    HostArrived,
    HostLate,
    LeaderCame,
    RoomCancelled,
    RoomExtended,
    RoomMissed,
    RoomMoved,
    RoomReopened,
    RoomStarted,
)
from causerie.rooms.settings import RoomSettings
from causerie.rooms.state import Ending, Room, fold
from causerie.rooms.zones import Start
from tests.hall import ADA, NOW, ended, live, scheduled

planned = replace(scheduled, starts_at=NOW)
backstage = fold(BackstageOpened(NOW), planned)
cancelled = fold(RoomCancelled(NOW), planned)
missed = fold(RoomMissed(NOW), planned)
alone = replace(planned, away={ADA: NOW - HOUR})

draft = replace(scheduled, draft=True)

PHASES = [
    pytest.param(draft, "draft", id="draft"),
    pytest.param(scheduled, "scheduled", id="scheduled"),
    pytest.param(backstage, "backstage", id="backstage"),
    pytest.param(live, "live", id="live"),
    pytest.param(ended, "ended", id="ended"),
    pytest.param(cancelled, "cancelled", id="cancelled"),
    pytest.param(missed, "missed", id="missed"),
]
TO_COME, OVER = {"scheduled", "backstage"}, {"ended", "cancelled"}


def renamed(room: Room, **_moment: int) -> object:
    return life.reword(room, title="Swifts", description="", language="fr")


def unlisted(room: Room, **_moment: int) -> object:
    return life.show_to(room, "unlisted")


@pytest.mark.parametrize(("room", "phase"), PHASES)
def test_each_step_is_taken_where_it_can_be(room: Room, phase: str):
    def possible(step: Callable[..., object], *given: object, **more: object) -> bool:
        try:
            step(room, *given, now=NOW, **more)
        except Refusal:
            return False
        return True

    assert room.phase == phase
    steps = {
        "backstage": possible(life.open_backstage),
        "start": possible(moves.start),
        "move": possible(life.move, Start(NOW + DAY)),
        "announce": possible(life.announce),
        "reword": possible(renamed),
        "show": possible(unlisted),
        "cancel": possible(life.cancel),
        "reopen": possible(life.reopen),
        "extend": possible(life.extend, 30),
    }
    assert steps == {
        "backstage": phase in TO_COME,
        "start": phase in TO_COME | {"live"},
        "move": phase in TO_COME | {"draft"},
        "announce": phase in TO_COME | {"draft", "live"},
        "reword": phase in TO_COME | {"draft"},
        "show": phase in TO_COME | {"draft"},
        "cancel": phase not in ("live", "ended"),
        "reopen": phase in TO_COME | {"missed"},
        "extend": phase == "live",
    }


def test_a_draft_is_announced_once_and_for_a_time_to_come():
    announced = reduce(lambda room, event: fold(event, room), life.announce(draft, now=NOW), draft)

    assert announced == scheduled
    assert life.announce(announced, now=NOW) == []
    with pytest.raises(Refusal, match="within a year from now"):
        life.announce(replace(draft, starts_at=NOW), now=NOW)


def test_nobody_is_late_for_a_draft():
    assert life.due(replace(alone, draft=True), NOW + HOUR) == []


def test_what_is_done_already_is_not_done_again():
    assert life.open_backstage(backstage, now=NOW) == []
    assert life.cancel(cancelled, now=NOW) == []
    assert life.move(replace(planned, starts_at=NOW + DAY), Start(NOW + DAY), now=NOW) == []


@pytest.mark.parametrize("starts_at", [NOW, NOW - 1, NOW + 367 * DAY, -(2**60), 2**60])
def test_a_room_starts_within_a_year_from_now(starts_at: int):
    with pytest.raises(Refusal, match="within a year"):
        life.move(planned, Start(starts_at), now=NOW)


def test_a_host_is_late_after_two_minutes_and_missed_after_thirty():
    told = [life.due(alone, NOW + minutes * MINUTE) for minutes in (1, 2, 29, 30)]

    assert told == [[], [HostLate(NOW)], [HostLate(NOW)], [RoomMissed(NOW + 30 * MINUTE)]]
    assert life.due(fold(HostLate(NOW), alone), NOW + 3 * MINUTE) == []


@pytest.mark.parametrize("away", [{}, {ADA: NOW + 29 * MINUTE}])
def test_a_host_who_is_here_or_was_just_now_misses_nothing(away: dict[PersonId, int]):
    assert life.due(replace(planned, away=away), NOW + 30 * MINUTE) == []


def test_a_room_without_a_time_is_never_missed():
    assert life.due(replace(scheduled, away={ADA: NOW}), NOW + 365 * DAY) == []


def test_a_host_who_comes_late_is_here():
    late = fold(HostLate(NOW), alone)

    assert leading.find(late, ADA, now=NOW) == [LeaderCame(ADA), HostArrived()]
    assert moves.start(late, now=NOW) == [HostArrived(), RoomStarted(NOW)]


def test_a_missed_room_begins_after_all_within_a_day():
    now = NOW + DAY

    assert life.reopen(missed, now=now) == [RoomReopened(now)]
    assert fold(RoomReopened(now), missed) == replace(scheduled, starts_at=now)
    with pytest.raises(Refusal, match="within a day"):
        life.reopen(missed, now=now + 1)


def test_a_room_is_warned_ten_minutes_before_it_has_lasted_six_hours():
    now = NOW + 6 * HOUR

    assert life.due(live, now - 10 * MINUTE - 1) == []
    assert life.due(live, now - 10 * MINUTE) == [EndNear(now, "length")]
    assert [life.over(live, now - 1), life.over(live, now)] == [False, True]


def test_more_time_lifts_the_warning():
    warned = replace(live, ending=Ending(NOW + 6 * HOUR, "length"))

    more = life.extend(warned, 60, now=NOW + 6 * HOUR - 1)

    assert more == [RoomExtended(NOW + 7 * HOUR), EndLifted()]
    assert not life.over(fold(more[0], warned), NOW + 6 * HOUR)


def test_a_room_ends_at_most_a_day_from_now():
    with pytest.raises(Refusal, match="at most a day"):
        life.extend(replace(live, extended_to=NOW + 23 * HOUR), 120, now=NOW)


@pytest.mark.parametrize(
    ("room", "now", "end"),
    [
        pytest.param(scheduled, NOW, None, id="it has not begun"),
        pytest.param(live, NOW, NOW + 90 * MINUTE, id="an hour and a half, unless it is planned otherwise"),
        pytest.param(replace(live, settings=RoomSettings(length=30)), NOW, NOW + 30 * MINUTE, id="as it is planned"),
        pytest.param(replace(live, extended_to=NOW + 7 * HOUR), NOW, NOW + 150 * MINUTE, id="extended by an hour"),
        pytest.param(live, NOW + 90 * MINUTE, NOW + 6 * HOUR, id="it went on"),
    ],
)
def test_a_room_is_expected_to_end_as_it_was_planned(room: Room, now: int, end: int | None):
    assert room.planned_end(now) == end


@pytest.mark.parametrize("room", [planned, replace(planned, draft=True), backstage])
def test_a_set_time_is_taken_off_and_nobody_is_late_or_missed_by_it(room: Room):
    (off,) = life.move(room, None, now=NOW)

    ready = fold(off, fold(HostLate(NOW), room))

    assert ready == replace(room, starts_at=None)
    assert (life.move(ready, None, now=NOW), life.due(ready, NOW + DAY)) == ([], [])


@pytest.mark.parametrize(
    ("room", "why"),
    [(live, BeforeOnly), (ended, RoomEndedAlready), (cancelled, RoomCancelledAlready), (missed, RoomMissedIt)],
)
def test_no_time_is_taken_off_what_is_on_or_over(room: Room, why: type[Refusal]):
    with pytest.raises(why):
        life.move(room, None, now=NOW)


def test_moving_makes_nobody_late():
    moved = fold(RoomMoved(Start(NOW + DAY)), fold(HostLate(NOW), alone))

    assert (moved.starts_at, moved.late_since) == (NOW + DAY, None)
