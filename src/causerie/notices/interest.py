"""*Remind me*: who wants to hear of a room that comes. Everybody sees how many; nobody sees who."""

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import NameNeeded
from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.notices.errors import NothingToRemind
from causerie.notices.models import interests
from causerie.rooms.state import Room


async def remind(tx: Tx, person: Person, room: Room) -> None:
    """Be told a day and a quarter of an hour before, when it begins, and when it is moved or cancelled."""
    if person.name is None:
        raise NameNeeded
    if not room.to_come:
        raise NothingToRemind
    if not await reminded(tx.connection, person.id, room.id):
        await tx.put(interests, room=room.id, person=person.id, since=tx.now)


async def forget(tx: Tx, person: str, room: str) -> None:
    """Hear no more of it."""
    await tx.run(delete(interests).where(interests.c.room == room, interests.c.person == person))


async def reminded(connection: AsyncConnection, person: str, room: str) -> bool:
    wanted = select(interests.c.room).where(interests.c.room == room, interests.c.person == person)
    return (await connection.execute(wanted)).first() is not None


async def interested(connection: AsyncConnection, room: str) -> int:
    """How many want to be reminded."""
    wanted = select(func.count()).select_from(interests).where(interests.c.room == room)
    return (await connection.execute(wanted)).scalar() or 0
