"""How each event of the queue is written, and how it is read back after a restart."""

import json
from functools import singledispatch

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.floor import events as happened
from causerie.floor.models import deck, own_orders, shortlist, topics
from causerie.floor.state import Floor, OnDeck, Topic
from causerie.ids import PersonId, RoomId


async def store(tx: Tx, room: RoomId, events: list[happened.Event]) -> None:
    """Write what happened, and announce it."""
    for event in events:
        await _write(event, tx, room)
    tx.emit(*events)


async def read(connection: AsyncConnection, room: RoomId) -> Floor:
    """What hosts had made of the queue, and who was asked ahead; whoever was ready is asked again."""
    wanted = select(shortlist).where(shortlist.c.room == room).order_by(shortlist.c.place)
    listed = (await connection.execute(wanted)).mappings()
    asked = (await connection.execute(select(deck).where(deck.c.room == room))).mappings()
    put = await connection.scalar(select(own_orders.c.placed).where(own_orders.c.room == room))
    spoken_of = (await connection.execute(select(topics).where(topics.c.room == room))).mappings().all()
    topic = next((row for row in spoken_of if row["over_at"] is None), None)
    on_deck = [
        OnDeck(
            PersonId(row["person"]),
            happened.Listed((row["kind"], row["entry"]), row["since"]),
            tuple((kind, entry) for kind, entry in json.loads(row["after"])),
            row["at"],
        )
        for row in asked
    ]
    return Floor(
        tuple(happened.Listed((row["kind"], row["entry"]), row["since"]) for row in listed),
        tuple(happened.Listed((kind, entry), since) for kind, entry, since in json.loads(put or "[]")),
        # Of two who were asked in one turn, more stood before the second.
        {one.person: one for one in sorted(on_deck, key=lambda one: (one.at, len(one.after)))},
        topic=Topic(topic["id"], topic["text"], topic["on_air_at"]) if topic else None,
        spoken_of=frozenset(row["text"] for row in spoken_of),
    )


@singledispatch
async def _write(event: object, _tx: Tx, _room: RoomId) -> None:
    raise TypeError(f"{type(event).__name__} is no event of the queue")


@_write.register
async def _(event: happened.ShortlistSet, tx: Tx, room: RoomId) -> None:
    await tx.run(delete(shortlist).where(shortlist.c.room == room))
    for place, listed in enumerate(event.listed):
        kind, entry = listed.key
        await tx.put(shortlist, room=room, kind=kind, entry=entry, since=listed.since, place=place)


@_write.register
async def _(event: happened.OrderedByHand, tx: Tx, room: RoomId) -> None:
    await tx.put(own_orders, room=room, placed=json.dumps([(*listed.key, listed.since) for listed in event.placed]))


@_write.register
async def _(event: happened.AskedAhead, tx: Tx, room: RoomId) -> None:
    kind, entry = event.entry.key
    since, after = event.entry.since, json.dumps(event.after)
    await tx.put(deck, room=room, person=event.person, kind=kind, entry=entry, since=since, after=after, at=event.at)


@_write.register
async def _(event: happened.DeckLeft, tx: Tx, room: RoomId) -> None:
    await tx.run(delete(deck).where(deck.c.room == room, deck.c.person == event.person))


@_write.register
async def _(event: happened.TopicOnAir, tx: Tx, room: RoomId) -> None:
    await tx.put(topics, id=event.topic, room=room, text=event.text, on_air_at=event.at, over_at=None)


@_write.register
async def _(event: happened.TopicOver, tx: Tx, _room: RoomId) -> None:
    await tx.run(update(topics).where(topics.c.id == event.topic).values(over_at=event.at))


@_write.register(happened.DeckAnswered)
@_write.register(happened.CountedDown)
async def _(_event: object, _tx: Tx, _room: RoomId) -> None:
    """Good for this run of the server only: nobody's microphone opens by what they said before a restart."""
