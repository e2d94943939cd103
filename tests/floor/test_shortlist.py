"""What hosts want to hear before all else, in their own order."""

from dataclasses import replace

import pytest

from causerie.errors import Refusal
from causerie.floor.errors import NotWaiting, ShortlistFull
from causerie.floor.events import Listed, ShortlistSet
from causerie.floor.moves import LONGEST_LIST, move, shortlist
from causerie.floor.order import Entry, Key
from causerie.floor.state import Floor, fold
from causerie.ids import PersonId
from tests.hall import BEN, NOW

A, B, C = (("question", id) for id in "abc")
HAND = ("hand", BEN)
line = [*(Entry("question", id, PersonId(id), id, NOW) for id in "abc"), Entry("hand", BEN, BEN, "Ben", NOW)]


def listed(*keys: Key) -> Floor:
    return Floor(shortlist=tuple(Listed(key, NOW) for key in keys))


@pytest.mark.parametrize(
    ("before", "doing", "after"),
    [
        pytest.param(listed(), lambda f: shortlist(f, line, B, on=True), listed(B), id="on"),
        pytest.param(listed(B), lambda f: shortlist(f, line, HAND, on=True), listed(B, HAND), id="at the end"),
        pytest.param(
            listed(A, B), lambda f: shortlist(f, line, A, on=True), listed(A, B), id="on twice keeps the place"
        ),
        pytest.param(listed(A, B), lambda f: shortlist(f, line, A, on=False), listed(B), id="off"),
        pytest.param(listed(B), lambda f: shortlist(f, line, A, on=False), listed(B), id="off twice"),
        pytest.param(listed(A, B, C), lambda f: move(f, line, C, before=A), listed(C, A, B), id="before another"),
        pytest.param(listed(A, B, C), lambda f: move(f, line, A, before=None), listed(B, C, A), id="to the end"),
        pytest.param(listed(A), lambda f: move(f, line, HAND, before=A), listed(HAND, A), id="onto it, by moving"),
        pytest.param(listed(A, B), lambda f: move(f, line, A, before=B), listed(A, B), id="where it is already"),
        pytest.param(listed(A), lambda f: move(f, line, A, before=A), listed(A), id="before itself"),
    ],
)
def test_the_shortlist_is_as_the_host_made_it(before: Floor, doing, after: Floor):
    events, so_far = doing(before), before

    for event in events:
        so_far = fold(event, so_far)
    assert (so_far, events == []) == (after, before == after)


@pytest.mark.parametrize(
    ("doing", "refusal"),
    [
        (lambda: shortlist(listed(), line, ("question", "gone"), on=True), NotWaiting),
        (lambda: move(listed(), line, ("question", "gone"), before=None), NotWaiting),
        (lambda: move(listed(A), line, B, before=C), NotWaiting),
    ],
)
def test_what_does_not_wait_is_refused(doing, refusal: type[Refusal]):
    with pytest.raises(refusal):
        doing()


def test_a_hand_raised_anew_is_not_the_one_that_was_listed():
    anew = [*line[:3], replace(line[3], since=NOW + 1)]

    assert shortlist(listed(HAND, A), anew, B, on=True) == [ShortlistSet(listed(A, B).shortlist)]


def test_a_shortlist_is_short():
    many = [Entry("question", f"{n}", BEN, "Ben", NOW) for n in range(LONGEST_LIST + 1)]
    full = listed(*(entry.key for entry in many[:-1]))

    with pytest.raises(ShortlistFull):
        shortlist(full, many, many[-1].key, on=True)
