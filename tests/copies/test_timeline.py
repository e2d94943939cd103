"""Where the moments of the evening are in the copy."""

from dataclasses import replace

import pytest

from causerie.copies.errors import CopyEmpty
from causerie.copies.timeline import RATE, SECOND, Piece, Timeline, timeline
from tests.copies.evening import moment, part, plan


def cut(*hidden: tuple[float, float], seconds: float = 20) -> Timeline:
    return timeline(replace(plan(seconds=seconds), hidden=tuple(part(*one) for one in hidden)))


def test_an_evening_without_cuts_is_itself():
    line = cut()

    assert line.pieces == (Piece(0, 20 * RATE, kept=True),)
    assert [line.at(moment(at)) for at in (-5, 0, 7.5, 20, 99)] == [0, 0, 7.5, 20, 20]


def test_what_is_hidden_takes_no_time():
    line = cut((5, 8), (12, 13))

    assert line.seconds == 16
    assert [line.at(moment(at)) for at in (4, 5, 6, 8, 12.5, 14)] == [4, 5, 5, 5, 9, 10]
    assert [line.kept(moment(at)) for at in (4, 6, 12, 20)] == [moment(4), moment(8), moment(13), None]


def test_cuts_that_overlap_or_lie_outside_are_one_cut_inside():
    assert cut((-10, 2), (1, 4), (3, 5), (18, 99), (200, 300)) == cut((0, 5), (18, 20))
    assert cut((9, 9), (8, 3)) == cut()


@pytest.mark.parametrize("hidden", [[(0, 20)], [(-1, 7), (7, 30)]])
def test_where_nothing_is_left_it_is_refused(hidden: list[tuple[float, float]]):
    with pytest.raises(CopyEmpty):
        cut(*hidden)


def test_it_is_walked_in_blocks_that_stop_at_each_cut():
    walked = list(cut((5, 8)).walk(3 * RATE))

    ends = [(piece.begins / RATE, piece.ends / RATE, piece.kept) for piece in walked]
    assert ends == [(0, 3, True), (3, 5, True), (5, 8, False), *[(at, at + 3, True) for at in (8, 11, 14, 17)]]


def test_twelve_hours_are_exact_to_the_sample():
    hours = 12 * 3600
    line = cut((3600, 3600.5), seconds=hours)

    assert line.length == (hours * 2 - 1) * RATE // 2
    assert line.at(moment(hours) - SECOND) == hours - 1.5
