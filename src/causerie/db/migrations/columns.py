"""How migrations write a table down. Those of long ago run with these words, so none of them changes its meaning."""

from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

import sqlalchemy as sa
from alembic import op

Column = sa.Column[Any]
IN_A_ROOM = {"room": "rooms"}


class Otherwise(TypedDict, total=False):
    """`null`: it may be missing. `at_first`: what rows have in it that are older than the column."""

    null: bool
    at_first: str


def ident(name: str, **otherwise: Unpack[Otherwise]) -> Column:
    return short(name, 26, **otherwise)


def short(name: str, length: int, **otherwise: Unpack[Otherwise]) -> Column:
    return _column(name, sa.String(length), **otherwise)


def text(name: str, **otherwise: Unpack[Otherwise]) -> Column:
    return _column(name, sa.Text(), **otherwise)


def moment(name: str, **otherwise: Unpack[Otherwise]) -> Column:
    """Milliseconds since 1970."""
    return large(name, **otherwise)


def large(name: str, **otherwise: Unpack[Otherwise]) -> Column:
    return _column(name, sa.BigInteger(), **otherwise)


def number(name: str, **otherwise: Unpack[Otherwise]) -> Column:
    return _column(name, sa.Integer(), **otherwise)


def yes_or_no(name: str, **otherwise: Unpack[Otherwise]) -> Column:
    return _column(name, sa.Boolean(), **otherwise)


def _column(name: str, kind: sa.types.TypeEngine[Any], *, null: bool = False, at_first: str | None = None) -> Column:
    older = sa.false() if at_first == "no" else at_first
    return sa.Column(name, kind, server_default=older, nullable=null)


def table(
    name: str,
    *columns: Column,
    key: tuple[str, ...] = ("id",),
    of: Mapping[str, str] = IN_A_ROOM,
    unique: tuple[str, ...] = (),
    found_by: tuple[str, ...] = (),
) -> None:
    """Create a table. `of`: which column names a row of which other table; `found_by`: the columns with an index."""
    op.create_table(
        name,
        *columns,
        *(sa.ForeignKeyConstraint([one], [f"{other}.id"], name=op.f(f"fk_{name}_{one}")) for one, other in of.items()),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
        *(sa.UniqueConstraint(one, name=op.f(f"uq_{name}_{one}")) for one in unique),
    )
    for one in found_by:
        op.create_index(op.f(f"ix_{name}_{one}"), name, [one])


def widen(table: str, wider: Column) -> None:
    """Give a column of words more room, without writing the table anew: others may point at it."""
    name, wider.name = wider.name, f"{wider.name}_wider"
    op.add_column(table, wider)
    op.execute(sa.text(f"UPDATE {table} SET {wider.name} = {name}"))
    op.drop_column(table, name)
    op.alter_column(table, wider.name, new_column_name=name)


def add(table: str, *columns: Column) -> None:
    """Give a table that is there more columns."""
    for column in columns:
        op.add_column(table, column)
