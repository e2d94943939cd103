"""How each event before the stage is written, and how that side of a room is read back after a restart."""

from collections.abc import Iterable
from dataclasses import asdict
from functools import singledispatch
from typing import Any, TypeVar

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.ids import PersonId, RoomId
from causerie.rooms.audience import events as happened
from causerie.rooms.audience.events import Raider
from causerie.rooms.audience.models import inside, knocks, locks, pins, raided
from causerie.rooms.audience.state import Audience, Knock, Pin

T = TypeVar("T")


async def store(tx: Tx, room: RoomId, events: list[happened.Event]) -> None:
    """Write what happened, and announce it."""
    for event in events:
        await _write(event, tx, room)
    tx.emit(*events)


async def read(connection: AsyncConnection, room: RoomId) -> Audience:
    """The audience's side of a room as it was written."""
    pinned = select(pins.c.text, pins.c.link, pins.c.at).where(pins.c.room == room, pins.c.until.is_(None))
    row = (await connection.execute(pinned)).first()

    async def rows(table: Table) -> list[dict[str, Any]]:
        found = await connection.execute(select(table).where(table.c.room == room).order_by(*table.primary_key.columns))
        return [{key: value for key, value in row.items() if key != "room"} for row in found.mappings()]

    waiting = [Knock(**row) for row in await rows(knocks)]
    return Audience(
        Pin(*row) if row else None,
        locked=bool(await rows(locks)),
        inside=frozenset(row["person"] for row in await rows(inside)),
        knocks={knock.person: knock for knock in waiting},
        raided=_raiders(await rows(raided)),
    )


def _raiders(rows: list[dict[str, Any]]) -> dict[PersonId, Raider]:
    ids: dict[PersonId, set[PersonId]] = {}
    for row in rows:
        ids.setdefault(row["person"], set()).add(row["id"])
    known = {row["person"]: row for row in rows}
    return {person: Raider(person, row["name"], frozenset(ids[person]), row["at"]) for person, row in known.items()}


@singledispatch
async def _write(event: object, _tx: Tx, _room: RoomId) -> None:
    raise TypeError(f"{type(event).__name__} is no event before the stage")


@_write.register
async def _(event: happened.Pinned, tx: Tx, room: RoomId) -> None:
    await _taken_down(tx, room, event.at)
    await tx.run(insert(pins).values(room=room, **asdict(event)))


@_write.register
async def _(event: happened.Unpinned, tx: Tx, room: RoomId) -> None:
    await _taken_down(tx, room, event.at)


async def _taken_down(tx: Tx, room: RoomId, at: int) -> None:
    await tx.run(update(pins).where(pins.c.room == room, pins.c.until.is_(None)).values(until=at))


@_write.register
async def _(event: happened.Locked, tx: Tx, room: RoomId) -> None:
    await tx.put(locks, room=room, at=event.at, by=event.by)
    for some in _in_parts({"room": room, "person": id} for id in sorted(event.inside)):
        await tx.run(insert(inside).values(some))


@_write.register
async def _(_event: happened.Unlocked, tx: Tx, room: RoomId) -> None:
    for table in (locks, inside, knocks):
        await tx.run(delete(table).where(table.c.room == room))


@_write.register
async def _(event: happened.Knocked, tx: Tx, room: RoomId) -> None:
    await tx.put(knocks, room=room, turned_away=False, **asdict(event))


@_write.register
async def _(event: happened.KnockOver, tx: Tx, room: RoomId) -> None:
    await tx.run(delete(knocks).where(knocks.c.room == room, knocks.c.person == event.person))


@_write.register
async def _(event: happened.TurnedAway, tx: Tx, room: RoomId) -> None:
    hers = knocks.c.room == room, knocks.c.person == event.person
    await tx.run(update(knocks).where(*hers).values(turned_away=True))


@_write.register
async def _(event: happened.LetIn, tx: Tx, room: RoomId) -> None:
    await tx.run(delete(knocks).where(knocks.c.room == room, knocks.c.person == event.person))
    people = select(raided.c.person).where(raided.c.room == room, raided.c.id.in_(event.ids))
    found = (await tx.run(people)).scalars().all()
    await tx.run(delete(raided).where(raided.c.room == room, raided.c.person.in_(found)))
    if (await tx.run(select(locks.c.room).where(locks.c.room == room))).first() is not None:
        for id in sorted(event.ids):
            await tx.put(inside, room=room, person=id)


@_write.register
async def _(event: happened.SentOut, tx: Tx, room: RoomId) -> None:
    for some in _in_parts(event.ids):
        await tx.run(delete(inside).where(inside.c.room == room, inside.c.person.in_(some)))


@_write.register
async def _(event: happened.Raided, tx: Tx, room: RoomId) -> None:
    rows = [
        {"room": room, "id": id, "person": one.person, "name": one.name, "at": one.at}
        for one in event.people
        for id in sorted(one.ids)
    ]
    for some in _in_parts(rows):
        await tx.run(insert(raided).values(some))


def _in_parts(things: Iterable[T], most: int = 500) -> list[list[T]]:
    """A few hundred to a statement: databases bound what one may carry."""
    every = list(things)
    return [every[n : n + most] for n in range(0, len(every), most)]
