"""How each event of the stage is written, and how a stage is read back after a restart."""

from dataclasses import asdict
from functools import singledispatch
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.ids import PersonId, RoomId
from causerie.stage import events as happened
from causerie.stage.models import hands, invitations, seats, spoken
from causerie.stage.moves import HELD, HOST_HELD, INVITATION
from causerie.stage.state import Hand, Invitation, Seat, Stage


async def store(tx: Tx, room: RoomId, events: list[happened.Event]) -> None:
    """Write what happened, and announce it."""
    for event in events:
        await _write(event, tx, room)
    tx.emit(*events)


async def read(connection: AsyncConnection, room: RoomId, *, now: int) -> Stage:
    """The stage after a restart: everybody's line is lost with a full span to come back, invitations are fresh."""

    async def rows(table: Table) -> list[dict[str, Any]]:
        found = await connection.execute(select(table).where(table.c.room == room))
        return [{key: value for key, value in row.items() if key != "room"} for row in found.mappings()]

    def held(seat: Seat) -> Seat:
        kept = HOST_HELD if seat.role in ("host", "cohost") else HELD
        return Seat(**{**asdict(seat), "muted": True, "held_until": now + kept}) if not seat.bot else seat

    here = [held(Seat(**row)) for row in await rows(seats)]
    up = [Hand(**{**row, "left_at": row["left_at"] or now}) for row in await rows(hands)]
    invited = [Invitation(**{**row, "until": now + INVITATION}) for row in await rows(invitations)]
    before = [PersonId(row["person"]) for row in await rows(spoken)]
    return Stage(
        {seat.person: seat for seat in here},
        {hand.person: hand for hand in up},
        {invitation.person: invitation for invitation in invited},
        frozenset(before),
    )


@singledispatch
async def _write(event: object, _tx: Tx, _room: RoomId) -> None:
    raise TypeError(f"{type(event).__name__} is no event of the stage")


@_write.register
async def _(event: happened.HandRaised, tx: Tx, room: RoomId) -> None:
    await tx.put(
        hands, room=room, person=event.person, name=event.name, note=event.note, raised_at=event.at, left_at=None
    )


@_write.register
async def _(event: happened.HandLowered, tx: Tx, room: RoomId) -> None:
    await _gone(tx, hands, room, event.person)


@_write.register
async def _(event: happened.HandLeft, tx: Tx, room: RoomId) -> None:
    await _changed(tx, hands, room, event.person, left_at=event.at)


@_write.register
async def _(event: happened.Invited, tx: Tx, room: RoomId) -> None:
    await tx.put(
        invitations, room=room, person=event.person, name=event.name, until=event.until, question=event.question
    )


@_write.register
async def _(event: happened.InvitationClosed, tx: Tx, room: RoomId) -> None:
    await _gone(tx, invitations, room, event.person)


@_write.register
async def _(event: happened.SpeakerCame, tx: Tx, room: RoomId) -> None:
    seat = {**asdict(event), "since": event.at, "held_until": None}
    del seat["at"]
    await tx.put(seats, room=room, **seat)
    await tx.put(spoken, room=room, person=event.person)


@_write.register
async def _(event: happened.SpeakerMuted, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, muted=True)


@_write.register
async def _(event: happened.SpeakerUnmuted, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, muted=False)


@_write.register
async def _(event: happened.SpeakerHeld, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, muted=True, held_until=event.until)


@_write.register
async def _(event: happened.SpeakerBack, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, muted=True, held_until=None)


@_write.register
async def _(event: happened.SpeakerLeft, tx: Tx, room: RoomId) -> None:
    await _gone(tx, seats, room, event.person)


@_write.register
async def _(event: happened.SpeakerCalled, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, role=event.role)


async def _changed(tx: Tx, table: Table, room: RoomId, person: PersonId, **values: object) -> None:
    await tx.run(update(table).where(table.c.room == room, table.c.person == person).values(values))


async def _gone(tx: Tx, table: Table, room: RoomId, person: PersonId) -> None:
    await tx.run(delete(table).where(table.c.room == room, table.c.person == person))
