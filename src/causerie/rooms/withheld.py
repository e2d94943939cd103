"""Rooms that are not there for others while whose they are is suspended: one rule for lists, doors, files and feeds.

What is live is not one person's alone: it goes on without its host, or ends, as when they are lost.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, String, and_, func, literal, not_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import blocks, decisions
from causerie.accounts.suspending import lasting, suspended
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


async def closed_by(connection: AsyncConnection, host: PersonId, *, now: int) -> tuple[frozenset[PersonId], int]:
    """Whom this host has blocked, and until when their rooms are withheld, 0 where they are not; in one question."""
    blocked = select(blocks.c.blocked, literal(0, BigInteger)).where(blocks.c.person == host)
    until = func.coalesce(decisions.c.until, literal(WITHOUT_END, BigInteger))
    out = select(literal(None, String), until).where(decisions.c.person == host, lasting(now))
    found = (await connection.execute(union_all(blocked, out))).all()
    return frozenset(PersonId(id) for id, _ in found if id is not None), max((at for _, at in found), default=0)


def is_withheld(room: Room, until: int, now: int) -> bool:
    """The same of a room that is alive, with what was read of its host."""
    return room.phase != "live" and now < until
