"""The floor queue: the most wanted question, then the longest-raised hand, and so on in turn."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie.clock import MINUTE
from causerie.floor.order import Entry, estimate, order, reasons
from causerie.ids import PersonId
from tests.hall import NOW


def question(id: str, votes: int = 0, *, since: int = NOW) -> Entry:
    return Entry("question", id, PersonId(f"by {id}"), id, since, votes)


def hand(id: str, *, since: int = NOW) -> Entry:
    return Entry("hand", id, PersonId(id), id, since)


def names(entries: list[Entry]) -> list[str]:
    return [entry.name for entry in entries]


@pytest.mark.parametrize(
    ("waiting", "in_order"),
    [
        pytest.param([], [], id="nobody"),
        pytest.param([question("a"), question("b", 3), question("c", 1)], ["b", "c", "a"], id="by votes"),
        pytest.param([question("late", 2, since=NOW + 1), question("early", 2)], ["early", "late"], id="ties: earlier"),
        pytest.param([question("b", 2), question("a", 2)], ["a", "b"], id="ties of the same moment: by id"),
        pytest.param([hand("late", since=NOW + 1), hand("early")], ["early", "late"], id="hands by waiting time"),
        pytest.param(
            [hand("h2", since=NOW + 2), hand("h1"), question("q2", 1), question("q1", 9)],
            ["q1", "h1", "q2", "h2"],
            id="in turn, a question first",
        ),
        pytest.param([hand("h1"), hand("h2", since=NOW + 1), question("q")], ["q", "h1", "h2"], id="hands go on alone"),
    ],
)
def test_order(waiting: list[Entry], in_order: list[str]):
    assert names(order(waiting, "votes", NOW + MINUTE)) == in_order


def test_in_turn_questions_and_hands_wait_in_one_line():
    waiting = [question("late", 9, since=NOW + 2), hand("between", since=NOW + 1), question("early")]

    assert names(order(waiting, "in_turn", NOW + MINUTE)) == ["early", "between", "late"]


def test_after_the_five_most_wanted_a_late_question_has_its_chance():
    wanted = [question(f"top{n}", 100 - n) for n in range(5)]
    slow, fast = question("slow", 20), question("fast", 6, since=NOW + 59 * MINUTE)

    queue = order([slow, *wanted, fast], "votes", NOW + 60 * MINUTE)

    assert names(queue) == ["top0", "top1", "top2", "top3", "top4", "fast", "slow"]


def test_what_was_asked_before_the_room_began_waits_since_it_began():
    wanted = [question(f"top{n}", 100 - n) for n in range(5)]
    before, during = question("before", 6, since=NOW - 1000 * MINUTE), question("during", 5)

    queue = order([*wanted, during, before], "votes", NOW + 10 * MINUTE, live_since=NOW)

    assert names(queue)[5:] == ["before", "during"]


entries = st.builds(
    Entry,
    kind=st.sampled_from(["question", "hand"]),
    id=st.text("abc", min_size=1, max_size=4),
    person=st.sampled_from([PersonId("ada"), PersonId("ben")]),
    name=st.just("somebody"),
    since=st.integers(NOW - 1000, NOW + 1000),
    votes=st.integers(0, 5),
    here=st.booleans(),
    first_time=st.booleans(),
)


@given(st.lists(entries, max_size=30), st.integers(NOW - 2000, NOW + MINUTE))
def test_nobody_is_lost_and_nobody_stands_there_twice(waiting: list[Entry], now: int):
    assert Counter(order(waiting, "votes", now)) == Counter(waiting)


@given(st.lists(entries, max_size=12, unique_by=lambda entry: (entry.kind, entry.id)), st.randoms())
def test_the_order_does_not_depend_on_who_is_listed_first(waiting: list[Entry], chance):
    shuffled = list(waiting)
    chance.shuffle(shuffled)

    assert order(shuffled, "votes", NOW) == order(waiting, "votes", NOW)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (question("q"), ["votes", "first_time", "waiting"]),
        (hand("h"), ["in_turn", "first_time", "waiting"]),
        (Entry("hand", "h", PersonId("h"), "h", NOW, first_time=False), ["in_turn", "waiting"]),
    ],
)
def test_everybody_can_see_why_an_entry_stands_there(entry: Entry, why: list[str]):
    assert list(reasons(entry)) == why


TWO_ANSWERS = [(0, 2 * MINUTE), (2 * MINUTE, 8 * MINUTE)]  # two and six minutes: usually four


@pytest.mark.parametrize(
    ("place", "answers", "on_air_since", "minutes"),
    [
        pytest.param(1, [], None, None, id="no estimate before two answers"),
        pytest.param(1, TWO_ANSWERS[:1], None, None, id="nor after one"),
        pytest.param(1, TWO_ANSWERS, None, 0, id="the next is next"),
        pytest.param(3, TWO_ANSWERS, None, 8, id="two before it"),
        pytest.param(1, TWO_ANSWERS, NOW - MINUTE, 3, id="the rest of this answer"),
        pytest.param(2, TWO_ANSWERS, NOW - 60 * MINUTE, 4, id="an answer that takes long is counted as done"),
    ],
)
def test_an_honest_estimate(place: int, answers: list[tuple[int, int]], on_air_since: int | None, minutes: int | None):
    assert estimate(place, answers, on_air_since, NOW) == minutes
