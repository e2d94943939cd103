"""Rows that name somebody in every table there is, and where their name or an id of theirs is still to be found."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Text, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.belongings.fates import Kept
from causerie.belongings.inventory import IN_ROOMS, ONESELF
from causerie.db import Tx, metadata
from causerie.ids import new_id

# Columns in which what is written has a form that readers hold it to.
WRITTEN = {
    "said": "{}",
    "on_stage": "[]",
    "after": "[]",
    "withdrawals.state": "granted",
    "seats.role": "speaker",
    "helpers.role": "may_lead",
    "memberships.role": "member",
    "shortlist.kind": "hand",
    "deck.kind": "hand",
    "about": "person",
    "grounds": "other",
}
KEPT_AS_THEY_ARE = ("people", "departures", "rooms", "tellings", "strangers", "aliases", "groups")
"""Rows of these are made by the story itself: more hangs on them than a row."""


async def name_everywhere(tx: Tx, person: str, name: str, given: dict[str, str]) -> list[str]:
    """One more row of this person in each table that can have one; gives the tables. `given`: ids of what is there."""
    filled: dict[str, Any] = {}
    for one in (*reversed(ONESELF), *IN_ROOMS):
        if one.table.name in KEPT_AS_THEY_ARE or await _there(tx, one, person):
            continue
        row = {column.name: _value(one, column, person, name, given, filled) for column in one.table.columns}
        written = {key: value for key, value in row.items() if value is not None}
        made = await tx.run(insert(one.table).values(written))
        filled[one.table.name] = made.inserted_primary_key[0]
    return list(filled)


async def _there(tx: Tx, one: Kept, person: str) -> bool:
    return (await tx.run(select(one.table).where(one.table.c[one.whose] == person))).first() is not None


def _value(
    one: Kept, column: Column[Any], person: str, name: str, given: dict[str, str], filled: dict[str, Any]
) -> Any:
    if column.name in one.people:
        return person
    if column.name in given:
        return given[column.name]
    if column.foreign_keys:
        other = next(iter(column.foreign_keys)).column.table.name
        return filled.get(other) or given.get(other)
    if column.name in ("name", "speaker", "who") and isinstance(column.type, Text):
        return name
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, (BigInteger, Integer)):
        return None if (column.primary_key and column.autoincrement is True) or column.name == "n" else 7
    if isinstance(column.type, LargeBinary):
        return b"-"
    written = WRITTEN.get(f"{one.table.name}.{column.name}") or WRITTEN.get(column.name)
    return written or (new_id()[: getattr(column.type, "length", None) or 26])


async def named_in(connection: AsyncConnection, *said: str) -> set[str]:
    """`table.column` of everything that holds one of these words anywhere in it."""
    found = set()
    for table in metadata.tables.values():
        for row in (await connection.execute(select(table))).mappings():
            found |= {f"{table.name}.{key}" for key, value in row.items() if any(one in str(value) for one in said)}
    return found


async def row_of(connection: AsyncConnection, person: str) -> dict[str, Any]:
    """What is left of somebody themselves."""
    return dict((await connection.execute(select(people).where(people.c.id == person))).mappings().one())
