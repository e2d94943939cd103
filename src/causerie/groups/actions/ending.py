"""A group is deleted: a week later, and until then its owner can undo it."""

from sqlalchemy import delete as delete_from
from sqlalchemy import update

from causerie.accounts.people import Person
from causerie.clock import DAY
from causerie.db import Tx
from causerie.groups.actions.founding import change
from causerie.groups.actions.guards import looked_after, staying
from causerie.groups.charter import Charter, written
from causerie.groups.errors import GroupStays
from causerie.groups.models import group_asks, group_bans, group_covers, group_invitations, groups, memberships
from causerie.ids import NOBODY

UNDONE_WITHIN = 7 * DAY
"""Who does what nobody does: time has passed."""


async def delete(tx: Tx, by: Person, handle: str, *, with_rooms: bool) -> int:
    """Have it go in a week, with its rooms and copies or without them; gives when. Nothing is lost until then."""
    group, _ = await looked_after(tx, by, handle, "group.delete")
    staying(group)
    goes_at = tx.now + UNDONE_WITHIN
    await change(tx, group, goes_at=goes_at, goes_with_rooms=with_rooms, heir=None)
    await tx.audit("group.delete", actor=by.id, group=group.id)
    return goes_at


async def undo_deletion(tx: Tx, by: Person, handle: str) -> None:
    """It stays as it was."""
    group, _ = await looked_after(tx, by, handle, "group.delete")
    if group.goes_at is None:
        raise GroupStays
    await change(tx, group, goes_at=None, goes_with_rooms=False)
    await tx.audit("group.undelete", actor=by.id, group=group.id)


async def let_go(tx: Tx, group: str) -> None:
    """Its week is over: nobody is in it, nothing is known of it but its address.

    Bans and members go too. Rooms of a private group are open to those who lead them from now on, and nobody else.
    """
    plain = {"name": "", "description": "", "charter": written(Charter()), "cover": None, "gone_at": tx.now}
    which = groups.c.id == group, groups.c.goes_at <= tx.now, groups.c.gone_at.is_(None)
    gone = await tx.run(update(groups).where(*which).values(plain))
    if gone.rowcount == 0:
        return  # it was undone, or has gone
    for table in (memberships, group_asks, group_invitations, group_bans, group_covers):
        await tx.run(delete_from(table).where(table.c.group_id == group))
    await tx.audit("group.gone", actor=NOBODY, group=group)
