"""Reactions of a whole audience: gathered, and told once a tick as so many of each kind."""

from collections import Counter

from causerie.clock import SECOND
from causerie.ids import PersonId
from causerie.live.protocol import Reaction
from causerie.rooms.audience.errors import ReactionTooFast


class Murmur:
    """What was reacted since the last tick, and when each of the last second reacted."""

    def __init__(self) -> None:
        self._counts: Counter[Reaction] = Counter()
        self._last: dict[PersonId, int] = {}

    def add(self, person: PersonId, kind: Reaction, now: int) -> None:
        """One more; or `ReactionTooFast`."""
        if now - self._last.get(person, 0) < SECOND:
            raise ReactionTooFast
        self._last[person] = now
        self._counts[kind] += 1

    def taken(self, now: int) -> dict[Reaction, int]:
        """All since the last time this was asked."""
        counts, self._counts = dict(self._counts), Counter()
        self._last = {person: at for person, at in self._last.items() if now - at < SECOND}
        return counts
