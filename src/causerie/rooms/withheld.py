"""Rooms that are not there for others while whose they are is suspended: one rule for lists, doors, files and feeds.

What is live is not one person's alone: it goes on without its host, or ends, as when they are lost.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.suspending import suspended, suspension_of
from causerie.ids import PersonId
from causerie.rooms.models import rooms
from causerie.rooms.state import Room

WITHOUT_END = (1 << 63) - 1


def withheld(now: int, room: Any = rooms.c) -> ColumnElement[bool]:
    """Of a room, by its columns, as the database is asked: it is not there just now but for who helps to lead it."""
    live = and_(room.started_at.is_not(None), room.ended_at.is_(None))
    return and_(not_(live), room.host.in_(suspended(now)))


def withheld_of(ids: Collection[str], *, now: int) -> Select[str]:
    """Which of these rooms are not there, as a part of another question."""
    return select(rooms.c.id).where(rooms.c.id.in_(ids), withheld(now))


async def withheld_until(connection: AsyncConnection, host: PersonId, *, now: int) -> int:
    """Until when the rooms of this host are not there; 0 where they are."""
    found = await suspension_of(connection, host, now=now)
    return 0 if found is None else found.until or WITHOUT_END


def is_withheld(room: Room, until: int, now: int) -> bool:
    """The same of a room that is alive, with what was read of its host."""
    return room.phase != "live" and now < until
