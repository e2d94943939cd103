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


Event = Pinned | Unpinned
