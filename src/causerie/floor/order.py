"""The floor queue's order: one pure function of entries, policy and time.

Each policy has its sentence, which everybody in the room reads. Under every policy those who were asked ahead keep
their place, and what the host put on the shortlist comes before the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Literal

from causerie.clock import MINUTE
from causerie.ids import PersonId
from causerie.rooms.settings import Alternate, Policy

Why = Literal["on_deck", "shortlisted", "votes", "in_turn", "first_time", "waiting"]
Key = tuple[str, str]
Answer = Literal["asked", "ready", "not_ready"]
TOP_BY_VOTES = 5
_WAITING = attrgetter("since", "id", "kind")

# What everybody in the room reads as its rule: under `votes` by how questions and hands take turns.
BY_VOTES: dict[Alternate, str] = {
    "1:1": "The most wanted question, then the longest-raised hand, and so on.",
    "3:1": "Three of the most wanted questions, then the longest-raised hand, and so on.",
    "questions_first": "The most wanted questions first, then hands by how long they have been up.",
    "hands_first": "Hands first, by how long they have been up, then the most wanted questions.",
}
IN_TURN = "Questions and hands in one line, by how long they have waited."


@dataclass(frozen=True)
class Entry:
    """A question or a hand that waits. `id` is the question's, or the person's whose hand it is.

    `shortlisted`: its place on the host's shortlist. `on_deck`: its place among those who were asked ahead, and `after`
    what stood before it when it was asked; nothing else comes before it any more. `answer`: what its person says.
    """

    kind: Literal["question", "hand"]
    id: str
    person: PersonId
    name: str
    since: int
    votes: int = 0
    here: bool = True
    first_time: bool = True
    myself: bool = True
    shortlisted: int | None = None
    on_deck: int | None = None
    after: frozenset[Key] = frozenset()
    answer: Answer | None = None

    @property
    def key(self) -> Key:
        return (self.kind, self.id)


@dataclass(frozen=True)
class Reason:
    """Why an entry stands where it stands; `n` where it is counted: votes, or the place on the shortlist."""

    why: Why
    n: int | None = None


def order(
    entries: Iterable[Entry], policy: Policy, now: int, *, live_since: int | None = None, alternate: Alternate = "1:1"
) -> list[Entry]:
    """Who was asked ahead keeps their place; then the shortlist; then the policy. Ties: earlier, then by id."""
    waiting = sorted(entries, key=_WAITING)
    listed = sorted((entry for entry in waiting if entry.shortlisted is not None), key=lambda one: one.shortlisted or 0)
    rest = [entry for entry in waiting if entry.shortlisted is None]
    if policy == "votes":
        questions = _by_votes([entry for entry in rest if entry.kind == "question"], now, live_since)
        rest = list(in_alternation(questions, [entry for entry in rest if entry.kind == "hand"], alternate))
    return _kept([*listed, *rest])


def by_votes(questions: Iterable[Entry], now: int, live_since: int | None = None) -> list[Entry]:
    """The five most wanted, then those that gather votes fastest, so that a late question has its chance."""
    return _by_votes(sorted(questions, key=_WAITING), now, live_since)


def _by_votes(waiting: Sequence[Entry], now: int, live_since: int | None) -> list[Entry]:
    """The same of questions that stand by their waiting time: sorting keeps it among equals."""
    begun = live_since or 0

    def pace(entry: Entry) -> float:
        waited = now - max(entry.since, begun)
        return entry.votes / (max(0, waited) / MINUTE + 1)

    wanted = sorted(waiting, key=attrgetter("votes"), reverse=True)
    top = wanted[:TOP_BY_VOTES]
    there = {id(entry) for entry in top}
    late = [entry for entry in waiting if id(entry) not in there]
    return [*top, *sorted(late, key=pace, reverse=True)]


def in_alternation(questions: Sequence[Entry], hands: Sequence[Entry], alternate: Alternate) -> Iterator[Entry]:
    """Questions and hands by turns, as the host set it; where one kind runs out, the other goes on."""
    if alternate == "hands_first":
        yield from (*hands, *questions)
    elif alternate == "questions_first":
        yield from (*questions, *hands)
    else:
        asked, up = iter(questions), iter(hands)
        while several := [*islice(asked, 3 if alternate == "3:1" else 1), *islice(up, 1)]:
            yield from several


def reasons(entry: Entry) -> Iterator[Reason]:
    """Why an entry stands where it stands, the weightiest first."""
    if entry.on_deck is not None:
        yield Reason("on_deck")
    if entry.shortlisted is not None:
        yield Reason("shortlisted", entry.shortlisted)
    yield Reason("votes", entry.votes) if entry.kind == "question" else Reason("in_turn")
    if entry.first_time:
        yield Reason("first_time")
    yield Reason("waiting")


def _kept(ordered: list[Entry]) -> list[Entry]:
    """Before who was asked ahead comes only what came before them then, as far as it still waits."""
    asked = sorted((entry for entry in ordered if entry.on_deck is not None), key=lambda entry: entry.on_deck or 0)
    if not asked:
        return ordered
    head: list[Entry] = []
    for entry in asked:
        before = [other for other in ordered if other.on_deck is None and other.key in entry.after]
        head += [*(other for other in before if other not in head), entry]
    there = {id(entry) for entry in head}
    return [*head, *(entry for entry in ordered if id(entry) not in there)]
