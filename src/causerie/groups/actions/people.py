"""Roles in a group are given and taken; people are removed and banned."""

from sqlalchemy import delete, update

from causerie.accounts.people import Person
from causerie.accounts.queries import person_by_id
from causerie.db import Tx
from causerie.groups.actions.guards import below, known, looked_after
from causerie.groups.actions.joining import out
from causerie.groups.errors import GroupBanUnknown, GroupMayNot, GroupRank, MemberUnknown, OwnerStays, ReasonLength
from causerie.groups.models import group_asks, group_bans, memberships
from causerie.groups.queries import role_of
from causerie.groups.rules import above
from causerie.groups.state import RANK, Group, Role
from causerie.ids import PersonId
from causerie.texts import one_line

SHORTEST_REASON, LONGEST_REASON = 2, 200


async def give_role(tx: Tx, by: Person, handle: str, *, person: PersonId, role: Role) -> str:
    """Make a member something else, below oneself before and after; anybody may lay down what they are."""
    if person == by.id:
        return await _lay_down(tx, by, handle, role)
    group, mine = await looked_after(tx, by, handle, "group.role")
    await below(tx, group, mine, person)
    if not above(mine, role):
        raise GroupRank
    return await _make(tx, by, group, person, role)


async def _lay_down(tx: Tx, by: Person, handle: str, role: Role) -> str:
    """Be less than one was; the owner hands the group over instead."""
    group, standing = await known(tx, by, handle)
    if standing.role is None:
        raise GroupMayNot
    if standing.role == "owner":
        raise OwnerStays
    if not above(standing.role, role):
        raise GroupRank
    return await _make(tx, by, group, by.id, role)


async def _make(tx: Tx, by: Person, group: Group, person: PersonId, role: Role) -> str:
    theirs = memberships.c.group_id == group.id, memberships.c.person == person
    await tx.run(update(memberships).where(*theirs).values(role=role, rank=RANK[role]))
    await tx.audit(f"group.make_{role}", actor=by.id, subject=person, group=group.id)
    return group.id


async def remove(tx: Tx, by: Person, handle: str, *, person: PersonId) -> str:
    """Somebody is no member any more; they may come again as everybody may."""
    group, mine = await looked_after(tx, by, handle, "group.remove")
    await below(tx, group, mine, person)
    await out(tx, group, person)
    await tx.audit("group.remove", actor=by.id, subject=person, group=group.id)
    return group.id


async def ban(tx: Tx, by: Person, handle: str, *, person: PersonId, reason: str) -> str:
    """To them the group and its rooms are not there any more, whichever way they come. They read why."""
    group, mine = await looked_after(tx, by, handle, "group.ban")
    reason = one_line(reason)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise ReasonLength
    if not above(mine, await role_of(tx.connection, group.id, person)):
        raise GroupRank
    somebody = await person_by_id(tx.connection, person)
    if somebody is None or somebody.guest or somebody.bot:
        raise MemberUnknown
    await out(tx, group, person)
    await tx.run(delete(group_asks).where(group_asks.c.group_id == group.id, group_asks.c.person == person))
    await tx.put(group_bans, group_id=group.id, person=person, reason=reason, by=by.id, at=tx.now)
    await tx.audit("group.ban", actor=by.id, subject=person, group=group.id)
    return group.id


async def unban(tx: Tx, by: Person, handle: str, *, person: PersonId) -> str:
    """The group is there for them again; a member they are not."""
    group, _ = await looked_after(tx, by, handle, "group.ban")
    which = group_bans.c.group_id == group.id, group_bans.c.person == person
    lifted = await tx.run(delete(group_bans).where(*which))
    if lifted.rowcount == 0:
        raise GroupBanUnknown
    await tx.audit("group.unban", actor=by.id, subject=person, group=group.id)
    return group.id
