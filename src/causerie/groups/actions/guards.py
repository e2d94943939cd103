"""What must be so before anything is done with a group."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.groups.errors import GroupAccount, GroupGoing, GroupMayNot, GroupRank, GroupUnknown, MemberUnknown
from causerie.groups.queries import group_at, role_of
from causerie.groups.rules import above, may, may_know
from causerie.groups.state import Group, Role, Standing
from causerie.ids import PersonId


def account(person: Person | None) -> Person:
    """Somebody with an account of their own; or `GroupAccount`."""
    if person is None or person.guest or person.bot:
        raise GroupAccount
    return person


async def known(tx: Tx, by: Person | None, handle: str) -> tuple[Group, Standing]:
    """The group and how somebody stands to it; to who may not know of it there is none."""
    found = await group_at(tx.connection, handle, by.id if by else None)
    if found is None or not may_know(*found):
        raise GroupUnknown
    return found


async def looked_after(tx: Tx, by: Person, handle: str, verb: str) -> tuple[Group, Role]:
    """The group, for who may do this with it; or `GroupMayNot`."""
    group, standing = await known(tx, by, handle)
    if standing.role is None or not may(standing.role, verb):
        raise GroupMayNot
    return group, standing.role


async def below(tx: Tx, group: Group, role: Role, person: PersonId) -> Role:
    """The role of a member whom this one stands above; or `MemberUnknown`, `GroupRank`."""
    theirs = await role_of(tx.connection, group.id, person)
    if theirs is None:
        raise MemberUnknown
    if not above(role, theirs):
        raise GroupRank
    return theirs


def staying(group: Group) -> None:
    """Nobody has begun to delete it; or `GroupGoing`."""
    if group.goes_at is not None:
        raise GroupGoing
