"""What is due to be told, found in the rows of rooms and copies: also what was missed while nothing ran."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import exports, people
from causerie.clock import DAY, HOUR, MINUTE
from causerie.copies.models import copies
from causerie.db.tables import audit
from causerie.notices.house import from_the_house
from causerie.notices.kinds import Kind, Said, Telling
from causerie.notices.models import tellings
from causerie.notices.personal import to_one
from causerie.rooms.models import changes, rooms

# How long before the start each is told, how much later none is begun, and until when before the start it is worth it.
REMINDERS: tuple[tuple[Kind, int, int, int], ...] = (
    ("room.week", 7 * DAY, 12 * HOUR, DAY),
    ("room.day", DAY, HOUR, 15 * MINUTE),
    ("room.hour", HOUR, 30 * MINUTE, 5 * MINUTE),
    ("room.soon", 15 * MINUTE, 12 * MINUTE, 0),
    ("room.starts", 0, 10 * MINUTE, -15 * MINUTE),
)
LIVE_FOR, LATELY, WORTH = 15 * MINUTE, DAY, 3 * DAY

_ROOM = select(
    rooms.c.id,
    rooms.c.name,
    rooms.c.title,
    rooms.c.starts_at,
    rooms.c.started_at,
    rooms.c.cancelled_at,
    rooms.c.missed_at,
    people.c.name.label("host"),
).join(people, people.c.id == rooms.c.host)
_TO_COME = tuple(rooms.c[at].is_(None) for at in ("started_at", "ended_at", "cancelled_at", "missed_at"))
# Its group has gone, and it with it: nobody did that to the room.
WITH_GROUP = exists().where(
    audit.c.room == rooms.c.id, audit.c.verb == "room.cancel_with_group", audit.c.at == rooms.c.cancelled_at
)


@dataclass(frozen=True)
class _Room:
    id: str
    name: str
    title: str
    starts_at: int | None
    started_at: int | None
    cancelled_at: int | None
    missed_at: int | None
    host: str
    moved_at: int | None = None

    def said(self, at: int | None = None) -> Said:
        return Said(self.title, self.host, f"/r/{self.name}", at)


async def due(connection: AsyncConnection, *, now: int) -> list[Telling]:
    """Everything that is to be told now and was not begun yet."""
    found = [
        *await _reminders(connection, now),
        *await _live(connection, now),
        *await _changed(connection, now),
        *await _copied(connection, now),
        *await _exported(connection, now),
        *await to_one(connection, now),
        *await from_the_house(connection, now),
    ]
    keys = [telling.key for telling in found]
    begun = set((await connection.execute(select(tellings.c.key).where(tellings.c.key.in_(keys)))).scalars())
    return [telling for telling in found if telling.key not in begun]


async def _reminders(connection: AsyncConnection, now: int) -> Iterable[Telling]:
    coming = _ROOM.where(rooms.c.draft.is_(False), *_TO_COME).where(
        rooms.c.starts_at <= now + 7 * DAY, rooms.c.starts_at > now - 10 * MINUTE
    )
    return [
        Telling(f"{kind}:{room.id}:{at}", kind, room.id, room.said(at), now, at - worth)
        for room in await _rooms(connection, coming)
        if (at := room.starts_at) is not None
        for kind, before, late, worth in REMINDERS
        if at - before <= now < at - before + late
    ]


async def _live(connection: AsyncConnection, now: int) -> Iterable[Telling]:
    on = _ROOM.where(rooms.c.started_at > now - LIVE_FOR, rooms.c.ended_at.is_(None))
    return [
        Telling(f"room.live:{room.id}", "room.live", room.id, room.said(room.started_at), now, now + HOUR)
        for room in await _rooms(connection, on)
    ]


async def _changed(connection: AsyncConnection, now: int) -> Iterable[Telling]:
    """Moved, cancelled, or did not take place: those are told who wanted to be reminded before it was.

    Each time anew that it is moved, be it back or to no time at all; and then what holds now.
    """
    lately = (changes.c.moved_at > now - LATELY, rooms.c.draft.is_(False))
    moved = _ROOM.add_columns(changes.c.moved_at).join(changes, changes.c.room == rooms.c.id).where(*lately, *_TO_COME)
    cancelled = _ROOM.where(rooms.c.cancelled_at > now - LATELY, ~WITH_GROUP)
    ungrouped = _ROOM.where(rooms.c.cancelled_at > now - LATELY, WITH_GROUP)
    gone = _ROOM.where(rooms.c.missed_at > now - LATELY, rooms.c.cancelled_at.is_(None), rooms.c.started_at.is_(None))
    told: list[tuple[Kind, _Room, int | None, int | None]] = [
        *(("room.moved", room, room.moved_at, room.starts_at) for room in await _rooms(connection, moved)),
        *(("room.cancelled", room, room.starts_at, room.starts_at) for room in await _rooms(connection, cancelled)),
        *(("room.group_gone", room, room.starts_at, room.starts_at) for room in await _rooms(connection, ungrouped)),
        *(("room.missed", room, room.missed_at, room.missed_at) for room in await _rooms(connection, gone)),
    ]
    return [
        Telling(f"{kind}:{room.id}:{which}", kind, room.id, room.said(at), now, now + WORTH)
        for kind, room, which, at in told
    ]


async def _copied(connection: AsyncConnection, now: int) -> Iterable[Telling]:
    """The first edition of a copy, or that there is none. Of a room; whoever leads it is told."""
    wanted = (
        select(copies.c.id, copies.c.name, copies.c.state, rooms.c.id, rooms.c.title, people.c.name)
        .join(rooms, rooms.c.id == copies.c.room)
        .join(people, people.c.id == rooms.c.host)
        .where(copies.c.state.in_(("ready", "failed")), copies.c.deleted_at.is_(None))
        .where(copies.c.created_at > now - WORTH)
    )
    kinds: dict[str, Kind] = {"ready": "copy.ready", "failed": "copy.failed"}
    return [
        Telling(f"{kinds[state]}:{copy}", kinds[state], room, Said(title, host, f"/c/{name}"), now, now + WORTH)
        for copy, name, state, room, title, host in await connection.execute(wanted)
    ]


async def _exported(connection: AsyncConnection, now: int) -> Iterable[Telling]:
    """What somebody takes along is made, as long as it is there."""
    wanted = select(exports.c.id, exports.c.person, exports.c.until).where(exports.c.until > now)
    return [
        Telling(f"export.ready:{id}", "export.ready", person, Said(path="/settings"), now, until)
        for id, person, until in await connection.execute(wanted)
    ]


async def _rooms(connection: AsyncConnection, wanted: Select[Any]) -> list[_Room]:
    return [_Room(*row) for row in await connection.execute(wanted)]
