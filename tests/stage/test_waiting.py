"""The fifty-first waits, and comes up by themselves."""

from dataclasses import replace

import pytest

from causerie.clock import MINUTE, SECOND
from causerie.ids import PersonId
from causerie.stage import moves
from causerie.stage.backstage import put_on_air
from causerie.stage.errors import StageFull
from causerie.stage.events import BackstageLeft
from causerie.stage.state import SEATS, Guest, Invitation, Stage, Waiting
from tests.hall import CHO, DEE, NOW
from tests.stage.stages import HAND, HOST, INVITED, SPEAKER, after, stage

FIFTY = [replace(SPEAKER, person=PersonId(f"p{n}")) for n in range(SEATS)]
DEE_WAITS = Waiting(DEE, "Dee", 7, True, NOW)
CHO_WAITS = Waiting(CHO, "Cho", 8, False, NOW + SECOND)


def accepted(before: Stage, person: PersonId, number: int, now: int) -> Stage:
    return after(before, moves.accept(before, person, number=number, now=now))


def test_who_accepts_when_every_seat_is_taken_waits_in_that_order():
    full = stage(*FIFTY, INVITED, HAND, Invitation(CHO, "Cho", NOW + MINUTE))

    waiting = accepted(accepted(full, DEE, 7, NOW), CHO, 8, NOW + SECOND)

    assert waiting == stage(*FIFTY, DEE_WAITS, CHO_WAITS)
    assert list(waiting.waiting) == [DEE, CHO]
    assert moves.sweep(waiting, NOW + MINUTE) == []


def test_a_free_seat_goes_to_the_first_who_is_here_with_the_microphone_shut():
    waiting = stage(*FIFTY[1:], DEE_WAITS, CHO_WAITS)

    came = after(waiting, moves.sweep(waiting, NOW + MINUTE))

    seat = replace(SPEAKER, person=DEE, name="Dee", number=7, muted=True, since=NOW + MINUTE, invited=True)
    assert came == stage(*FIFTY[1:], seat, CHO_WAITS, spoken=frozenset({DEE}))


def test_nobody_overtakes_those_who_wait():
    waiting = stage(*FIFTY[1:], DEE_WAITS, Invitation(CHO, "Cho", NOW + MINUTE))

    assert list(accepted(waiting, CHO, 8, NOW + SECOND).waiting) == [DEE, CHO]


def test_who_went_is_passed_over_keeps_the_place_and_loses_it_after_ten_minutes():
    waiting = stage(*FIFTY[1:], DEE_WAITS, CHO_WAITS)
    gone = after(waiting, moves.lose_line(waiting, DEE, now=NOW))

    passed = after(gone, moves.sweep(gone, NOW + SECOND))

    assert (list(passed.waiting), CHO in passed.seats) == ([DEE], True)
    assert after(passed, moves.find_line(passed, DEE)).waiting == {DEE: DEE_WAITS}
    assert after(passed, moves.sweep(passed, NOW + 10 * MINUTE)).waiting == {}


def test_the_line_is_left_by_oneself_or_by_a_host_or_when_all_is_over():
    waiting = stage(HOST, DEE_WAITS)

    ends = [move(waiting, DEE) for move in (moves.step_down, moves.move_down, moves.remove)] + [moves.clear(waiting)]

    assert [after(waiting, events).waiting for events in ends] == [{}] * 4
    assert moves.invite(waiting, DEE, "Dee", now=NOW) == []


def test_from_backstage_nobody_comes_on_air_where_every_seat_is_taken():
    waits = {DEE: Guest(DEE, "Dee", 7, False, NOW)}

    with pytest.raises(StageFull):
        put_on_air(replace(stage(*FIFTY), backstage=waits), DEE, now=NOW)

    assert len(put_on_air(replace(stage(*FIFTY[1:]), backstage=waits), DEE, now=NOW)) == 2


def test_who_is_away_from_backstage_keeps_the_place_for_ten_minutes():
    away = replace(Stage(), backstage={DEE: Guest(DEE, "Dee", 7, False, NOW, left_at=NOW)})

    assert moves.sweep(away, NOW + 10 * MINUTE - 1) == []
    assert moves.sweep(away, NOW + 10 * MINUTE) == [BackstageLeft(DEE)]
