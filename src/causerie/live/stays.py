"""Who is here and who was lately: what hosts can name, and what a door that is shut remembers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from causerie.accounts.people import Person
from causerie.clock import MINUTE
from causerie.ids import PersonId
from causerie.safety.comers import Comer

REMEMBERED = 10 * MINUTE
BACK = 2 * MINUTE


@dataclass(frozen=True)
class Stay:
    """One person's time in a room: since when, and where they are away, since when that."""

    person: Person
    comer: Comer
    since: int
    left_at: int | None = None
    sent_out: bool = False


@dataclass
class Stays:
    """Everybody who is here or left in the last ten minutes.

    Until `back_until`, after a restart of the program, whoever comes has been here before as far as anybody knows.
    """

    all: dict[PersonId, Stay] = field(default_factory=dict)
    back_until: int = 0

    def came(self, person: Person, comer: Comer, now: int) -> None:
        """Here, by this page too; who comes back soon was here all the time."""
        before = self.all.get(person.id)
        if before is None:
            self.all[person.id] = Stay(person, comer, now if now >= self.back_until else 0)
        else:
            self.all[person.id] = Stay(person, before.comer.together(comer), before.since)

    def left(self, person: PersonId, now: int, *, sent_out: bool = False) -> None:
        """Their last page is gone, of itself or because they were sent out."""
        before = self.all.get(person)
        if before is not None and before.left_at is None:
            self.all[person] = replace(before, left_at=now, sent_out=sent_out)

    def let_in(self, person: PersonId, now: int) -> None:
        """A host let them in: they have the whole time to come."""
        before = self.all.get(person)
        if before is not None and before.left_at is not None:
            self.all[person] = replace(before, left_at=now)

    def back(self, ids: Iterable[PersonId], now: int) -> None:
        """After a restart: who was inside left just now, and has the whole time to return."""
        self.back_until = now + BACK
        self.all = {id: Stay(Person(id), Comer(frozenset({id})), 0, now) for id in ids}

    def lately(self, now: int) -> list[Stay]:
        """Who is here or left of themselves in the last ten minutes."""
        return [stay for stay in self.all.values() if not stay.sent_out and not _away(stay, now, REMEMBERED)]

    def away(self, ids: Iterable[PersonId], now: int, *, longer_than: int) -> bool:
        """Whether somebody with these ids was here, and has been away for longer than that."""
        stays = [stay for id in ids if (stay := self.all.get(id)) is not None]
        return bool(stays) and all(_away(stay, now, longer_than) for stay in stays)

    def expected(self, person: PersonId, now: int, *, within: int) -> bool:
        """Whether they are here, or their line or the whole program broke so lately that they may be on their way."""
        stay = self.all.get(person)
        if stay is None:
            return now < self.back_until - BACK + within
        return not stay.sent_out and not _away(stay, now, within)

    def of(self, person: PersonId) -> Stay | None:
        return self.all.get(person)

    def network(self, person: PersonId) -> str | None:
        """The network somebody comes from, where they are remembered and it is known."""
        stay = self.all.get(person)
        return stay.comer.network if stay is not None else None

    def forget(self, now: int, *, unless: Callable[[PersonId], bool] = lambda _: False) -> None:
        """Who left long ago is not remembered any more."""
        self.all = {
            id: stay
            for id, stay in self.all.items()
            if stay.left_at is None or stay.left_at > now - REMEMBERED or unless(id)
        }


def _away(stay: Stay, now: int, span: int) -> bool:
    return stay.left_at is not None and stay.left_at <= now - span
