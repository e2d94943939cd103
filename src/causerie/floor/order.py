"""The floor queue's order: one pure function of entries, policy and time.

Each policy has its sentence, which everybody in the room reads. Under every policy those who were asked ahead keep
their place, what the host put on the shortlist comes before the rest, and then who lost a seat to a dropped line.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf
from operator import attrgetter
from typing import Literal

from causerie.clock import MINUTE
from causerie.ids import PersonId
from causerie.rooms.settings import Alternate, Policy

Why = Literal["on_deck", "shortlisted", "lost_seat", "votes", "in_turn", "first_time", "spoke", "placed", "waiting"]
Key = tuple[str, str]
Answer = Literal["asked", "ready", "not_ready"]
TOP_BY_VOTES = 5
_SINCE, _ID, _KIND, _VOTES = (attrgetter(name) for name in ("since", "id", "kind", "votes"))
_PLACE, _ASKED = attrgetter("shortlisted"), attrgetter("on_deck")

# What everybody in the room reads as its rule: under `votes` by how questions and hands take turns.
BY_VOTES: dict[Alternate, str] = {
    "1:1": "The most wanted question, then the longest-raised hand, and so on.",
    "3:1": "Three of the most wanted questions, then the longest-raised hand, and so on.",
    "questions_first": "The most wanted questions first, then hands by how long they have been up.",
    "hands_first": "Hands first, by how long they have been up, then the most wanted questions.",
}
IN_TURN = "Questions and hands in one line, by how long they have waited."
FAIR = "Who has not spoken yet first, then who spoke least, then who has waited longest."
BY_HAND = "In the order the hosts give it; what is new comes at the end."


@dataclass(frozen=True, slots=True)
class Entry:
    """A question or a hand that waits. `id` is the question's, or the person's whose hand it is.

    `shortlisted`: its place on the hosts' shortlist; `placed`: in their own order of the line. `on_deck`: its place
    among those who were asked ahead, `after` what stood before it then; nothing else comes before it any more, and
    `answer` what its person says. `first_time`: they have not been on stage yet; `spoke`: how long they were heard
    there, in milliseconds. `lost_seat`: they were on stage, and their line was gone too long.
    """

    kind: Literal["question", "hand"]
    id: str
    person: PersonId
    name: str
    since: int
    votes: int = 0
    here: bool = True
    first_time: bool = True
    spoke: int = 0
    myself: bool = True
    shortlisted: int | None = None
    placed: int | None = None
    on_deck: int | None = None
    after: frozenset[Key] = frozenset()
    answer: Answer | None = None
    lost_seat: bool = False

    @property
    def key(self) -> Key:
        return (self.kind, self.id)


@dataclass(frozen=True)
class Reason:
    """Why an entry stands where it stands; `n` where it is counted: votes, the place on the shortlist, minutes."""

    why: Why
    n: int | None = None


def order(
    entries: Iterable[Entry], policy: Policy, now: int, *, live_since: int | None = None, alternate: Alternate = "1:1"
) -> list[Entry]:
    """Who was asked ahead keeps their place; then the shortlist; then who lost a seat; then the policy.

    Ties: earlier, then by id.
    """
    waiting = _by_waiting(entries)
    listed = [entry for entry in waiting if entry.shortlisted is not None]
    back = [entry for entry in waiting if entry.lost_seat and entry.shortlisted is None and entry.placed is None]
    rest = _without([*listed, *back], waiting) if listed or back else waiting
    if policy == "votes":
        questions = _by_votes([entry for entry in rest if entry.kind == "question"], now, live_since)
        rest = in_alternation(questions, [entry for entry in rest if entry.kind == "hand"], alternate)
    elif policy == "fair":
        rest = sorted(rest, key=_heard)
    elif policy == "by_hand":
        rest = sorted(rest, key=_placed)
    return _kept([*sorted(listed, key=_PLACE), *back, *rest])


def by_votes(questions: Iterable[Entry], now: int, live_since: int | None = None) -> list[Entry]:
    """The five most wanted, then those that gather votes fastest, so that a late question has its chance."""
    return _by_votes(_by_waiting(questions), now, live_since)


def _by_waiting(entries: Iterable[Entry]) -> list[Entry]:
    """Who waits longest first; of the same moment, by id. Sorting thrice by plain values is faster than by triples."""
    waiting = sorted(entries, key=_KIND)
    waiting.sort(key=_ID)
    waiting.sort(key=_SINCE)
    return waiting


def _heard(entry: Entry) -> int:
    """How much its person has been heard; who has not been on stage yet comes before who was silent there."""
    return -1 if entry.first_time else entry.spoke


def _placed(entry: Entry) -> float:
    """Where the hosts put it; what they have not put anywhere stands behind."""
    return inf if entry.placed is None else entry.placed


def _by_votes(waiting: Sequence[Entry], now: int, live_since: int | None) -> list[Entry]:
    """The same of questions that stand by their waiting time: sorting keeps it among equals."""
    begun = live_since or 0

    def pace(entry: Entry) -> float:
        waited = now - (entry.since if entry.since > begun else begun)
        return entry.votes / (waited / MINUTE + 1) if waited > 0 else entry.votes

    top = heapq.nlargest(TOP_BY_VOTES, waiting, key=_VOTES)
    return [*top, *sorted(_without(top, waiting), key=pace, reverse=True)]


def _without(some: Iterable[Entry], entries: Iterable[Entry]) -> list[Entry]:
    """The others, in their order."""
    there = {id(entry) for entry in some}
    return [entry for entry in entries if id(entry) not in there]


def in_alternation(questions: Sequence[Entry], hands: Sequence[Entry], alternate: Alternate) -> list[Entry]:
    """Questions and hands by turns, as the host set it; where one kind runs out, the other goes on."""
    if alternate == "hands_first":
        return [*hands, *questions]
    if alternate == "questions_first":
        return [*questions, *hands]
    several = 3 if alternate == "3:1" else 1
    turns = min(len(hands), len(questions) // several)
    taken = (questions[n : turns * several : several] for n in range(several))
    return [
        *chain.from_iterable(zip(*taken, hands[:turns], strict=True)),
        *questions[turns * several :],
        *hands[turns:],
    ]


def reasons(entry: Entry, policy: Policy = "votes") -> Iterator[Reason]:
    """Why an entry stands where it stands, the weightiest first."""
    if entry.on_deck is not None:
        yield Reason("on_deck")
    if entry.shortlisted is not None:
        yield Reason("shortlisted", entry.shortlisted)
    if entry.lost_seat:
        yield Reason("lost_seat")
    yield Reason("votes", entry.votes) if entry.kind == "question" else Reason("in_turn")
    if entry.first_time:
        yield Reason("first_time")
    elif policy == "fair":
        yield Reason("spoke", entry.spoke // MINUTE)
    if policy == "by_hand" and entry.placed is not None:
        yield Reason("placed")
    yield Reason("waiting")


def _kept(ordered: list[Entry]) -> list[Entry]:
    """Before who was asked ahead comes only what came before them then, as far as it still waits."""
    asked = sorted((entry for entry in ordered if entry.on_deck is not None), key=_ASKED)
    if not asked:
        return ordered
    ids = {id for entry in asked for _, id in entry.after}
    before = [entry for entry in ordered if entry.id in ids and entry.on_deck is None]
    head: list[Entry] = []
    for entry in asked:
        head += [other for other in before if other.key in entry.after and other not in head]
        head.append(entry)
    return [*head, *_without(head, ordered)]
