"""Which part of the evening a clip is, and where each edition of the copy has it."""

from dataclasses import replace

import pytest

from causerie.copies.chapters import Placed
from causerie.copies.clip_plan import Cut, chapter_of, cut, stretch
from causerie.copies.errors import ClipLong, ClipOutside, ClipShort, ClipSilent
from causerie.copies.plan import Range
from causerie.copies.timeline import Timeline, timeline
from tests.copies.evening import part, plan

SPOKEN = [part(0, 300)]


def evening(*hidden: Range) -> Timeline:
    """Five minutes, without these."""
    return timeline(replace(plan(seconds=300), hidden=hidden))


@pytest.mark.parametrize(
    ("begins", "ends", "refusal"),
    [
        (0, 14.99, ClipShort),
        (20, 140.01, ClipLong),
        (20, 10, ClipShort),
        (-1, 20, ClipOutside),
        (290, 310, ClipOutside),
        (4e9, 4e9 + 20, ClipOutside),
    ],
)
def test_what_can_be_no_clip_is_refused(begins: float, ends: float, refusal: type[Exception]):
    with pytest.raises(refusal):
        stretch(evening(), begins, ends)


@pytest.mark.parametrize(("begins", "ends"), [(0, 15), (180, 300), (7.123, 60.001)])
def test_a_stretch_lies_where_it_was_chosen(begins: float, ends: float):
    line = evening()

    chosen = stretch(line, begins, ends)

    assert chosen == part(begins, ends)
    assert cut(line, chosen, SPOKEN) == Cut(begins, ends)


def test_a_stretch_over_something_hidden_is_as_long_as_what_is_heard():
    line = evening(part(100, 200))

    chosen = stretch(line, 90, 110)

    assert (chosen, cut(line, chosen, SPOKEN)) == (part(90, 210), Cut(90, 110))


def test_at_a_cut_a_clip_takes_nothing_from_the_other_side():
    line = evening(part(100, 200))

    assert stretch(line, 100, 120) == part(200, 220)
    assert stretch(line, 80, 100) == part(80, 100)


def test_whatever_is_trimmed_the_same_words_are_in_it():
    chosen = stretch(evening(), 60, 90)

    trimmed = timeline(replace(plan(seconds=300), begins=part(50, 0).begins))

    assert cut(trimmed, chosen, SPOKEN) == Cut(10, 40)


def test_what_is_hidden_later_leaves_a_clip_shorter_and_too_little_of_it_is_none():
    chosen = stretch(evening(), 60, 90)

    assert cut(evening(part(50, 70)), chosen, SPOKEN) == Cut(50, 70)
    with pytest.raises(ClipShort):
        cut(evening(part(50, 80)), chosen, SPOKEN)


def test_what_is_shown_again_and_makes_it_too_long_is_none():
    chosen = stretch(evening(part(100, 200)), 90, 150)

    with pytest.raises(ClipLong):
        cut(evening(), chosen, SPOKEN)


@pytest.mark.parametrize("spoken", [[], [part(0, 60)], [part(90, 300)], [part(65, 70)]])
def test_where_nobody_speaks_any_more_there_is_none(spoken: list[Range]):
    chosen = stretch(evening(), 60, 90)

    with pytest.raises(ClipSilent):
        cut(evening(part(64, 71)), chosen, spoken)


def test_its_chapter_is_the_one_it_has_most_of():
    first, second = (Placed(at, at + 100, f"From {at}", None, None, "topic") for at in (0, 100))

    found = [chapter_of([first, second], Cut(begins, begins + 30)) for begins in (0, 80, 95)]

    assert found == [first, first, second]
    assert chapter_of([], Cut(0, 30)) is None
