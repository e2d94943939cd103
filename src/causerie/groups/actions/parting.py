"""Somebody goes for good: groups that are theirs alone go with them; others have to be handed on first."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.groups.actions.ending import let_go
from causerie.groups.models import groups, memberships
from causerie.groups.queries import counted
from causerie.ids import PersonId


async def owned(connection: AsyncConnection, person: PersonId) -> dict[str, tuple[str, int]]:
    """The groups that somebody owns and that stay: what each is called, and how many are in it."""
    wanted = select(groups.c.id, groups.c.name).join(memberships, memberships.c.group_id == groups.c.id)
    theirs = memberships.c.person == person, memberships.c.role == "owner"
    rows = await connection.execute(wanted.where(*theirs, groups.c.gone_at.is_(None), groups.c.goes_at.is_(None)))
    names: dict[str, str] = dict(iter(rows))
    many = await counted(connection, names) if names else {}
    return {id: (name, many.get(id, 0)) for id, name in sorted(names.items(), key=lambda one: one[1])}


async def go_with(tx: Tx, group: str) -> None:
    """A group that nobody else is in goes at once."""
    await tx.run(update(groups).where(groups.c.id == group).values(goes_at=tx.now, heir=None))
    await let_go(tx, group)
