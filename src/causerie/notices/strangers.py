"""Reminders without an account: an address for one room, confirmed by its reader, gone when it is of no use any more.

Nothing is kept until the link in the letter is pressed: what is asked for stands in the link itself.
"""

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts import actions as accounts
from causerie.accounts.models import people
from causerie.clock import DAY, HOUR
from causerie.db import Tx
from causerie.i18n import ours
from causerie.notices import interest, wishes
from causerie.notices.links import Reminding
from causerie.notices.models import deliveries, interests, notices, strangers, switched_off
from causerie.notices.models import wishes as wished
from causerie.notices.wishes import Wishes
from causerie.rooms.models import rooms
from causerie.rooms.state import Room

NAME = "?"
"""Nobody sees it: this person is never in a room."""


async def confirm(tx: Tx, asked: Reminding, room: Room) -> None:
    """This address is reminded of this room; confirming twice is confirming once. Or `NothingToRemind`."""
    there = (strangers.c.room == room.id, strangers.c.address == asked.address)
    if (await tx.run(select(strangers.c.person).where(*there))).first() is not None:
        return
    person = await accounts.add_person(tx, name=NAME, guest=True, language=ours(asked.language))
    await interest.remind(tx, person, room, times=asked.times)
    await wishes.wish(tx, person.id, Wishes(asked.zone))
    await tx.put(strangers, room=room.id, address=asked.address, person=person.id)


async def forget(tx: Tx, person: str) -> bool:
    """Nothing is left of this address. Whether it was one."""
    if (await tx.run(select(strangers.c.person).where(strangers.c.person == person))).first() is None:
        return False
    told = select(notices.c.id).where(notices.c.person == person)
    await tx.run(delete(deliveries).where(deliveries.c.notice.in_(told)))
    for table in (notices, interests, wished, switched_off, strangers):
        await tx.run(delete(table).where(table.c.person == person))
    await tx.run(delete(people).where(people.c.id == person))
    return True


async def used(connection: AsyncConnection, *, now: int) -> list[str]:
    """Addresses of rooms that began, or will not take place, as soon as nothing is on its way to them."""
    over = (rooms.c.started_at < now - HOUR, rooms.c.cancelled_at < now - DAY, rooms.c.missed_at < now - 3 * DAY)
    waiting = select(deliveries.c.person).where(deliveries.c.state == "waiting")
    there = select(strangers.c.person).join(rooms, rooms.c.id == strangers.c.room)
    found = there.where(or_(*over), strangers.c.person.not_in(waiting))
    return list((await connection.execute(found)).scalars())
