"""How each event of a recording is written, and how the takes of a room are read back after a restart."""

from dataclasses import replace
from functools import singledispatch

from sqlalchemy import RowMapping, Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.ids import PersonId, RoomId
from causerie.recordings import events as happened
from causerie.recordings.models import consents, take_parts, takes, tracks
from causerie.recordings.state import Answer, Recording, Take, Track

_TAKES = select(takes).order_by(takes.c.requested_at, takes.c.id)


async def store(tx: Tx, room: RoomId, events: list[happened.Event]) -> None:
    """Write what happened, and announce it."""
    for event in events:
        await _write(event, tx, room)
    tx.emit(*events)


async def read(connection: AsyncConnection, room: RoomId) -> Recording:
    """Every take of a room; one that ran when the program ended waits to go on."""
    found = (await connection.execute(_TAKES.where(takes.c.room == room))).mappings().all()
    if not found:  # most rooms were never recorded
        return Recording()
    ids = [row["id"] for row in found]
    parts = await _of(connection, take_parts, ids, by="part")
    said = await _of(connection, consents, ids, by="n")
    kept = await _of(connection, tracks, ids, by="number")
    whole = (_take(row, *(those.get(row["id"], []) for those in (parts, said, kept))) for row in found)
    return Recording({take.id: take for take in whole})


async def _of(connection: AsyncConnection, table: Table, ids: list[str], *, by: str) -> dict[str, list[RowMapping]]:
    """The rows of these takes, in their order."""
    rows = (await connection.execute(select(table).where(table.c.take.in_(ids)).order_by(table.c[by]))).mappings()
    found: dict[str, list[RowMapping]] = {}
    for row in rows:
        found.setdefault(row["take"], []).append(row)
    return found


def _take(row: RowMapping, parts: list[RowMapping], said: list[RowMapping], kept: list[RowMapping]) -> Take:
    answers: dict[PersonId, Answer] = {PersonId(line["person"]): line["answer"] for line in said}
    opened = [_track(row) for row in kept]
    take = Take(row["id"], row["rule"], row["words"], row["requested_at"], row["state"], row["since"])
    return replace(
        take,
        part=len(parts),
        before=sum(part["ended_at"] - part["began_at"] for part in parts if part["ended_at"] is not None),
        paused_by=row["paused_by"],
        interrupted=take.state == "recording",
        answers=answers,
        tracks={track.id: track for track in opened},
    )


def _track(row: RowMapping) -> Track:
    erased = row["erased_at"] is not None
    who = PersonId(row["person"]), row["name"], row["number"]
    return Track(row["id"], *who, row["withdrawn"], erased, row["opened_at"])


@singledispatch
async def _write(event: object, _tx: Tx, _room: RoomId) -> None:
    raise TypeError(f"{type(event).__name__} is no event of a recording")


@_write.register
async def _(event: happened.RecordingRequested, tx: Tx, room: RoomId) -> None:
    row = {"rule": event.rule, "words": event.words, "requested_at": event.at, "since": event.at}
    await tx.run(insert(takes).values(id=event.take, room=room, state="requested", **row))


@_write.register
async def _(event: happened.PartBegan, tx: Tx, _room: RoomId) -> None:
    await _part_over(tx, event.take, event.part - 1, event.at)
    await tx.put(take_parts, take=event.take, part=event.part, began_at=event.at, ended_at=None)
    await _changed(tx, event.take, state="recording", since=event.at, paused_by=None)


@_write.register
async def _(event: happened.RecordingPaused, tx: Tx, _room: RoomId) -> None:
    await _part_over(tx, event.take, event.part, event.at)
    await _changed(tx, event.take, state="paused", since=event.at, paused_by=event.why)


@_write.register
async def _(event: happened.RecordingStopped, tx: Tx, _room: RoomId) -> None:
    await _part_over(tx, event.take, event.part, event.at)
    await _changed(tx, event.take, state="stopping", since=event.at, ended_at=event.at, paused_by=None)


@_write.register
async def _(event: happened.TakeClosed, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.take, state="off" if event.empty else "processing", since=event.at)


@_write.register
async def _(event: happened.TakeCopied, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.take, state="failed" if event.failed else "ready", since=event.at)


@_write.register
async def _(event: happened.CopyOutdated, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.take, state="processing", since=event.at)


@_write.register
async def _(event: happened.TakeDropped, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.take, state="off", since=event.at)
    await tx.run(update(tracks).where(tracks.c.take == event.take).values(withdrawn=True))


@_write.register(happened.MinorCame)
async def _(_event: object, _tx: Tx, _room: RoomId) -> None:
    """Known again when they come again."""


@_write.register(happened.CatchUpMade)
@_write.register(happened.CatchUpGone)
async def _(_event: object, _tx: Tx, _room: RoomId) -> None:
    """Known again by its file."""


@_write.register
async def _(event: happened.Consented, tx: Tx, room: RoomId) -> None:
    await _said(tx, room, event, "kept")


@_write.register
async def _(event: happened.LeftOut, tx: Tx, room: RoomId) -> None:
    await _said(tx, room, event, "left_out")


@_write.register
async def _(event: happened.Withdrawn, tx: Tx, room: RoomId) -> None:
    await _said(tx, room, event, "withdrawn")
    theirs = tracks.c.take == event.take, tracks.c.person == event.person
    await tx.run(update(tracks).where(*theirs).values(withdrawn=True))


@_write.register
async def _(event: happened.TrackOpened, tx: Tx, _room: RoomId) -> None:
    row = {"person": event.person, "name": event.name, "number": event.number, "opened_at": event.at}
    await tx.run(insert(tracks).values(id=event.track, take=event.take, **row))


@_write.register
async def _(event: happened.TrackErased, tx: Tx, _room: RoomId) -> None:
    await tx.run(update(tracks).where(tracks.c.id == event.track).values(erased_at=event.at))


async def _said(
    tx: Tx, room: RoomId, event: happened.Consented | happened.LeftOut | happened.Withdrawn, answer: Answer
) -> None:
    """One line of the ledger."""
    line = {"take": event.take, "person": event.person, "words": event.words, "at": event.at}
    await tx.run(insert(consents).values(room=room, answer=answer, **line))


async def _part_over(tx: Tx, take: str, part: int, at: int) -> None:
    """The part that ran until now, where there was one."""
    open_ = take_parts.c.take == take, take_parts.c.part == part, take_parts.c.ended_at.is_(None)
    await tx.run(update(take_parts).where(*open_).values(ended_at=at))


async def _changed(tx: Tx, take: str, **values: object) -> None:
    await tx.run(update(takes).where(takes.c.id == take).values(values))
