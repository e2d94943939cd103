"""*Remind me*: who wants to hear of a room that comes. Everybody sees how many; nobody sees who."""

from collections.abc import Iterable

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import NameNeeded
from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.notices.errors import NothingToRemind
from causerie.notices.kinds import USUAL, Time, bits, chosen
from causerie.notices.models import interests
from causerie.rooms.lists import List, places_of
from causerie.rooms.models import rooms
from causerie.rooms.state import Room

MOST = 200


async def remind(tx: Tx, person: Person, room: Room, *, times: Iterable[Time] = USUAL) -> None:
    """Be told at these moments, and when it is live, moved or cancelled; since when stays what it was."""
    if person.name is None:
        raise NameNeeded
    if not room.to_come:
        raise NothingToRemind
    if await reminded(tx.connection, person.id, room.id) is None:
        await tx.put(interests, room=room.id, person=person.id, since=tx.now, times=bits(times))
        return
    mine = (interests.c.room == room.id, interests.c.person == person.id)
    await tx.run(update(interests).where(*mine).values(times=bits(times)))


async def forget(tx: Tx, person: str, room: str) -> None:
    """Hear no more of it."""
    await tx.run(delete(interests).where(interests.c.room == room, interests.c.person == person))


async def reminded(connection: AsyncConnection, person: str, room: str) -> list[Time] | None:
    """The moments they chose; nothing where they want to hear nothing of it."""
    wanted = select(interests.c.times).where(interests.c.room == room, interests.c.person == person)
    stored = (await connection.execute(wanted)).scalar()
    return None if stored is None else chosen(stored)


async def interested(connection: AsyncConnection, room: str) -> int:
    """How many want to be reminded."""
    wanted = select(func.count()).select_from(interests).where(interests.c.room == room)
    return (await connection.execute(wanted)).scalar() or 0


def reminded_of(person: str) -> List:
    """The rooms to come that somebody wants to be reminded of, as a list of the home page."""
    wanted = select(interests.c.room).where(interests.c.person == person)
    coming = rooms.c.started_at.is_(None), rooms.c.cancelled_at.is_(None)
    return "reminded", places_of(literal(False), rooms.c.id.in_(wanted), *coming).order_by(rooms.c.id).limit(MOST)
