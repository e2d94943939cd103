"""A room's life: scheduled, live, ended; nothing goes back."""

from dataclasses import replace

import pytest

from causerie.rooms import moves
from causerie.rooms.errors import RoomEndedAlready
from causerie.rooms.events import RoomEnded, RoomStarted
from causerie.rooms.state import Room, fold
from tests.hall import NOW, ended, live, scheduled


@pytest.mark.parametrize(("room", "phase"), [(scheduled, "scheduled"), (live, "live"), (ended, "ended")])
def test_phases(room: Room, phase: str):
    assert room.phase == phase


def test_a_room_that_never_began_can_end():
    assert fold(RoomEnded(NOW), scheduled).phase == "ended"


def test_starting_is_one_deliberate_act():
    assert moves.start(scheduled, now=NOW) == [RoomStarted(NOW)]
    assert fold(RoomStarted(NOW), scheduled) == live
    assert moves.start(live, now=NOW + 1) == []


def test_ending_is_final():
    assert moves.end(live, now=NOW) == [RoomEnded(NOW)]
    assert fold(RoomEnded(NOW), live) == ended
    assert moves.end(ended, now=NOW + 1) == []
    with pytest.raises(RoomEndedAlready):
        moves.start(ended, now=NOW + 1)


def test_events_of_others_leave_the_room_as_it_is():
    assert fold("somebody raised a hand", live) == replace(live)
