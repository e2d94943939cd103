"""How a table hangs on people: which of its columns name them, what they are told of it, what becomes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Table, select

from causerie.copies.models import copies
from causerie.questions.models import questions
from causerie.recordings.models import takes

Fate = Literal["goes", "nobody", "counted"]
"""The row goes; the row stays, and names nobody there; the row is counted on, under an id that is nobody's."""
InRoom = Callable[[Any], ColumnElement[bool]]


@dataclass(frozen=True)
class Stays:
    """It goes on naming them by their id, which has no name any more; for this reason."""

    why: str


@dataclass(frozen=True)
class Kept:
    """One table. `told`: its heading in what somebody takes along; or `untold`: why it is not in it.

    `people`: each column with somebody's id, the first of them says whose row it is. `hidden`: columns that open
    something, or name others. `names`: words about the person, emptied where the row stays. `in_room`: which rows
    belong to a room. `only`: the rows that this is true of; what becomes of others is said in `until`.
    """

    table: Table
    people: Mapping[str, Fate | Stays]
    told: str = ""
    untold: str = ""
    hidden: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    in_room: InRoom | None = None
    only: ColumnElement[bool] | None = None
    until: str = ""

    @property
    def whose(self) -> str:
        """The column that says whose row it is."""
        return next(iter(self.people))


def by_room(table: Table) -> InRoom:
    """Its rows say of which room they are."""
    return lambda room: table.c.room == room


def by_question(table: Table) -> InRoom:
    """Its rows are of a question of the room."""
    return lambda room: table.c.question.in_(select(questions.c.id).where(questions.c.room == room))


def by_take(table: Table) -> InRoom:
    """Its rows are of a take of the room."""
    return lambda room: table.c.take.in_(select(takes.c.id).where(takes.c.room == room))


def by_copy(table: Table) -> InRoom:
    """Its rows are of the copy of the room."""
    return lambda room: table.c.copy.in_(select(copies.c.id).where(copies.c.room == room))
