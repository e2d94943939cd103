"""How long nobody served this place: while rooms are live it is noted that somebody does, and read after a kill."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.clock import MINUTE, SECOND
from causerie.db import Tx
from causerie.rooms.models import served
from causerie.rooms.state import Room

NOTED_APART = 30 * SECOND
LONGEST = 15 * MINUTE


async def note(tx: Tx) -> None:
    """Somebody is here just now."""
    await tx.put(served, id="all", until=tx.now)


async def served_until(connection: AsyncConnection) -> int | None:
    """When that was last noted; None where it never was."""
    until: int | None = await connection.scalar(select(served.c.until))
    return until


def left_alone(room: Room, until: int | None, now: int) -> bool:
    """Whether a live room had nobody to carry it for so long that its people have gone home."""
    if room.phase != "live" or until is None:
        return False
    return now - max(until, room.started_at or 0) > LONGEST + NOTED_APART
