"""What waited, through quiet hours or for mail, and is no more for whom it was: asked again before it goes out."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.notices.audience import shut_out
from causerie.notices.models import deliveries, notices
from causerie.rooms.models import asked_along, helpers, rooms

ID_LENGTH = 26
# A notice of a room is called after its kind and the room, and what makes it one of several.
ROOM = func.substr(notices.c.about, func.length(notices.c.kind) + 2, ID_LENGTH)


async def not_theirs(connection: AsyncConnection, ids: Collection[int], *, now: int) -> set[int]:
    """Those of these deliveries whose person is shut out of the room by now, or has no more what they are told of."""
    of_rooms = or_(notices.c.kind.startswith("room."), notices.c.kind.startswith("question."))
    wanted = (
        select(deliveries.c.id)
        .join(notices, notices.c.id == deliveries.c.notice)
        .join(rooms, rooms.c.id == ROOM)
        .where(deliveries.c.id.in_(ids), of_rooms)
        .where(or_(shut_out(deliveries.c.person, rooms.c.id, now), *map(_taken_back, PARTS)))
    )
    return set((await connection.execute(wanted)).scalars())


def _taken_back(kind: str) -> ColumnElement[bool]:
    """Whether they were told of a part in a room, and it is theirs no more, or the room is over without it."""
    never = or_(*(rooms.c[at].is_not(None) for at in ("ended_at", "cancelled_at", "missed_at")))
    return and_(notices.c.kind == kind, or_(never, ~PARTS[kind]))


def _open(table: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.room == rooms.c.id, table.c.person == deliveries.c.person


# Given to them; asked of them, and not answered; to lead it, and not answered either.
PARTS: dict[str, ColumnElement[bool]] = {
    "room.invited": exists().where(*_open(helpers)),
    "room.asked": exists().where(
        *_open(asked_along), asked_along.c.accepted_at.is_(None), asked_along.c.declined_at.is_(None)
    ),
    "room.handed": and_(rooms.c.heir.is_not(None), rooms.c.heir == deliveries.c.person),
}
