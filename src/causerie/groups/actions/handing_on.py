"""A group is handed to somebody else, who must accept."""

from sqlalchemy import update

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.groups.actions.founding import change, may_own
from causerie.groups.actions.guards import below, known, looked_after, staying
from causerie.groups.errors import NotAskedToOwn
from causerie.groups.models import memberships
from causerie.groups.state import RANK, Group, Role
from causerie.ids import PersonId


async def offer(tx: Tx, by: Person, handle: str, *, person: PersonId) -> None:
    """Ask a member to own it; until they accept it stays as it is, and who was asked before is not any more."""
    group, mine = await looked_after(tx, by, handle, "group.hand_on")
    staying(group)
    await below(tx, group, mine, person)
    await change(tx, group, heir=person)
    await tx.audit("group.offer", actor=by.id, subject=person, group=group.id)


async def accept(tx: Tx, by: Person, handle: str) -> str:
    """Own it; who owned it is an admin from now on. Gives which group it is."""
    group, standing = await known(tx, by, handle)
    staying(group)
    if group.heir != by.id or standing.role is None:
        raise NotAskedToOwn
    await may_own(tx, by.id)
    owners = memberships.c.group_id == group.id, memberships.c.role == "owner"
    await tx.run(update(memberships).where(*owners).values(role="admin", rank=RANK["admin"]))
    await _make(tx, group, by.id, "owner")
    await change(tx, group, heir=None)
    await tx.audit("group.accept", actor=by.id, subject=by.id, group=group.id)
    return group.id


async def decline(tx: Tx, by: Person, handle: str) -> None:
    """Do not take it over; or, for its owner, take the question back."""
    group, standing = await known(tx, by, handle)
    if group.heir is None or (group.heir != by.id and standing.role != "owner"):
        raise NotAskedToOwn
    await change(tx, group, heir=None)
    await tx.audit("group.not_accepted", actor=by.id, subject=group.heir, group=group.id)


async def _make(tx: Tx, group: Group, person: PersonId, role: Role) -> None:
    theirs = memberships.c.group_id == group.id, memberships.c.person == person
    await tx.run(update(memberships).where(*theirs).values(role=role, rank=RANK[role]))
