"""What must be so before anything is done: each refusal by its own name."""

from dataclasses import replace

import pytest

from causerie.accounts.people import Person
from causerie.errors import Refusal
from causerie.floor.actions import guards
from causerie.floor.live import LiveRoom
from causerie.questions.errors import BoxClosed
from causerie.rooms.errors import MayNot, NeverOnAir, NoChair, NotLive, RoomEndedAlready, RoomMissedIt
from causerie.rooms.roles import Helper
from causerie.rooms.settings import RoomSettings
from causerie.rooms.state import Room
from causerie.stage.errors import GuestsListen
from tests.hall import ADA, BEN, CHO, DEE, NOW, ada, ben, cho, ended, live, scheduled

LED = {
    BEN: Helper(BEN, "Ben", "cohost", NOW),
    CHO: Helper(CHO, "Cho", "cohost", NOW),
    DEE: Helper(DEE, "Dee", "screener", NOW),
}
KEPT_OPEN = RoomSettings(box_after_end=True)


def led(room: Room = live) -> LiveRoom:
    return LiveRoom(replace(room, helpers=LED))


def refused(guard, *given: object, **more: object) -> type[Refusal] | None:
    try:
        guard(*given, **more)
    except Refusal as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize(
    ("room", "by", "on", "told"),
    [
        (live, ada, BEN, None),
        (live, ben, DEE, None),
        (live, ben, CHO, MayNot),
        (live, cho, ADA, MayNot),
        (ended, ada, BEN, RoomEndedAlready),
        (replace(scheduled, missed_at=NOW), ada, BEN, RoomMissedIt),
    ],
)
def test_authority_and_a_room_that_goes_on(room: Room, by: Person, on, told: type[Refusal] | None):
    assert refused(guards.allowed, led(room), by, "stage.mute", on=on) == told


def test_a_screener_is_never_on_air_and_nobody_comes_up_while_nobody_leads():
    empty = led(replace(live, chair_empty_since=NOW))

    assert [refused(guards.may_speak, led(), person) for person in (BEN, DEE)] == [None, NeverOnAir]
    assert refused(guards.may_speak, empty, BEN) == NoChair


def test_a_guest_comes_up_where_the_room_lets_them():
    gus = replace(cho, guest=True)
    open_ = replace(live, settings=RoomSettings(guests_speak=True))

    assert [refused(guards.can_come_up, led(room), gus) for room in (live, open_)] == [GuestsListen, None]


@pytest.mark.parametrize(("room", "told"), [(live, None), (scheduled, NotLive), (ended, NotLive)])
def test_on_air(room: Room, told: type[Refusal] | None):
    assert refused(guards.on_air, led(room)) == told


@pytest.mark.parametrize(
    ("room", "told"),
    [
        (scheduled, None),
        (live, None),
        (ended, BoxClosed),
        (replace(ended, settings=KEPT_OPEN), None),
        (replace(scheduled, cancelled_at=NOW, settings=KEPT_OPEN), BoxClosed),
        (replace(scheduled, missed_at=NOW), BoxClosed),
        (replace(scheduled, missed_at=NOW, settings=KEPT_OPEN), BoxClosed),
    ],
)
def test_when_the_box_is_open(room: Room, told: type[Refusal] | None):
    assert refused(guards.box_open, led(room)) == told
