"""A place further back says why: what most of those who passed have in common."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie.floor.fell import EXPLAINED, Fell, Standing, why_fell
from causerie.floor.order import Entry, order
from causerie.ids import PersonId
from tests.hall import BEN, NOW


def question(id: str, votes: int = 0, **more: Any) -> Entry:
    return Entry("question", id, PersonId(f"by {id}"), id, more.pop("since", NOW), votes, **more)


def standing(*line: Entry, policy: Any = "votes") -> Standing:
    return Standing(order(line, policy, NOW), policy, "1:1")


mine = Entry("question", "mine", BEN, "Ben", NOW, 3)
hand = Entry("hand", BEN, BEN, "Ben", NOW)


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        pytest.param(
            standing(mine, question("a", 2), question("b"), question("c", 1)),
            standing(mine, question("a", 4), question("b", 5), question("c", 1)),
            Fell("votes", 2),
            id="two got more votes",
        ),
        pytest.param(
            standing(mine), standing(mine, question("new", 9)), Fell("votes", 1), id="a new one, at once wanted"
        ),
        pytest.param(
            standing(mine, question("a")),
            standing(mine, question("a", shortlisted=1)),
            Fell("shortlisted", 1),
            id="listed",
        ),
        pytest.param(
            standing(replace(mine, shortlisted=1), question("a", 9, shortlisted=2)),
            standing(replace(mine, shortlisted=2), question("a", 9, shortlisted=1)),
            Fell("shortlisted", 1),
            id="the hosts ordered their list otherwise",
        ),
        pytest.param(
            standing(replace(mine, shortlisted=1), question("a", 9, shortlisted=2)),
            standing(mine, question("a", 9, shortlisted=1)),
            Fell("shortlisted", 1),
            id="off the list",
        ),
        pytest.param(
            standing(mine, question("a", here=False, shortlisted=1)),
            standing(mine, question("a", shortlisted=1)),
            Fell("came_back", 1),
            id="back on the list",
        ),
        pytest.param(
            standing(mine, question("a", 9, here=False)),
            standing(mine, question("a", 9)),
            Fell("came_back", 1),
            id="back",
        ),
        pytest.param(standing(hand), standing(hand, question("a")), Fell("turns", 1), id="a question has its turn"),
        pytest.param(
            standing(mine, question("a", 1)),
            standing(mine, replace(question("a", 1), since=NOW - 1), policy="in_turn"),
            Fell("rule"),
            id="another rule",
        ),
        pytest.param(
            standing(mine, question("a", since=NOW + 1), policy="fair"),
            standing(replace(mine, first_time=False), question("a", since=NOW + 1), policy="fair"),
            Fell("heard_less", 1),
            id="one has been on stage meanwhile",
        ),
        pytest.param(
            standing(mine, question("a", since=NOW + 1), policy="by_hand"),
            standing(mine, question("a", since=NOW + 1, placed=1), policy="by_hand"),
            Fell("placed", 1),
            id="the hosts put another before",
        ),
        pytest.param(standing(mine, question("a")), standing(mine, question("a")), None, id="nobody passed"),
        pytest.param(standing(question("a")), standing(question("a", 5), mine), None, id="one has just come"),
    ],
)
def test_why_a_place_fell(before: Standing, now: Standing, why: Fell | None):
    assert why_fell(BEN, before, now) == why


def test_far_back_a_place_has_no_explanation():
    line = [question(f"{n:04}", 10) for n in range(EXPLAINED)]

    assert why_fell(BEN, standing(mine), standing(mine, *line)) is None


votes = st.lists(st.integers(0, 9), min_size=8, max_size=8)


@given(votes, votes)
def test_as_many_got_more_votes_as_now_stand_before_one_and_did_not(were: list[int], are: list[int]):
    others = [f"q{n}" for n in range(8)]
    before = standing(mine, *(question(id, n) for id, n in zip(others, were, strict=True)))
    now = standing(mine, *(question(id, n) for id, n in zip(others, are, strict=True)))

    passed = {e.id for e in now.here[: now.ranks[mine.key]]} - {e.id for e in before.here[: before.ranks[mine.key]]}
    assert why_fell(BEN, before, now) == (Fell("votes", len(passed)) if passed else None)
