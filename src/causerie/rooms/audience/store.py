"""How each event before the stage is written, and how that side of a room is read back after a restart."""

from dataclasses import asdict
from functools import singledispatch

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.ids import RoomId
from causerie.rooms.audience import events as happened
from causerie.rooms.audience.models import pins
from causerie.rooms.audience.state import Audience, Pin


async def store(tx: Tx, room: RoomId, events: list[happened.Event]) -> None:
    """Write what happened, and announce it."""
    for event in events:
        await _write(event, tx, room)
    tx.emit(*events)


async def read(connection: AsyncConnection, room: RoomId) -> Audience:
    """The audience's side of a room as it was written."""
    pinned = select(pins.c.text, pins.c.link, pins.c.at).where(pins.c.room == room, pins.c.until.is_(None))
    row = (await connection.execute(pinned)).first()
    return Audience(Pin(*row) if row else None)


@singledispatch
async def _write(event: object, _tx: Tx, _room: RoomId) -> None:
    raise TypeError(f"{type(event).__name__} is no event before the stage")


@_write.register
async def _(event: happened.Pinned, tx: Tx, room: RoomId) -> None:
    await _taken_down(tx, room, event.at)
    await tx.run(insert(pins).values(room=room, **asdict(event)))


@_write.register
async def _(event: happened.Unpinned, tx: Tx, room: RoomId) -> None:
    await _taken_down(tx, room, event.at)


async def _taken_down(tx: Tx, room: RoomId, at: int) -> None:
    await tx.run(update(pins).where(pins.c.room == room, pins.c.until.is_(None)).values(until=at))
