"""Who hears nothing although the room sounds: counted, and told to the desk now and then."""

from collections.abc import Collection
from dataclasses import dataclass, field

from causerie.clock import SECOND
from causerie.ids import PersonId

APART = 5 * SECOND


@dataclass
class Silence:
    """People who said that they hear nothing, and how many of them the desk was last told."""

    people: set[PersonId] = field(default_factory=set)
    told: int = 0
    told_at: int = 0

    def says(self, person: PersonId, *, silent: bool) -> None:
        (self.people.add if silent else self.people.discard)(person)

    def news(self, here: Collection[PersonId], now: int) -> int | None:
        """How many they are, where that is news and the last was told long enough ago; who left is not counted."""
        self.people.intersection_update(here)
        if len(self.people) == self.told or now - self.told_at < APART:
            return None
        self.told, self.told_at = len(self.people), now
        return self.told
