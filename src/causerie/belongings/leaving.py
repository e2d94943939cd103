"""Deleting one's account, the first turn: nobody comes in as them any more, and nothing here names them.

What is to be looked for in rooms and files follows (`farewells.py`), as long as their row of `departures` says so.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import departures, emails, handles, links, people, profiles, sessions
from causerie.accounts.people import Person
from causerie.belongings.emptying import empty, ids_of
from causerie.belongings.errors import LastAdmin, OwnsGroups
from causerie.belongings.inventory import ONESELF
from causerie.db import Tx
from causerie.groups.actions import parting
from causerie.groups.models import memberships
from causerie.ids import PersonId
from causerie.notices import strangers
from causerie.notices.models import deliveries, notices
from causerie.notices.models import strangers as without_account
from causerie.stage.models import encoders


@dataclass(frozen=True)
class Left:
    """What ended at once: sessions, by their hashes, and being in these groups; and every id they had."""

    sessions: tuple[str, ...]
    groups: tuple[str, ...]
    ids: tuple[PersonId, ...]


async def in_the_way(connection: AsyncConnection, person: Person) -> list[str]:
    """The groups that somebody has to hand on first, by name."""
    return [name for name, many in (await parting.owned(connection, person.id)).values() if many > 1]


async def leave(tx: Tx, person: Person) -> Left:
    """Delete an account, or a guest; or `OwnsGroups`, `LastAdmin`. Their name is known until everything is found."""
    if await in_the_way(tx.connection, person):
        raise OwnsGroups
    if person.admin and await _admins(tx) <= 1:
        raise LastAdmin
    ids = await ids_of(tx.connection, person.id)
    left = await _ending(tx, ids)
    for group in await parting.owned(tx.connection, person.id):
        await parting.go_with(tx, group)
    picture = (await tx.run(select(profiles.c.picture).where(profiles.c.person == person.id))).scalar()
    await tx.audit("account.delete", actor=person.id, subject=person.id)
    await tx.put(departures, person=person.id, name=person.name or "", picture=picture, at=tx.now, done_at=None)
    await forget(tx, ids)
    return left


async def forget(tx: Tx, ids: Collection[PersonId]) -> None:
    """Everything of them but what rooms hold; done again, it takes away what came in between."""
    told = select(notices.c.id).where(notices.c.person.in_(ids))
    await tx.run(delete(deliveries).where(deliveries.c.notice.in_(told)))
    await _forget_addresses(tx, ids)
    await tx.run(delete(encoders).where(encoders.c.person.in_(ids)))
    await tx.run(update(handles).where(handles.c.person.in_(ids), handles.c.left_at.is_(None)).values(left_at=tx.now))
    await empty(tx, ONESELF, ids)
    rights = {"guest": True, "admin": False, "may_open_rooms": False}
    nobody = {"name": "", "portrait": None, "minor": False, "language": None, **rights}
    await tx.run(update(people).where(people.c.id.in_(ids)).values(nobody))


async def _forget_addresses(tx: Tx, ids: Collection[PersonId]) -> None:
    """Links on their way to an address of theirs, and reminders that were asked for by it alone."""
    theirs = select(emails.c.address).where(emails.c.person.in_(ids))
    addresses = list((await tx.run(theirs)).scalars())
    await tx.run(delete(links).where(links.c.address.in_(addresses)))
    known = select(without_account.c.person).where(without_account.c.address.in_(addresses))
    for one in list((await tx.run(known)).scalars()):
        await strangers.forget(tx, one)


async def _ending(tx: Tx, ids: Collection[PersonId]) -> Left:
    open_ = (await tx.run(select(sessions.c.hash).where(sessions.c.person.in_(ids)))).scalars()
    inside = (await tx.run(select(memberships.c.group_id).where(memberships.c.person.in_(ids)))).scalars()
    return Left(tuple(open_), tuple(inside), tuple(ids))


async def _admins(tx: Tx) -> int:
    counted = await tx.run(select(func.count()).select_from(people).where(people.c.admin.is_(True)))
    return int(counted.scalar() or 0)
