"""Who knocked and is gone without a word: by a killed server, or while that could not be written."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from causerie.clock import SECOND
from causerie.ids import PersonId
from causerie.rooms.audience.state import Knock

KEPT = 10 * SECOND


@dataclass
class Missing:
    """Since when nobody stands at the door for a knock that hosts still see."""

    since: dict[PersonId, int] = field(default_factory=dict)

    def gone(self, knocks: Iterable[Knock], at_door: Collection[PersonId], now: int) -> list[PersonId]:
        """Whose knock is over now; a host's no stays, so that going away and coming again is no new knock."""
        nobody = [knock.person for knock in knocks if not knock.turned_away and knock.person not in at_door]
        self.since = {person: self.since.get(person, now) for person in nobody}
        return [person for person, at in self.since.items() if at <= now - KEPT]
