"""Who is here and who was lately: what hosts can name, and what a door that is shut remembers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from causerie.accounts.people import Person
from causerie.clock import MINUTE
from causerie.ids import PersonId
from causerie.safety.comers import Comer

REMEMBERED = 10 * MINUTE


@dataclass(frozen=True)
class Stay:
    """One person's time in a room: since when, and where they are away, since when that."""

    person: Person
    comer: Comer
    since: int
    left_at: int | None = None


@dataclass
class Stays:
    """Everybody who is here or left in the last ten minutes."""

    all: dict[PersonId, Stay] = field(default_factory=dict)

    def came(self, person: Person, comer: Comer, now: int) -> None:
        """Here, by this page too; who comes back soon was here all the time."""
        before = self.all.get(person.id)
        if before is None:
            self.all[person.id] = Stay(person, comer, now)
        else:
            self.all[person.id] = Stay(person, before.comer.together(comer), before.since)

    def left(self, person: PersonId, now: int) -> None:
        """Their last page is gone."""
        if person in self.all:
            self.all[person] = replace(self.all[person], left_at=now)

    def of(self, person: PersonId) -> Stay | None:
        return self.all.get(person)

    def forget(self, now: int, *, unless: Callable[[PersonId], bool] = lambda _: False) -> None:
        """Who left long ago is not remembered any more."""
        self.all = {
            id: stay
            for id, stay in self.all.items()
            if stay.left_at is None or stay.left_at > now - REMEMBERED or unless(id)
        }
