"""What was to be told of a room or group and is not so any more: people are told what holds now, and that alone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from causerie.db import Tx
from causerie.groups.models import group_bans, groups, memberships
from causerie.notices.kinds import IN_GROUP, Kind, Telling
from causerie.rooms.models import rooms

OF_ITS_TIME: frozenset[Kind] = frozenset(
    {"room.week", "room.day", "room.hour", "room.soon", "room.starts", "room.moved"}
)
"""Each says when a room begins: worth nothing once it has begun, or begins at another time, at none, or not at all."""
OF_NOW: frozenset[Kind] = frozenset({"room.live", "room.missed"})
"""Each says how it stands with a room: worth nothing once it is over, or was reopened."""
MOMENTS = tuple(rooms.c[at] for at in ("starts_at", "started_at", "ended_at", "cancelled_at", "missed_at"))


async def outdated(tx: Tx, telling: Telling) -> bool:
    """Whether the room has begun since, was given another time, or none, or was cancelled; is over, or was reopened.

    Or the group stays after all, or what was done to somebody in it was taken back.
    """
    if telling.kind == "group.going":
        goes = groups.c.id == telling.subject, groups.c.goes_at == telling.said.at
        return (await tx.run(select(groups.c.id).where(*goes))).first() is None
    if telling.kind in IN_GROUP:
        return not await _still(tx, telling)
    if telling.kind not in OF_ITS_TIME | OF_NOW:
        return False
    there: Any = (await tx.run(select(*MOMENTS).where(rooms.c.id == telling.subject))).mappings().first()
    return there is None or otherwise(telling.kind, telling.said.at, there)


async def _still(tx: Tx, telling: Telling) -> bool:
    """Whether it is with somebody in their group as this says. The group stands in the key (`of_groups.py`)."""
    group, kind = telling.key.split(":")[1], telling.kind.removeprefix("group.")
    if kind == "heir":
        asked = groups.c.id == group, groups.c.heir == telling.subject
        return (await tx.run(select(groups.c.id).where(*asked))).first() is not None
    if kind in ("banned", "unbanned"):
        ban = group_bans.c.group_id == group, group_bans.c.person == telling.subject
        return ((await tx.run(select(group_bans.c.person).where(*ban))).first() is not None) == (kind == "banned")
    there = memberships.c.group_id == group, memberships.c.person == telling.subject
    role = (await tx.run(select(memberships.c.role).where(*there))).scalar()
    return bool(role is None if kind == "removed" else role == kind)


def otherwise(kind: Kind, at: int | None, room: Mapping[str, Any]) -> bool:
    """Whether it is otherwise than this says of a room. `at`: the moment that is told."""
    if kind == "room.live":
        return room["ended_at"] is not None
    if kind == "room.missed":
        return room["missed_at"] is None
    became = any(room[moment] is not None for moment in ("started_at", "cancelled_at", "missed_at"))
    return kind in OF_ITS_TIME and (became or room["starts_at"] != at)
