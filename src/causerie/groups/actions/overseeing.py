"""What those who run this place do with a group that is not theirs: they shut it, have it go, or open it again."""

from sqlalchemy import select

from causerie.accounts.decisions import About, Decision, Kind, decide, decision_of_id, undo
from causerie.accounts.errors import DecisionUnknown
from causerie.accounts.people import Person
from causerie.clock import DAY
from causerie.db import Tx
from causerie.groups.actions.founding import change
from causerie.groups.errors import GroupShut, GroupUnknown
from causerie.groups.models import memberships
from causerie.groups.queries import group_of_id
from causerie.groups.state import Group
from causerie.ids import PersonId

UNDONE_WITHIN = 7 * DAY


async def suspend(tx: Tx, by: Person, id: str, *, reason: str) -> Decision:
    """Shut it: nobody finds it, and nobody but who leads one of its rooms is in them. Its owner is told why."""
    group = await _open(tx, id)
    made = await _decided(tx, "group.suspend", group, by, reason)
    await change(tx, group, suspended_at=tx.now)
    await tx.audit("group.suspend", actor=by.id, group=group.id, subject=made.person, reason=made.reason)
    return made


async def take_away(tx: Tx, by: Person, id: str, *, reason: str, with_rooms: bool) -> Decision:
    """Shut it, and have it go in a week, with its rooms and copies or without them."""
    group = await _open(tx, id)
    made = await _decided(tx, "group.delete", group, by, reason)
    goes = {"goes_at": tx.now + UNDONE_WITHIN, "goes_with_rooms": with_rooms, "heir": None}
    await change(tx, group, suspended_at=tx.now, **goes)
    await tx.audit("group.delete", actor=by.id, group=group.id, subject=made.person, reason=made.reason)
    return made


async def open_again(tx: Tx, by: PersonId, decision: str, *, reason: str) -> str:
    """It is as it was before; gives which group it is. One whose week is over is gone for good."""
    made = await decision_of_id(tx.connection, decision)
    if made.kind not in ("group.suspend", "group.delete") or made.about is None:
        raise DecisionUnknown
    found = await group_of_id(tx.connection, made.about, None)
    if found is None or found[0].gone_at is not None:
        raise GroupUnknown
    await undo(tx, made, by=by, reason=reason)
    stays = {"goes_at": None, "goes_with_rooms": False} if made.kind == "group.delete" else {}
    await change(tx, found[0], suspended_at=None, **stays)
    await tx.audit("group.unsuspend", actor=by, group=made.about, subject=made.person, reason=reason)
    return made.about


async def _open(tx: Tx, id: str) -> Group:
    found = await group_of_id(tx.connection, id, None)
    if found is None or found[0].gone_at is not None:
        raise GroupUnknown
    if found[0].suspended_at is not None:
        raise GroupShut
    return found[0]


async def _decided(tx: Tx, kind: Kind, group: Group, by: Person, reason: str) -> Decision:
    owner = select(memberships.c.person).where(memberships.c.group_id == group.id, memberships.c.role == "owner")
    person = PersonId(await tx.connection.scalar(owner) or "")
    about = About(group.id, group.name, f"/g/{group.handle}")
    return await decide(tx, kind, person, by=by.id, reason=reason, about=about)
