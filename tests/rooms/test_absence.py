"""How long nobody served a room: counted from when somebody last did, or from its beginning."""

from dataclasses import replace

from causerie.clock import MINUTE
from causerie.rooms.absence import left_alone
from tests.hall import NOW, scheduled

live = replace(scheduled, started_at=NOW - 40 * MINUTE)


def test_a_quarter_of_an_hour_is_waited_for():
    away = {minutes: left_alone(live, NOW - minutes * MINUTE, NOW) for minutes in (1, 15, 16, 60)}

    assert away == {1: False, 15: False, 16: True, 60: True}


def test_what_was_noted_before_it_began_says_nothing_of_it():
    just_begun = replace(live, started_at=NOW - MINUTE)

    assert not left_alone(just_begun, NOW - 60 * MINUTE, NOW)


def test_where_it_was_never_noted_and_where_no_room_is_live_nothing_ends():
    assert not left_alone(live, None, NOW)
    assert not left_alone(scheduled, NOW - 60 * MINUTE, NOW)
    assert not left_alone(replace(live, ended_at=NOW - 30 * MINUTE), NOW - 60 * MINUTE, NOW)
