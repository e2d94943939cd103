"""How each event of the stage is written, and how a stage is read back after a restart."""

from collections.abc import Collection
from dataclasses import asdict, replace
from functools import singledispatch
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.ids import PersonId, RoomId
from causerie.stage import events as happened
from causerie.stage.models import awaited_seats, backstage, hands, hushes, invitations, kept_mutes, seats, spoken, stays
from causerie.stage.moves import INVITATION, kept_for
from causerie.stage.state import Guest, Hand, Invitation, Seat, Stage, Waiting


async def store(tx: Tx, room: RoomId, events: list[happened.Event]) -> None:
    """Write what happened, and announce it."""
    for event in events:
        await _write(event, tx, room)
    tx.emit(*events)


async def read(connection: AsyncConnection, room: RoomId, *, now: int, expected: Collection[PersonId] = ()) -> Stage:
    """The stage after a restart: everybody's line is lost with a full span to come back, invitations are fresh."""

    async def rows(table: Table) -> list[dict[str, Any]]:
        found = await connection.execute(select(table).where(table.c.room == room))
        return [{key: value for key, value in row.items() if key != "room"} for row in found.mappings()]

    def held(seat: Seat) -> Seat:
        until = now + kept_for(seat, expected=seat.person in expected)
        return replace(seat, muted=True, held_until=until) if not seat.bot else seat

    here = [held(Seat(**row)) for row in await rows(seats)]
    up = [Hand(**{**row, "left_at": row["left_at"] or now}) for row in await rows(hands)]
    invited = [Invitation(**{**row, "until": now + INVITATION}) for row in await rows(invitations)]
    queue = [Waiting(**{**row, "left_at": row["left_at"] or now}) for row in await rows(awaited_seats)]
    guests = [Guest(**{**row, "muted": True, "left_at": row["left_at"] or now}) for row in await rows(backstage)]
    before = {PersonId(row["person"]): int(row["milliseconds"]) for row in await rows(spoken)}
    return Stage(
        {seat.person: seat for seat in here},
        {hand.person: hand for hand in up},
        {invitation.person: invitation for invitation in invited},
        frozenset(before),
        {waiting.person: waiting for waiting in sorted(queue, key=lambda waiting: (waiting.since, waiting.person))},
        {PersonId(row["person"]): row["asked_at"] for row in await rows(kept_mutes)},
        bool(await rows(hushes)),
        {person: milliseconds for person, milliseconds in before.items() if milliseconds},
        {guest.person: guest for guest in sorted(guests, key=lambda guest: (guest.since, guest.person))},
    )


async def note_absences(tx: Tx, room: RoomId, stage: Stage) -> None:
    """Since when those are away whose place waits for them: their time does not begin anew with each restart."""
    for table, waiting in ((hands, stage.hands), (awaited_seats, stage.waiting), (backstage, stage.backstage)):
        away = {person: place.left_at for person, place in waiting.items() if place.left_at is not None}
        if away:
            unwritten = (table.c.room == room, table.c.left_at.is_(None), table.c.person.in_(away))
            # Whoever's time is not written yet is away since the stage was read, the latest of all.
            await tx.run(update(table).where(*unwritten).values(left_at=max(away.values())))


@singledispatch
async def _write(event: object, _tx: Tx, _room: RoomId) -> None:
    raise TypeError(f"{type(event).__name__} is no event of the stage")


@_write.register
async def _(event: happened.HandRaised, tx: Tx, room: RoomId) -> None:
    hand = {**asdict(event), "raised_at": event.at, "left_at": None}
    del hand["at"]
    await tx.put(hands, room=room, **hand)


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
    seat = {**asdict(event), "since": event.at, "held_until": None, "wished": False, "away": False}
    del seat["at"]
    await tx.put(seats, room=room, **seat)
    await tx.put(spoken, room=room, person=event.person)
    if not event.bot:
        await tx.put(stays, room=room, person=event.person, came_at=event.at, left_at=None)


@_write.register
async def _(event: happened.SpeakerMuted, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, muted=True)


@_write.register
async def _(event: happened.SpeakerUnmuted, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, muted=False, wished=False, away=False)


@_write.register
async def _(event: happened.BackstageCame, tx: Tx, room: RoomId) -> None:
    guest = Guest(event.person, event.name, event.number, event.invited, event.at)
    await tx.put(backstage, room=room, **asdict(guest))


@_write.register
async def _(event: happened.BackstageChanged, tx: Tx, room: RoomId) -> None:
    await _changed(tx, backstage, room, event.person, muted=event.muted, left_at=event.left_at)


@_write.register
async def _(event: happened.BackstageNoted, tx: Tx, room: RoomId) -> None:
    noted = {"topic": event.topic, "note": event.note, "ready": event.ready}
    await _changed(tx, backstage, room, event.person, **noted)


@_write.register
async def _(event: happened.BackstageLeft, tx: Tx, room: RoomId) -> None:
    await _gone(tx, backstage, room, event.person)


@_write.register
async def _(_: happened.TalkedBackstage, _tx: Tx, _room: RoomId) -> None:
    """A button that is held is not kept: after a restart nobody holds it."""


@_write.register
async def _(event: happened.Talked, tx: Tx, room: RoomId) -> None:
    for person, milliseconds in event.totals:
        await tx.put(spoken, room=room, person=person, milliseconds=milliseconds)


@_write.register
async def _(event: happened.MuteKept, tx: Tx, room: RoomId) -> None:
    await tx.put(kept_mutes, room=room, person=event.person, asked_at=None)


@_write.register
async def _(event: happened.MuteReleased, tx: Tx, room: RoomId) -> None:
    await _gone(tx, kept_mutes, room, event.person)


@_write.register
async def _(event: happened.MicrophoneAsked, tx: Tx, room: RoomId) -> None:
    await tx.put(kept_mutes, room=room, person=event.person, asked_at=event.at)


@_write.register
async def _(event: happened.UnmuteWished, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, wished=True)


@_write.register
async def _(event: happened.MicrophoneAway, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, away=event.away, muted=True)


@_write.register
async def _(event: happened.Hushed, tx: Tx, room: RoomId) -> None:
    if event.on:
        await tx.put(hushes, room=room)
    else:
        await tx.run(delete(hushes).where(hushes.c.room == room))


@_write.register
async def _(event: happened.SeatAwaited, tx: Tx, room: RoomId) -> None:
    waiting = {**asdict(event), "since": event.at, "left_at": None}
    del waiting["at"]
    await tx.put(awaited_seats, room=room, **waiting)


@_write.register
async def _(event: happened.WaiterLeft, tx: Tx, room: RoomId) -> None:
    await _changed(tx, awaited_seats, room, event.person, left_at=event.at)


@_write.register
async def _(event: happened.WaitOver, tx: Tx, room: RoomId) -> None:
    await _gone(tx, awaited_seats, room, event.person)


@_write.register
async def _(event: happened.SpeakerHeld, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, muted=True, held_until=event.until)


@_write.register
async def _(event: happened.SpeakerBack, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, muted=True, held_until=None)


@_write.register
async def _(event: happened.SpeakerLeft, tx: Tx, room: RoomId) -> None:
    await _gone(tx, seats, room, event.person)
    here = stays.c.room == room, stays.c.person == event.person, stays.c.left_at.is_(None)
    await tx.run(update(stays).where(*here).values(left_at=tx.now))


@_write.register
async def _(event: happened.SpeakerCalled, tx: Tx, room: RoomId) -> None:
    await _changed(tx, seats, room, event.person, role=event.role)


async def _changed(tx: Tx, table: Table, room: RoomId, person: PersonId, **values: object) -> None:
    await tx.run(update(table).where(table.c.room == room, table.c.person == person).values(values))


async def _gone(tx: Tx, table: Table, room: RoomId, person: PersonId) -> None:
    await tx.run(delete(table).where(table.c.room == room, table.c.person == person))
