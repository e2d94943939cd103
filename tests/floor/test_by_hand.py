"""The line as the hosts put it: by drag, by key, and as it stood when they began."""

import pytest

from causerie.errors import Refusal
from causerie.floor.errors import NotWaiting, OrderTooLong
from causerie.floor.events import Listed, OrderedByHand, ShortlistSet
from causerie.floor.moves import MOST_PLACED, as_it_stands, place
from causerie.floor.order import Entry, Key, order
from causerie.floor.state import Floor, fold
from causerie.ids import PersonId
from tests.hall import NOW

A, B, C, D = (("question", id) for id in "abcd")


def put(*keys: Key) -> Floor:
    return Floor(placed=tuple(Listed(key, NOW) for key in keys))


def line(floor: Floor) -> list[Entry]:
    """Four questions of one moment, in the order of their names, as far as the hosts have not put them otherwise."""
    places = {listed.key: n for n, listed in enumerate(floor.placed, 1)}
    on_list = {listed.key: n for n, listed in enumerate(floor.shortlist, 1)}
    asked = [Entry("question", id, PersonId(id), id, NOW) for id in "abcd"]
    return order(
        [
            Entry(e.kind, e.id, e.person, e.name, NOW, placed=places.get(e.key), shortlisted=on_list.get(e.key))
            for e in asked
        ],
        "by_hand",
        NOW,
    )


@pytest.mark.parametrize(
    ("before", "moved", "to", "after"),
    [
        pytest.param(put(), D, A, "dabc", id="the last comes first"),
        pytest.param(put(), A, C, "bacd", id="further down"),
        pytest.param(put(), A, None, "bcda", id="to the end"),
        pytest.param(put(D, C), A, C, "dacb", id="between what was put"),
        pytest.param(put(D, C), D, None, "cabd", id="to the end what stood first"),
        pytest.param(put(D, C), B, B, "dcab", id="before itself"),
        pytest.param(put(("question", "gone"), D), A, D, "adbc", id="what is gone leaves no hole"),
        pytest.param(Floor(shortlist=(Listed(D, NOW),)), D, B, "adbc", id="off the shortlist, to its place"),
    ],
)
def test_the_line_is_as_the_hosts_put_it(before: Floor, moved: Key, to: Key | None, after: str):
    floor = before
    for event in place(before, line(before), moved, before=to):
        floor = fold(event, floor)

    assert "".join(entry.id for entry in line(floor)) == after


def test_only_what_was_put_somewhere_is_kept():
    assert place(put(), line(put()), D, before=B) == [OrderedByHand(put(A, D).placed)]


def test_what_is_taken_off_the_shortlist_by_being_put_elsewhere_is_told_as_both():
    before = Floor(shortlist=(Listed(D, NOW), Listed(C, NOW)))

    assert place(before, line(before), D, before=A) == [
        ShortlistSet((Listed(C, NOW),)),
        OrderedByHand((Listed(D, NOW),)),
    ]


def test_when_hosts_begin_the_line_is_as_it_stood_but_for_the_shortlist():
    before = Floor(shortlist=(Listed(D, NOW),), placed=put(B).placed)

    assert as_it_stands(before, line(before)) == [OrderedByHand(put(B, A, C).placed)]
    assert as_it_stands(put(A, B, C, D), line(put(A, B, C, D))) == []


MANY = [Entry("question", f"{n:03}", PersonId(f"{n}"), "somebody", NOW + n) for n in range(MOST_PLACED + 1)]


@pytest.mark.parametrize(
    ("moved", "to", "refusal"),
    [
        (("question", "gone"), None, NotWaiting),
        (MANY[0].key, ("hand", "gone"), NotWaiting),
        (MANY[0].key, None, OrderTooLong),
    ],
)
def test_what_cannot_be_put_there_is_refused(moved: Key, to: Key | None, refusal: type[Refusal]):
    with pytest.raises(refusal):
        place(Floor(), MANY, moved, before=to)


def test_of_a_long_line_the_first_two_hundred_are_kept():
    kept = tuple(Listed(entry.key, entry.since) for entry in MANY[:MOST_PLACED])

    assert as_it_stands(Floor(), MANY) == [OrderedByHand(kept)]
