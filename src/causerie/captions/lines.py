"""One line after the other: what is typed, and the last lines for who comes later."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.people import Person
from causerie.captions.errors import CaptionLength
from causerie.captions.models import captions
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, on_air
from causerie.floor.live import LiveRoom
from causerie.floor.rules import hears_at_once
from causerie.ids import RoomId, new_id
from causerie.rooms.models import dumped
from causerie.texts import one_line

LONGEST = 200
LAST = 5
PAGE = 100


@dataclass(frozen=True)
class Line:
    """What was said, and by whom where that is known."""

    speaker: str | None
    text: str
    at: int


async def caption(tx: Tx, live: LiveRoom, by: Person, *, speaker: str | None, text: str) -> Line:
    """Keep one line of what is said, while the room is live; who hears it later than it is said types it later."""
    allowed(live, by, "caption.say")
    on_air(live)
    text = one_line(text)
    if not 1 <= len(text) <= LONGEST:
        raise CaptionLength
    at = tx.now if by.id in hears_at_once(live) else tx.now - live.room.safety_delay
    line = Line(speaker, text, at)
    row = {"id": new_id(), "room": live.room.id, "by": by.id, "speaker": speaker, "text": text, "at": at}
    await tx.run(insert(captions).values(row))
    return line


async def last_lines(connection: AsyncConnection, room: RoomId) -> list[Line]:
    """The last lines of a room, the latest last."""
    wanted = select(captions.c.speaker, captions.c.text, captions.c.at).where(_kept(room))
    rows = await connection.execute(wanted.order_by(captions.c.at.desc(), captions.c.id.desc()).limit(LAST))
    return [Line(*row) for row in reversed(rows.all())]


async def earlier_lines(
    connection: AsyncConnection, room: RoomId, before: int | None, *, until: int
) -> tuple[list[Line], int]:
    """A hundred lines of the log, the earliest first, and how many come before them; the last ones without `before`.

    Nothing that was said after `until`.
    """
    of_room = and_(_kept(room), captions.c.at <= until)
    if before is None:
        before = int(await connection.scalar(select(func.count()).select_from(captions).where(of_room)) or 0)
    begin = max(0, before - PAGE)
    wanted = select(captions.c.speaker, captions.c.text, captions.c.at).where(of_room)
    rows = await connection.execute(wanted.order_by(captions.c.at, captions.c.id).offset(begin).limit(before - begin))
    return [Line(*row) for row in rows], begin


def _kept(room: RoomId) -> ColumnElement[bool]:
    """What was said in a room, but for what was dumped."""
    out = exists().where(dumped.c.room == room, dumped.c.begins <= captions.c.at, captions.c.at < dumped.c.ends)
    return and_(captions.c.room == room, ~out)
