"""People come into a group and leave it."""

from sqlalchemy import Delete, delete, func, select, update

from causerie.accounts.people import Person
from causerie.clock import DAY
from causerie.db import Tx
from causerie.groups.actions.guards import account, known, looked_after, staying
from causerie.groups.errors import (
    AskUnknown,
    Declined,
    GroupFull,
    LineLength,
    MemberAlready,
    NotByAsking,
    OwnerStays,
    TooManyAsks,
    TooManyMemberships,
)
from causerie.groups.models import group_asks, groups, memberships
from causerie.groups.state import RANK, Group, Standing
from causerie.ids import PersonId
from causerie.texts import one_line

LONGEST_LINE = 200
ASK_AGAIN = 7 * DAY
MOST_MEMBERS = 20_000
MOST_MEMBERSHIPS = 200
MOST_WAITING, MOST_ASKED = 500, 20


async def join(tx: Tx, by: Person | None, handle: str, *, line: str = "") -> bool:
    """Come in where the group is open, or ask to; whether one is in. Joining twice is joining once."""
    person = account(by)
    group, standing = await known(tx, person, handle)
    if standing.role is not None:
        return True
    staying(group)
    if group.joining == "invited":
        raise NotByAsking
    if group.joining == "open":
        await admit(tx, group, person.id)
        await tx.audit("group.join", actor=person.id, group=group.id)
        return True
    await _ask(tx, group, standing, person, line)
    return False


async def stop_asking(tx: Tx, by: Person, handle: str) -> None:
    """Take a request back that nobody has answered."""
    group, _ = await known(tx, by, handle)
    await tx.run(_request(group, by.id).where(group_asks.c.declined_at.is_(None)))


async def answer(tx: Tx, by: Person, handle: str, *, person: PersonId, let_in: bool) -> None:
    """Let in who asked, or not; who is not can ask again after a week."""
    group, _ = await looked_after(tx, by, handle, "group.answer")
    staying(group)
    theirs = select(group_asks.c.person).where(
        group_asks.c.group_id == group.id, group_asks.c.person == person, group_asks.c.declined_at.is_(None)
    )
    if await tx.connection.scalar(theirs) is None:
        raise AskUnknown
    if let_in:
        await admit(tx, group, person)
    else:
        # What they wrote was for this decision, and goes with it.
        row = {"group_id": group.id, "person": person, "line": "", "at": tx.now, "declined_at": tx.now}
        await tx.put(group_asks, **row)
    await tx.audit("group.let_in" if let_in else "group.decline", actor=by.id, subject=person, group=group.id)


async def leave(tx: Tx, by: Person, handle: str) -> str:
    """Be in it no more; gives which group it was. Its owner stays until somebody else owns it."""
    group, standing = await known(tx, by, handle)
    if standing.role == "owner":
        raise OwnerStays
    if standing.role is not None:
        await out(tx, group, by.id)
        await tx.audit("group.leave", actor=by.id, group=group.id)
    return group.id


async def admit(tx: Tx, group: Group, person: PersonId) -> None:
    """Make somebody a member, whichever way they came; who is one stays what they are."""
    await _with_room(tx, group, person)
    await tx.run(_request(group, person))
    row = {"role": "member", "rank": RANK["member"], "since": tx.now}
    await tx.put(memberships, group_id=group.id, person=person, **row)


async def out(tx: Tx, group: Group, person: PersonId) -> None:
    """Make somebody no member; who was asked to take the group over is not any more."""
    theirs = memberships.c.group_id == group.id, memberships.c.person == person
    await tx.run(delete(memberships).where(*theirs))
    if group.heir == person:
        await tx.run(update(groups).where(groups.c.id == group.id).values(heir=None))


async def _with_room(tx: Tx, group: Group, person: PersonId) -> None:
    """Both have room for one more; or `MemberAlready`, `GroupFull`, `TooManyMemberships`."""
    inside = select(func.count()).where(memberships.c.group_id == group.id)
    if (await tx.run(inside.where(memberships.c.person == person))).scalar_one():
        raise MemberAlready
    if (await tx.run(inside)).scalar_one() >= MOST_MEMBERS:
        raise GroupFull
    theirs = select(func.count()).where(memberships.c.person == person)
    if (await tx.run(theirs)).scalar_one() >= MOST_MEMBERSHIPS:
        raise TooManyMemberships


async def _ask(tx: Tx, group: Group, standing: Standing, person: Person, line: str) -> None:
    """Wait for an answer; asking again changes what one wrote."""
    line = one_line(line)
    if len(line) > LONGEST_LINE:
        raise LineLength
    if standing.declined_at is not None and standing.declined_at > tx.now - ASK_AGAIN:
        raise Declined
    if not standing.waits:
        await _not_too_many(tx, group, person.id)
    at = standing.asked_at if standing.waits else tx.now
    await tx.put(group_asks, group_id=group.id, person=person.id, line=line, at=at, declined_at=None)


async def _not_too_many(tx: Tx, group: Group, person: PersonId) -> None:
    waiting = select(func.count()).where(group_asks.c.declined_at.is_(None))
    here = (await tx.run(waiting.where(group_asks.c.group_id == group.id))).scalar_one()
    theirs = (await tx.run(waiting.where(group_asks.c.person == person))).scalar_one()
    if here >= MOST_WAITING or theirs >= MOST_ASKED:
        raise TooManyAsks


def _request(group: Group, person: PersonId) -> Delete:
    return delete(group_asks).where(group_asks.c.group_id == group.id, group_asks.c.person == person)
