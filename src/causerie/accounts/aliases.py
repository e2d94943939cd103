"""Ids that somebody had as a guest and has no more: what was agreed to and done with power is found by them."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import aliases
from causerie.db import Tx
from causerie.ids import PersonId


async def note(tx: Tx, guest: PersonId, account: PersonId) -> None:
    """This guest is this account. In which rooms that means something is still to be looked for."""
    await tx.put(aliases, guest=guest, account=account, since=tx.now, joined_at=None)


async def done(tx: Tx, guest: PersonId) -> None:
    await tx.run(update(aliases).where(aliases.c.guest == guest).values(joined_at=tx.now))


async def waiting(connection: AsyncConnection) -> list[tuple[PersonId, PersonId]]:
    """Guests that are still to be joined with their accounts."""
    wanted = select(aliases.c.guest, aliases.c.account).where(aliases.c.joined_at.is_(None)).order_by(aliases.c.since)
    return [(PersonId(guest), PersonId(account)) for guest, account in await connection.execute(wanted)]
