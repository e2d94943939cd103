"""Rows that name somebody go, or name nobody any more, as the inventory says; done twice it is done once."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import aliases
from causerie.belongings.fates import Fate, Kept, Stays
from causerie.belongings.inventory import IN_ROOMS
from causerie.db import Tx
from causerie.ids import PersonId, RoomId
from causerie.rooms.models import rooms


async def ids_of(connection: AsyncConnection, person: PersonId) -> list[PersonId]:
    """Every id of one person: their own, and those they had as guests."""
    had = await connection.execute(select(aliases.c.guest).where(aliases.c.account == person).order_by(aliases.c.guest))
    return [person, *(PersonId(id) for id in had.scalars())]


async def empty(
    tx: Tx,
    kept: Iterable[Kept],
    ids: Collection[PersonId],
    *,
    room: RoomId | None = None,
    nobody: Mapping[PersonId, PersonId] = MappingProxyType({}),
) -> None:
    """Do with the rows of these tables, of one room or of all there are, what the inventory says.

    `nobody`: for each id the one under which what they did is counted on, another in each room.
    """
    for one in kept:
        for column, fate in one.people.items():
            if isinstance(fate, Stays):
                await _unname(tx, one, column, ids, room)
            elif fate == "counted":
                await _counted(tx, one, column, nobody, room)
            else:
                await _emptied(tx, one, column, fate, ids, room)


async def rooms_with(connection: AsyncConnection, ids: Collection[PersonId]) -> set[RoomId]:
    """The rooms in which a row names one of these ids that should not."""
    found: set[RoomId] = set()
    for one in IN_ROOMS:
        going = [one.table.c[name] for name, fate in one.people.items() if not isinstance(fate, Stays)]
        for column in going:
            there = select(one.table).where(column.in_(ids), _of(one, rooms.c.id)).exists()
            found |= {RoomId(id) for id in (await connection.execute(select(rooms.c.id).where(there))).scalars()}
    return found


async def _emptied(tx: Tx, one: Kept, column: str, fate: Fate, ids: Collection[PersonId], room: RoomId | None) -> None:
    which = one.table.c[column].in_(ids), _of(one, room)
    if fate == "goes":
        await tx.run(delete(one.table).where(*which))
    else:
        nobody = None if one.table.c[column].nullable else ""
        await tx.run(update(one.table).where(*which).values({column: nobody}))


async def _counted(tx: Tx, one: Kept, column: str, nobody: Mapping[PersonId, PersonId], room: RoomId | None) -> None:
    unnamed = dict.fromkeys(one.names, "")
    for id, other in nobody.items():
        which = one.table.c[column] == id, _of(one, room)
        await tx.run(update(one.table).where(*which).values({column: other, **unnamed}))


async def _unname(tx: Tx, one: Kept, column: str, ids: Collection[PersonId], room: RoomId | None) -> None:
    """The id stays, words about them do not."""
    if one.names and column == one.whose:
        which = one.table.c[column].in_(ids), _of(one, room)
        await tx.run(update(one.table).where(*which).values(dict.fromkeys(one.names, "")))


def _of(one: Kept, room: Any) -> ColumnElement[bool]:
    """The rows of a room, as far as what is said of them is true of them."""
    inside = one.in_room(room) if one.in_room is not None and room is not None else true()
    return and_(inside, one.only if one.only is not None else true())
