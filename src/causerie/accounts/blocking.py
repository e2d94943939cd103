"""Whom somebody wants nothing to do with. Who is blocked is not told; to them the rooms of this host are not there."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import BlockingOneself, NotBlocked, PersonUnknown, TooManyBlocked
from causerie.accounts.models import blocks, follows, people
from causerie.db import Tx
from causerie.ids import PersonId

MOST = 2000


@dataclass(frozen=True)
class Blocked:
    """Somebody whom one has blocked."""

    id: PersonId
    name: str
    portrait: str | None
    since: int


async def block(tx: Tx, person: PersonId, other: PersonId) -> None:
    """Have nothing to do with somebody: neither hears of the other any more. Twice is once."""
    if person == other:
        raise BlockingOneself
    named = select(people.c.id).where(people.c.id == other, people.c.name != "")
    if (await tx.run(named)).first() is None:
        raise PersonUnknown
    counted = await tx.run(select(func.count()).select_from(blocks).where(blocks.c.person == person))
    if (counted.scalar() or 0) >= MOST:
        raise TooManyBlocked
    if not await blocks_person(tx.connection, person, other):
        await tx.put(blocks, person=person, blocked=other, since=tx.now)
        await tx.audit("person.block", actor=person, subject=other)
    both = or_(_follows(person, other), _follows(other, person))
    await tx.run(delete(follows).where(follows.c.kind == "person", both))


async def unblock(tx: Tx, person: PersonId, other: PersonId) -> None:
    """Let them be; whom one followed before one follows anew."""
    gone = await tx.run(delete(blocks).where(blocks.c.person == person, blocks.c.blocked == other))
    if gone.rowcount == 0:
        raise NotBlocked
    await tx.audit("person.unblock", actor=person, subject=other)


async def blocked_by(connection: AsyncConnection, person: PersonId) -> list[Blocked]:
    """Whom somebody has blocked, the latest first."""
    shown = select(people.c.id, people.c.name, people.c.portrait, blocks.c.since)
    theirs = shown.join(blocks, blocks.c.blocked == people.c.id).where(blocks.c.person == person)
    rows = await connection.execute(theirs.order_by(blocks.c.since.desc(), people.c.id))
    return [Blocked(PersonId(id), name, portrait, since) for id, name, portrait, since in rows]


async def blocks_person(connection: AsyncConnection, person: str, other: str) -> bool:
    """Whether this one has blocked the other."""
    found = select(blocks.c.since).where(blocks.c.person == person, blocks.c.blocked == other)
    return (await connection.execute(found)).first() is not None


def apart(one: Any, other: Any) -> ColumnElement[bool]:
    """Whether either of two people, as columns of a statement, has blocked the other."""
    this_way = and_(blocks.c.person == one, blocks.c.blocked == other)
    that_way = and_(blocks.c.person == other, blocks.c.blocked == one)
    # However deep it stands in a statement: of itself, SQLAlchemy looks one level up for whom it is about.
    return exists().where(or_(this_way, that_way)).correlate_except(blocks)


async def take_along(tx: Tx, guest: PersonId, account: PersonId) -> None:
    """A guest comes in by an account: who blocked the one, or is blocked as the one, is so as both."""
    await _both(tx, guest, account)
    await _moved(tx, guest, account)


async def _both(tx: Tx, guest: PersonId, account: PersonId) -> None:
    """The guest's id stays blocked, for browsers that still have it; the account is, too."""
    rows = (await tx.run(select(blocks).where(blocks.c.blocked == guest))).mappings().all()
    for row in rows:
        if row["person"] != account and not await blocks_person(tx.connection, row["person"], account):
            await tx.put(blocks, person=row["person"], blocked=account, since=row["since"])


async def _moved(tx: Tx, guest: PersonId, account: PersonId) -> None:
    """Whom the guest blocked the account blocks."""
    there = select(blocks.c.blocked).where(blocks.c.person == account).scalar_subquery()
    mine = blocks.c.person == guest
    await tx.run(delete(blocks).where(mine, or_(blocks.c.blocked.in_(there), blocks.c.blocked == account)))
    await tx.run(update(blocks).where(mine).values(person=account))


def _follows(one: PersonId, other: PersonId) -> ColumnElement[bool]:
    return and_(follows.c.person == one, follows.c.subject == other)
