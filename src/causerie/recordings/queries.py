"""What is read about recordings: which takes wait for their copy, and what may be in it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.ids import PersonId, RoomId
from causerie.recordings.files import log_of
from causerie.recordings.models import consents, take_parts, takes, tracks
from causerie.rooms.models import rooms
from causerie.rooms.settings import RecordingRule


@dataclass(frozen=True)
class TakeToCopy:
    """A take whose logs are whole, of a room that is over. Times are milliseconds."""

    id: str
    room: RoomId
    began_at: int
    ended_at: int


@dataclass(frozen=True)
class KeptTrack:
    """What one person said and agreed to have kept, under the name they had then."""

    id: str
    person: PersonId
    name: str
    number: int
    log: Path


@dataclass(frozen=True)
class LedgerLine:
    """What somebody said of their part, in which words, and when; under the name they have now."""

    take: str
    rule: RecordingRule
    person: PersonId
    name: str | None
    answer: str
    words: int
    at: int


async def takes_to_copy(connection: AsyncConnection, *, most: int = 20) -> list[TakeToCopy]:
    """Takes that wait for their copy, the first one first."""
    wanted = (
        select(takes.c.id, takes.c.room, takes.c.requested_at, takes.c.ended_at)
        .join(rooms, rooms.c.id == takes.c.room)
        .where(takes.c.state == "processing", rooms.c.ended_at.is_not(None))
        .order_by(takes.c.id)
        .limit(most)
    )
    return [TakeToCopy(id, RoomId(room), began, ended) for id, room, began, ended in await connection.execute(wanted)]


async def kept_tracks(connection: AsyncConnection, data: Path, take: str) -> list[KeptTrack]:
    """The tracks that may be in a copy: nobody who took back their yes."""
    wanted = (
        select(tracks.c.id, tracks.c.person, tracks.c.name, tracks.c.number)
        .where(tracks.c.take == take, tracks.c.withdrawn.is_(False))
        .order_by(tracks.c.number)
    )
    rows = await connection.execute(wanted)
    return [KeptTrack(id, PersonId(who), name, n, log_of(data, take, id)) for id, who, name, n in rows]


async def parts_of(connection: AsyncConnection, take: str) -> list[tuple[int, int | None]]:
    """When a take ran: everything between is a pause."""
    wanted = select(take_parts.c.began_at, take_parts.c.ended_at).where(take_parts.c.take == take)
    return [(began, ended) for began, ended in await connection.execute(wanted.order_by(take_parts.c.part))]


async def ledger(connection: AsyncConnection, room: RoomId) -> list[LedgerLine]:
    """Everything that people said of their part in a room, in the order they said it."""
    said = (consents.c.take, takes.c.rule, consents.c.person, people.c.name)
    everything = (
        select(*said, consents.c.answer, consents.c.words, consents.c.at)
        .join(takes, takes.c.id == consents.c.take)
        .outerjoin(people, people.c.id == consents.c.person)
    )
    rows = await connection.execute(everything.where(consents.c.room == room).order_by(consents.c.n))
    return [LedgerLine(*row) for row in rows]


async def unfinished(connection: AsyncConnection) -> list[RoomId]:
    """Rooms with a take that was stopped and not closed, or a track that is to go and has not."""
    gone = tracks.c.withdrawn.is_(True) & tracks.c.erased_at.is_(None)
    wanted = select(takes.c.room).outerjoin(tracks, tracks.c.take == takes.c.id)
    found = await connection.execute(wanted.where(or_(takes.c.state == "stopping", gone)).distinct())
    return [RoomId(room) for room in found.scalars()]
