"""The floor queue: the most wanted question, then the longest-raised hand, and so on in turn."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie.clock import MINUTE
from causerie.floor.estimate import pace
from causerie.floor.order import BY_HAND, BY_VOTES, FAIR, IN_TURN, Entry, Reason, order, reasons
from causerie.ids import PersonId
from causerie.rooms.settings import Alternate, Policy
from tests.hall import NOW
from tests.house.papers import ROOT

POLICIES = st.sampled_from(get_args(Policy))
ALTERNATES = st.sampled_from(get_args(Alternate))


def question(id: str, votes: int = 0, *, since: int = NOW, **more: Any) -> Entry:
    return Entry("question", id, PersonId(f"by {id}"), id, since, votes, **more)


def hand(id: str, *, since: int = NOW, **more: Any) -> Entry:
    return Entry("hand", id, PersonId(id), id, since, **more)


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


def test_how_fast_votes_come_is_counted_by_the_minute_and_the_first_minute_is_whole():
    wanted = [question(f"top{n}", 100 - n) for n in range(5)]
    young, old = question("young", 3, since=NOW - MINUTE), question("old", 6, since=NOW - 4 * MINUTE)
    older = question("older", 7, since=NOW - 4 * MINUTE)

    queue = order([*wanted, old, young, older], "votes", NOW)

    # 3 votes in 2 minutes are more than 7 in 5, and 6 in 5 are fewer.
    assert names(queue)[5:] == ["young", "older", "old"]


def test_what_was_asked_before_the_room_began_waits_since_it_began():
    wanted = [question(f"top{n}", 100 - n) for n in range(5)]
    before, during = question("before", 6, since=NOW - 1000 * MINUTE), question("during", 5)

    queue = order([*wanted, during, before], "votes", NOW + 10 * MINUTE, live_since=NOW)

    assert names(queue)[5:] == ["before", "during"]


@pytest.mark.parametrize(
    ("alternate", "in_order"),
    [
        ("1:1", ["q1", "h1", "q2", "h2", "q3", "q4", "q5"]),
        ("3:1", ["q1", "q2", "q3", "h1", "q4", "q5", "h2"]),
        ("questions_first", ["q1", "q2", "q3", "q4", "q5", "h1", "h2"]),
        ("hands_first", ["h1", "h2", "q1", "q2", "q3", "q4", "q5"]),
    ],
)
def test_questions_and_hands_take_turns_as_the_host_set_it(alternate: Alternate, in_order: list[str]):
    waiting = [question(f"q{n}", 10 - n) for n in range(1, 6)] + [hand(f"h{n}", since=NOW + n) for n in (1, 2)]

    assert names(order(waiting, "votes", NOW + MINUTE, alternate=alternate)) == in_order


@pytest.mark.parametrize("policy", get_args(Policy))
def test_a_shortlist_comes_first_under_every_policy(policy: Policy):
    waiting = [question("wanted", 9), hand("up"), question("a", shortlisted=2), hand("b", shortlisted=1)]

    assert names(order(waiting, policy, NOW + MINUTE))[:2] == ["b", "a"]


def test_who_was_asked_ahead_is_passed_by_nothing_new():
    asked = hand("asked", on_deck=1, after=frozenset({("question", "before")}))
    waiting = [question("before", 3), asked, question("new", 50), question("listed", shortlisted=1)]

    assert names(order(waiting, "votes", NOW + MINUTE)) == ["before", "asked", "listed", "new"]


def test_of_those_asked_ahead_who_was_asked_first_comes_first():
    waiting = [hand("long", on_deck=2), question("wanted", 9, on_deck=3), hand("short", since=NOW + 1, on_deck=1)]

    assert names(order(waiting, "votes", NOW + MINUTE)) == ["short", "long", "wanted"]


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
    spoke=st.integers(0, 3),
    shortlisted=st.none() | st.integers(1, 5),
    placed=st.none() | st.integers(1, 5),
    on_deck=st.none() | st.integers(1, 4),
    after=st.frozensets(st.tuples(st.sampled_from(["question", "hand"]), st.text("abc", min_size=1, max_size=1))),
)
lines = st.lists(entries, max_size=20, unique_by=lambda entry: entry.key)


@given(lines, st.integers(NOW - 2000, NOW + MINUTE), POLICIES, ALTERNATES)
def test_nobody_is_lost_and_nobody_stands_there_twice(
    waiting: list[Entry], now: int, policy: Policy, alternate: Alternate
):
    assert Counter(order(waiting, policy, now, alternate=alternate)) == Counter(waiting)


@given(lines, st.randoms(), POLICIES, ALTERNATES)
def test_the_order_does_not_depend_on_who_is_listed_first(
    waiting: list[Entry], chance, policy: Policy, alternate: Alternate
):
    shuffled = list(waiting)
    chance.shuffle(shuffled)

    assert order(shuffled, policy, NOW, alternate=alternate) == order(waiting, policy, NOW, alternate=alternate)


@given(lines)
def test_who_leaves_the_line_moves_nobody_else_under_first_come(waiting: list[Entry]):
    plain = [replace(entry, on_deck=None, shortlisted=None) for entry in waiting]
    whole = order(plain, "in_turn", NOW)

    for gone in plain:
        assert order([e for e in plain if e != gone], "in_turn", NOW) == [e for e in whole if e != gone]


@given(lines)
def test_first_come_is_what_its_sentence_says(waiting: list[Entry]):
    plain = [replace(entry, on_deck=None, shortlisted=None) for entry in waiting]

    since = [entry.since for entry in order(plain, "in_turn", NOW)]

    assert since == sorted(since)


def test_who_has_not_spoken_yet_comes_before_who_has():
    again = {"first_time": False}
    waiting = [
        hand("much", spoke=9 * MINUTE, since=NOW - 9, **again),
        question("some", 50, spoke=MINUTE, since=NOW - 8, **again),
        hand("silent on stage", since=NOW - 7, **again),
        hand("late"),
        question("early", since=NOW - 1),
    ]

    assert names(order(waiting, "fair", NOW)) == ["early", "late", "silent on stage", "some", "much"]


@given(lines)
def test_fair_is_what_its_sentence_says(waiting: list[Entry]):
    plain = [replace(entry, on_deck=None, shortlisted=None) for entry in waiting]

    heard = [(not e.first_time, e.spoke if not e.first_time else 0, e.since) for e in order(plain, "fair", NOW)]

    assert heard == sorted(heard)


def test_by_hand_the_line_is_as_the_hosts_put_it_and_what_is_new_comes_at_the_end():
    waiting = [hand("new", since=NOW - 9), question("second", 9, placed=2), hand("first", placed=1), question("newer")]

    assert names(order(waiting, "by_hand", NOW)) == ["first", "second", "new", "newer"]


@pytest.mark.parametrize("policy", ["votes", "in_turn", "fair", "by_hand"])
def test_who_lost_a_seat_comes_first_under_every_rule_but_behind_the_shortlist(policy: Policy):
    waiting = [
        question("wanted", 50, since=NOW - 9),
        hand("back", since=NOW, lost_seat=True, first_time=False, spoke=9 * MINUTE),
        hand("listed", shortlisted=1),
    ]

    assert names(order(waiting, policy, NOW)) == ["listed", "back", "wanted"]
    asked = replace(waiting[0], on_deck=1)
    assert names(order([asked, *waiting[1:]], policy, NOW)) == ["wanted", "listed", "back"]


def test_hosts_who_order_by_hand_put_who_lost_a_seat_where_they_like():
    waiting = [hand("back", lost_seat=True, placed=2), hand("first", placed=1)]

    assert names(order(waiting, "by_hand", NOW)) == ["first", "back"]


@given(lines, ALTERNATES)
def test_by_votes_is_what_its_sentences_say(waiting: list[Entry], alternate: Alternate):
    plain = [replace(entry, on_deck=None, shortlisted=None) for entry in waiting]

    queue = order(plain, "votes", NOW, alternate=alternate)

    hands = [entry.since for entry in queue if entry.kind == "hand"]
    wanted = [entry.votes for entry in queue if entry.kind == "question"]
    assert hands == sorted(hands)
    assert wanted[:5] == sorted(wanted, reverse=True)[:5]
    kinds = "".join(entry.kind[0] for entry in queue)
    pattern = {"1:1": "(qh)*", "3:1": "(qqqh)*", "questions_first": "q*", "hands_first": "h*"}[alternate]
    rest = re.sub(f"^{pattern}", "", kinds)
    assert re.fullmatch("q*|q{0,3}h*", rest)


@given(lines, POLICIES, ALTERNATES, st.integers(0, 19), st.integers(0, 50))
def test_nothing_new_comes_before_who_was_asked_ahead(
    waiting: list[Entry], policy: Policy, alternate: Alternate, n: int, votes: int
):
    plain = [replace(entry, on_deck=None) for entry in waiting]
    queue = order(plain, policy, NOW, alternate=alternate)
    if not queue:
        return
    place = n % len(queue)
    asked = replace(queue[place], on_deck=1, after=frozenset(entry.key for entry in queue[:place]))
    new = [question("new", votes), hand("new", since=0), question("listed", votes, shortlisted=0)]

    then = order([*queue[:place], asked, *queue[place + 1 :], *new], policy, NOW, alternate=alternate)

    assert {entry.key for entry in then[: then.index(asked)]} == asked.after


def test_every_rule_is_told_in_the_same_sentence_everywhere():
    page = (ROOT / "frontend/src/floor/rule.ts").read_text(encoding="utf-8")
    paper = (ROOT / "docs/using/queue.md").read_text(encoding="utf-8")

    for sentence in [*BY_VOTES.values(), IN_TURN, FAIR, BY_HAND]:
        assert f't("{sentence}")' in page
        assert f"| {sentence} |" in paper


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (question("q", 12), [Reason("votes", 12), Reason("first_time"), Reason("waiting")]),
        (hand("h"), [Reason("in_turn"), Reason("first_time"), Reason("waiting")]),
        (hand("h", first_time=False), [Reason("in_turn"), Reason("waiting")]),
        (
            hand("h", first_time=False, lost_seat=True),
            [Reason("lost_seat"), Reason("in_turn"), Reason("waiting")],
        ),
        (
            hand("h", on_deck=1, shortlisted=2, first_time=False),
            [Reason("on_deck"), Reason("shortlisted", 2), Reason("in_turn"), Reason("waiting")],
        ),
    ],
)
def test_everybody_can_see_why_an_entry_stands_there(entry: Entry, why: list[Reason]):
    assert list(reasons(entry)) == why


def test_where_it_counts_an_entry_says_how_long_its_person_was_heard():
    heard = [Reason("in_turn"), Reason("spoke", 2), Reason("waiting")]

    assert list(reasons(hand("h", first_time=False, spoke=2 * MINUTE + 1), "fair")) == heard


def test_what_the_hosts_put_there_says_so_while_the_line_goes_by_hand():
    put = hand("h", placed=3, first_time=False)

    assert list(reasons(put, "by_hand")) == [Reason("in_turn"), Reason("placed"), Reason("waiting")]
    assert list(reasons(put)) == [Reason("in_turn"), Reason("waiting")]


TWO_ANSWERS = [(0, 2 * MINUTE), (2 * MINUTE, 8 * MINUTE)]  # two and six minutes: usually four
ONE_LONG = [(0, 2 * MINUTE), (0, 3 * MINUTE), (0, 40 * MINUTE)]


@pytest.mark.parametrize(
    ("place", "answers", "on_air_since", "minutes"),
    [
        pytest.param(1, [], None, None, id="no estimate before two answers"),
        pytest.param(1, TWO_ANSWERS[:1], None, None, id="nor after one"),
        pytest.param(1, TWO_ANSWERS, None, 0, id="the next is next"),
        pytest.param(3, TWO_ANSWERS, None, 8, id="two before it"),
        pytest.param(1, TWO_ANSWERS, NOW - MINUTE, 3, id="the rest of this answer"),
        pytest.param(3, ONE_LONG, None, 6, id="one long answer is not the usual one"),
        pytest.param(2, TWO_ANSWERS, NOW - 60 * MINUTE, 4, id="an answer that takes long is counted as done"),
    ],
)
def test_an_honest_estimate(place: int, answers: list[tuple[int, int]], on_air_since: int | None, minutes: int | None):
    so_far = pace(answers, on_air_since, NOW)

    assert (so_far and so_far.until(place)) == minutes


@pytest.mark.parametrize(
    ("place", "ends_at", "after"),
    [
        pytest.param(3, NOW + 9 * MINUTE, None, id="two answers of four minutes fit"),
        pytest.param(4, NOW + 9 * MINUTE, NOW + 9 * MINUTE, id="three do not"),
        pytest.param(3, NOW + 8 * MINUTE, None, id="whose turn comes just at the end has it"),
        pytest.param(9, None, None, id="no planned end"),
    ],
)
def test_who_comes_after_the_planned_end_is_told_so(place: int, ends_at: int | None, after: int | None):
    so_far = pace(TWO_ANSWERS, None, NOW, ends_at)

    assert so_far is not None
    assert so_far.after_end(place) == after
