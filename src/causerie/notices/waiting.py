"""What waited, through quiet hours or for mail, and is no more for whom it was: asked again before it goes out."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.notices.audience import LISTENS, shut_out
from causerie.notices.kinds import TIMES, TOPIC_OF, TOPICS, USUAL, Time, bits
from causerie.notices.models import deliveries, interests, notices, switched_off
from causerie.rooms.models import asked_along, helpers, rooms, speaker_links

ID_LENGTH = 26
# A notice of a room is called after its kind and the room, and what makes it one of several.
ROOM = func.substr(notices.c.about, func.length(notices.c.kind) + 2, ID_LENGTH)


async def not_theirs(connection: AsyncConnection, ids: Collection[int], *, now: int) -> set[int]:
    """Those of these deliveries whose person is shut out of the room by now, has no more what they are told of, or does
    not want to hear of it any more.
    """
    of_rooms = or_(notices.c.kind.startswith("room."), notices.c.kind.startswith("question."))
    wanted = (
        select(deliveries.c.id)
        .join(notices, notices.c.id == deliveries.c.notice)
        .join(rooms, rooms.c.id == ROOM)
        .where(deliveries.c.id.in_(ids), of_rooms)
        .where(or_(shut_out(deliveries.c.person, rooms.c.id, now), *map(_taken_back, PARTS), *map(_unwanted, TIMES)))
    )
    off = select(deliveries.c.id).join(notices, notices.c.id == deliveries.c.notice)
    off = off.where(deliveries.c.id.in_(ids), _switched_off())
    return set((await connection.execute(union(wanted, off))).scalars())


def _switched_off() -> ColumnElement[bool]:
    """Whether they hear of such things by this way no more."""
    of_topic = [
        and_(switched_off.c.topic == topic, notices.c.kind.in_([kind for kind in TOPIC_OF if TOPIC_OF[kind] == topic]))
        for topic in TOPICS
    ]
    theirs = switched_off.c.person == deliveries.c.person, switched_off.c.channel == deliveries.c.channel
    return exists().where(*theirs, or_(*of_topic))


def _unwanted(time: Time) -> ColumnElement[bool]:
    """Whether they were to be reminded at this moment, and have taken that back or chosen others (`audience.py`)."""
    chosen = _open(interests)
    wants = exists().where(*chosen, interests.c.times.bitwise_and(bits([time])) != 0)
    takes_part = and_(or_(*TAKES_PART), ~exists().where(*chosen))
    return and_(notices.c.kind == f"room.{time}", ~(or_(wants, takes_part) if time in USUAL else wants))


def _taken_back(kind: str) -> ColumnElement[bool]:
    """Whether they were told of a part in a room, and it is theirs no more, or the room is over without it."""
    never = or_(*(rooms.c[at].is_not(None) for at in ("ended_at", "cancelled_at", "missed_at")))
    return and_(notices.c.kind == kind, or_(never, ~PARTS[kind]))


def _open(table: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.room == rooms.c.id, table.c.person == deliveries.c.person


TAKES_PART = (
    exists().where(*_open(helpers)),
    exists().where(*_open(speaker_links)),
    exists().where(*_open(asked_along), *LISTENS),
)
# Given to them; asked of them, and not answered; to lead it, and not answered either.
PARTS: dict[str, ColumnElement[bool]] = {
    "room.invited": exists().where(*_open(helpers)),
    "room.asked": exists().where(
        *_open(asked_along), asked_along.c.accepted_at.is_(None), asked_along.c.declined_at.is_(None)
    ),
    "room.handed": and_(rooms.c.heir.is_not(None), rooms.c.heir == deliveries.c.person),
}
