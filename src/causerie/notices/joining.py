"""A guest comes in by an account they had: what they were told, and what they want to hear of, goes with them."""

from typing import Any

from sqlalchemy import Table, delete, select, update

from causerie.accounts.models import follows
from causerie.db import Tx
from causerie.ids import PersonId
from causerie.notices.models import deliveries, devices, interests, notices, switched_off, wishes


async def take_along(tx: Tx, guest: PersonId, account: PersonId) -> None:
    """All of it is the account's now; what the account had already stays as it was, and is there once."""
    await _wishes(tx, guest, account)
    await _moved(tx, interests, guest, account, by=("room",))
    await _moved(tx, follows, guest, account, by=("kind", "subject"))
    await tx.run(delete(follows).where(follows.c.kind == "person", follows.c.subject == follows.c.person))
    known = select(notices.c.about).where(notices.c.person == account)
    theirs = (notices.c.person == guest, notices.c.about.not_in(known))
    ids = select(notices.c.id).where(*theirs)
    await tx.run(update(deliveries).where(deliveries.c.notice.in_(ids)).values(person=account))
    await tx.run(update(notices).where(*theirs).values(person=account))


async def go_on(tx: Tx, before: str, after: str, person: PersonId) -> None:
    """This browser has another session (both as hashes) and is the same browser: it is told on."""
    await tx.run(update(devices).where(devices.c.session == before).values(session=after, person=person))


async def _wishes(tx: Tx, guest: PersonId, account: PersonId) -> None:
    """Who has said how they want to be told has said it."""
    said = (await tx.run(select(wishes.c.person).where(wishes.c.person == account))).first() is not None
    for table in (wishes, switched_off):
        if said:
            await tx.run(delete(table).where(table.c.person == guest))
        else:
            by = () if table is wishes else ("topic", "channel")
            await _moved(tx, table, guest, account, by=by)


async def _moved(tx: Tx, table: Table, guest: PersonId, account: PersonId, *, by: tuple[str, ...]) -> None:
    """Rows of the guest become the account's, where it has no such row."""
    other = table.alias()
    same: list[Any] = [other.c.person == account, *(other.c[name] == table.c[name] for name in by)]
    there = select(other.c.person).where(*same).exists()
    await tx.run(delete(table).where(table.c.person == guest, there))
    await tx.run(update(table).where(table.c.person == guest).values(person=account))
