"""What happened before the stage."""

from dataclasses import dataclass

from causerie.ids import PersonId


@dataclass(frozen=True)
class Pinned:
    """One line stands above everything, for everybody; the one before is taken down."""

    id: str
    text: str
    link: str | None
    at: int
    by: PersonId


@dataclass(frozen=True)
class Unpinned:
    """The pinned line is taken down."""

    at: int


@dataclass(frozen=True)
class Locked:
    """Nobody new comes in. `inside`: every id of those who were here in the last ten minutes; they may return."""

    inside: frozenset[PersonId]
    at: int
    by: PersonId


@dataclass(frozen=True)
class Unlocked:
    """Everybody may come in again, but who was sent out in a raid; nobody needs to knock."""


@dataclass(frozen=True)
class Knocked:
    """Somebody outside asks to be let in."""

    person: PersonId
    name: str
    note: str | None
    at: int


@dataclass(frozen=True)
class KnockOver:
    """Somebody does not knock any more: they went away, or nobody answered for long."""

    person: PersonId


@dataclass(frozen=True)
class TurnedAway:
    """A host did not let somebody in."""

    person: PersonId


@dataclass(frozen=True)
class LetIn:
    """A host let somebody in, from the door (`knocked`) or back after a raid (`raided`)."""

    person: PersonId
    ids: frozenset[PersonId]
    knocked: bool
    raided: bool


@dataclass(frozen=True)
class SentOut:
    """Somebody was removed: of a locked room they are not inside any more."""

    ids: frozenset[PersonId]


@dataclass(frozen=True)
class Raider:
    """Somebody whom the raid button sent out, by every id they had here."""

    person: PersonId
    name: str | None
    ids: frozenset[PersonId]
    at: int


@dataclass(frozen=True)
class Raided:
    """The raid button: these were sent out at once, and stay out until a host lets them back in."""

    people: tuple[Raider, ...]


Event = Pinned | Unpinned | Locked | Unlocked | Knocked | KnockOver | TurnedAway | LetIn | SentOut | Raided
