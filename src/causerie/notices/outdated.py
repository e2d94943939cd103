"""What was to be told of a room's time and is not so any more: people are told what holds now, and that alone."""

from sqlalchemy import select

from causerie.db import Tx
from causerie.groups.models import groups
from causerie.notices.kinds import Kind, Telling
from causerie.rooms.models import rooms

OF_ITS_TIME: frozenset[Kind] = frozenset(
    {"room.week", "room.day", "room.hour", "room.soon", "room.starts", "room.moved"}
)
"""Each says when a room begins: worth nothing once it begins at another time, at none, or not at all."""


async def outdated(tx: Tx, telling: Telling) -> bool:
    """Whether the room was given another time since, or none, or was cancelled; or the group stays after all."""
    if telling.kind == "group.going":
        goes = groups.c.id == telling.subject, groups.c.goes_at == telling.said.at
        return (await tx.run(select(groups.c.id).where(*goes))).first() is None
    if telling.kind not in OF_ITS_TIME:
        return False
    planned = rooms.c.starts_at.is_not_distinct_from(telling.said.at), rooms.c.cancelled_at.is_(None)
    return (await tx.run(select(rooms.c.id).where(rooms.c.id == telling.subject, *planned))).first() is None
