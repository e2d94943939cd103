"""The floor queue's order: one pure function of entries, policy and time.

Each policy in a sentence. `votes`: the most wanted question, then the longest-raised hand, and so on in turn.
`in_turn`: first come, first served, questions and hands alike.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Literal

from causerie.clock import MINUTE
from causerie.ids import PersonId
from causerie.rooms.settings import Policy

Reason = Literal["votes", "first_time", "waiting", "in_turn"]
TOP_BY_VOTES = 5


@dataclass(frozen=True)
class Entry:
    """A question or a hand that waits. `id` is the question's, or the person's whose hand it is."""

    kind: Literal["question", "hand"]
    id: str
    person: PersonId
    name: str
    since: int
    votes: int = 0
    here: bool = True
    first_time: bool = True


def order(entries: Sequence[Entry], policy: Policy, now: int, *, live_since: int | None = None) -> list[Entry]:
    """Under `votes` questions by want and hands by waiting time, in turn; ties go to who asked earlier, then by id."""
    if policy == "in_turn":
        return sorted(entries, key=lambda entry: (entry.since, entry.id))
    questions = by_votes([entry for entry in entries if entry.kind == "question"], now, live_since)
    hands = sorted((entry for entry in entries if entry.kind == "hand"), key=lambda entry: (entry.since, entry.id))
    pairs = zip_longest(questions, hands)
    return [entry for entry in chain.from_iterable(pairs) if entry is not None]


def by_votes(questions: Sequence[Entry], now: int, live_since: int | None = None) -> list[Entry]:
    """The five most wanted, then those that gather votes fastest, so that a late question has its chance."""

    def pace(entry: Entry) -> float:
        waited = now - max(entry.since, live_since or 0)
        return entry.votes / (max(0, waited) / MINUTE + 1)

    wanted = sorted(questions, key=lambda entry: (-entry.votes, entry.since, entry.id))
    top, rest = wanted[:TOP_BY_VOTES], wanted[TOP_BY_VOTES:]
    return [*top, *sorted(rest, key=lambda entry: (-pace(entry), entry.since, entry.id))]


def reasons(entry: Entry) -> Iterator[Reason]:
    """Why an entry stands where it stands."""
    if entry.kind == "question":
        yield "votes"
    else:
        yield "in_turn"
    if entry.first_time:
        yield "first_time"
    yield "waiting"


def estimate(place: int, answers: Sequence[tuple[int, int]], on_air_since: int | None, now: int) -> int | None:
    """Minutes until one's turn: the rest of this answer and median answers for those before; none before two answers.

    `answers` are (begun, ended) of the answers so far.
    """
    if len(answers) < 2:
        return None
    usual = statistics.median(ended - begun for begun, ended in answers)
    rest = max(0.0, usual - (now - on_air_since)) if on_air_since is not None else 0.0
    return round((rest + (place - 1) * usual) / MINUTE)
