"""How each event of the queue is written, and how it is read back after a restart."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.floor import events as happened
from causerie.floor.models import shortlist
from causerie.floor.state import Floor
from causerie.ids import RoomId


async def store(tx: Tx, room: RoomId, events: list[happened.Event]) -> None:
    """Write what happened, and announce it."""
    for event in events:
        await _shortlist(tx, room, event)
    tx.emit(*events)


async def read(connection: AsyncConnection, room: RoomId) -> Floor:
    """What hosts had made of the queue."""
    wanted = select(shortlist).where(shortlist.c.room == room).order_by(shortlist.c.place)
    rows = (await connection.execute(wanted)).mappings()
    return Floor(tuple(happened.Listed((row["kind"], row["entry"]), row["since"]) for row in rows))


async def _shortlist(tx: Tx, room: RoomId, event: happened.ShortlistSet) -> None:
    await tx.run(delete(shortlist).where(shortlist.c.room == room))
    for place, listed in enumerate(event.listed):
        kind, entry = listed.key
        await tx.put(shortlist, room=room, kind=kind, entry=entry, since=listed.since, place=place)
