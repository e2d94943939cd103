"""Chapters begin where somebody speaks, and go with what is hidden."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from causerie.copies.chapters import Placed, placed
from causerie.copies.plan import Chapter, Range
from causerie.copies.timeline import timeline
from tests.copies.evening import moment, part, plan


def chapters(
    *begins: float, voiced: Sequence[Range] = (), hidden: Sequence[Range] = ()
) -> list[tuple[str, float, float]]:
    """Title, beginning and end of each, of chapters called by where they began."""
    wanted = tuple(Chapter(moment(at), f"{at:g}") for at in begins)
    room = replace(plan(), chapters=wanted, hidden=tuple(hidden))
    return [(one.title, one.begins, one.ends) for one in placed(room, timeline(room), voiced)]


def test_each_lasts_until_the_next():
    assert chapters(2, 9, 5) == [("2", 2, 5), ("5", 5, 9), ("9", 9, 20)]


def test_it_begins_with_the_first_voiced_moment():
    assert chapters(2, 9, voiced=[part(0, 1), part(3.5, 4), part(8, 12)]) == [("2", 3.5, 9), ("9", 9, 20)]


def test_where_nobody_speaks_before_the_next_it_stays_where_it_is():
    assert chapters(2, 9, voiced=[part(10, 12)]) == [("2", 2, 10), ("9", 10, 20)]


def test_a_hidden_chapter_is_gone_and_the_others_move_up():
    assert chapters(2, 5, 9, hidden=[part(5, 9)]) == [("2", 2, 5), ("9", 5, 16)]


def test_a_chapter_whose_beginning_is_hidden_begins_behind_it():
    assert chapters(2, 9, hidden=[part(1, 4)], voiced=[part(4.5, 6)]) == [("2", 1.5, 6), ("9", 6, 17)]


def test_one_from_before_the_trim_goes_on_in_it_and_one_from_behind_is_gone():
    assert chapters(-9, -3, 4, 25) == [("-3", 0, 4), ("4", 4, 20)]


def test_what_it_is_about_is_on_one_line():
    room = replace(plan(), chapters=(Chapter(moment(1), "Who\nspeaks", "Nour", "Who\r\nspeaks?\x00"),))

    made = placed(room, timeline(room), [])

    assert made == (Placed(1, 20, "Who speaks", "Nour", "Who speaks?", "answer"),)


@pytest.mark.parametrize("title", ["🦦" * 300, "عنوان", "a\u202eb"])
def test_any_title_is_kept(title: str):
    room = replace(plan(), chapters=(Chapter(moment(1), title),))

    assert placed(room, timeline(room), [])[0].title == title
