"""Who was asked and is in no file, and for how long they were on stage while the room was recorded."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.ids import RoomId
from causerie.recordings.models import takes
from causerie.recordings.queries import ledger, parts_of
from causerie.stage.models import stays

Span = tuple[int, int]


async def people_out(connection: AsyncConnection, room: RoomId) -> list[str]:
    """Who said so, and who took their yes back."""
    last = {line.person: line.answer for line in await ledger(connection, room)}
    return [person for person, answer in last.items() if answer != "kept"]


async def time_out(connection: AsyncConnection, room: RoomId) -> int:
    """How long any of them was on stage during a take, in milliseconds; pauses left out."""
    there = select(stays.c.came_at, stays.c.left_at).where(stays.c.room == room)
    rows = await connection.execute(there.where(stays.c.person.in_(await people_out(connection, room))))
    on_stage = [(came, left) for came, left in rows]
    ids = (await connection.execute(select(takes.c.id).where(takes.c.room == room))).scalars()
    ran = [(began, ended) for take in list(ids) for began, ended in await parts_of(connection, take)]
    shared = ((max(came, began), _first(left, ended)) for came, left in on_stage for began, ended in ran)
    return together((begins, ends) for begins, ends in shared if ends is not None)


def together(spans: Iterable[Span]) -> int:
    """How long these last; what lies in two of them counts once."""
    long, until = 0, 0
    for begins, ends in sorted(spans):
        long += max(0, ends - max(begins, until))
        until = max(until, ends)
    return long


def _first(left: int | None, ended: int | None) -> int | None:
    """What came sooner, of what has come at all."""
    return min((moment for moment in (left, ended) if moment is not None), default=None)
