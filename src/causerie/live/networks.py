"""Guests' votes that come from one network: a sign for hosts. Which network it is, nobody is told."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from causerie.clock import SECOND
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.stays import Stays
from causerie.questions.state import Question, State

APART = 2 * SECOND
AT_LEAST = 3
WANTED: frozenset[State] = frozenset({"open", "next", "carried_over"})


@dataclass
class Networks:
    """Where guests who voted came from, kept with the room while this program runs; what the desk was last told.

    `stale`: somebody came or voted since it was counted.
    """

    of: dict[PersonId, str] = field(default_factory=dict)
    told: dict[str, wire.FromOne] = field(default_factory=dict)
    stale: bool = False
    _counted_at: int = 0

    def news(self, live: LiveRoom, stays: Stays, now: int) -> bool:
        """Count anew, where the last time is long enough ago; says whether there is something else to tell."""
        if not self.stale or now - self._counted_at < APART:
            return False
        self.stale, self._counted_at = False, now
        questions = live.questions.all.values()
        self._remember({guest for question in questions for guest in question.guests}, stays)
        waiting = [one for one in questions if one.state in WANTED and len(one.guests) >= AT_LEAST]
        before, self.told = self.told, {one.id: sign for one in waiting if (sign := self._sign(one)) is not None}
        return self.told != before

    def _remember(self, guests: Collection[PersonId], stays: Stays) -> None:
        """Who has a vote somewhere: where they come from now, or came from when that was known last."""
        seen = {guest: stays.network(guest) or self.of.get(guest) for guest in guests}
        self.of = {guest: network for guest, network in seen.items() if network is not None}

    def _sign(self, question: Question) -> wire.FromOne | None:
        """Where at least three guests' votes, and at least half of them, come from one network."""
        counted = Counter(self.of[guest] for guest in question.guests if guest in self.of)
        most, votes = max(counted.values(), default=0), len(question.guests)
        return wire.FromOne(votes=votes, from_one=most) if most >= AT_LEAST and 2 * most >= votes else None
