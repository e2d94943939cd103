"""Everything that is kept of somebody, by heading: for them alone, and nothing in it that opens anything."""

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, LargeBinary, RowMapping, Table, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.belongings.fates import Kept
from causerie.belongings.inventory import EVERYTHING
from causerie.clock import SECOND
from causerie.copies.models import copies
from causerie.ids import PersonId, RoomId
from causerie.questions.models import questions
from causerie.recordings.models import consents, takes, tracks
from causerie.rooms.models import rooms

Told = dict[str, list[dict[str, Any]]]


async def told(connection: AsyncConnection, ids: Collection[PersonId]) -> Told:
    """Rows of somebody, by heading; those of which there are none are told as none."""
    found: Told = {}
    for one in EVERYTHING:
        if one.told:
            shown = [column for column in one.table.columns if _shown(one, column)]
            rows = await connection.execute(select(*shown).where(one.table.c[one.whose].in_(ids)))
            found[one.told] = [_row(one.table, row) for row in rows.mappings()]
    return dict(sorted(found.items()))


async def rooms_with_part(connection: AsyncConnection, ids: Collection[PersonId]) -> list[RoomId]:
    """Rooms of whose copy a part is theirs."""
    asked = select(questions.c.room).where(questions.c.person.in_(ids))
    spoke = select(takes.c.room).join(tracks, tracks.c.take == takes.c.id).where(tracks.c.person.in_(ids))
    said = select(consents.c.room).where(consents.c.person.in_(ids))
    theirs = union(asked, spoke, said).subquery()
    wanted = select(copies.c.room).where(copies.c.room.in_(select(theirs)), copies.c.deleted_at.is_(None))
    return [RoomId(room) for room in (await connection.execute(wanted.order_by(copies.c.id))).scalars()]


async def titled(connection: AsyncConnection, named: Told) -> dict[str, str]:
    """What the rooms are called whose ids are in it."""
    ids = {str(row["room"]) for rows in named.values() for row in rows if row.get("room")}
    wanted = select(rooms.c.id, rooms.c.title).where(rooms.c.id.in_(ids))
    return dict(iter(await connection.execute(wanted)))


def _shown(one: Kept, column: Column[Any]) -> bool:
    return column.name not in one.hidden and not isinstance(column.type, LargeBinary)


def _row(table: Table, row: RowMapping) -> dict[str, Any]:
    return {name: _value(table.c[name], value) for name, value in row.items()}


def _value(column: Column[Any], value: Any) -> Any:
    """Moments as people read them; what is kept as JSON as what it says."""
    if value is None:
        return None
    if isinstance(column.type, BigInteger) and value > SECOND**3:
        return datetime.fromtimestamp(value // SECOND, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
