"""Suspending somebody: nothing they hold opens anything, and they come in again when it is over or taken back."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.decisions import COLUMNS, About, Decision, decide, decision_of_id, undo
from causerie.accounts.errors import (
    DecisionUnknown,
    PersonUnknown,
    Suspended,
    SuspendedAlready,
    SuspendingOneself,
    SuspensionLength,
)
from causerie.accounts.models import decisions, links, people, sessions
from causerie.accounts.people import Person
from causerie.accounts.queries import person_by_id
from causerie.clock import DAY
from causerie.db import Tx
from causerie.ids import PersonId

MOST_DAYS = 3660


async def suspend(tx: Tx, by: Person, person: str, *, reason: str, days: int | None) -> tuple[Decision, list[str]]:
    """Nobody with this account comes in for so many days, or without end. Gives the sessions that are over by it."""
    found = await person_by_id(tx.connection, person)
    if found is None or found.guest or found.bot:
        raise PersonUnknown
    if found.id == by.id:
        raise SuspendingOneself
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise SuspensionLength
    if await suspension_of(tx.connection, found.id, now=tx.now) is not None:
        raise SuspendedAlready
    until = None if days is None else tx.now + days * DAY
    about = About(None, found.name or "")
    made = await decide(tx, "account.suspend", found.id, by=by.id, reason=reason, about=about, until=until)
    theirs = sessions.c.person == found.id
    over = list((await tx.run(select(sessions.c.hash).where(theirs))).scalars())
    await tx.run(delete(sessions).where(theirs))
    await tx.run(delete(links).where(links.c.person == found.id))
    await tx.audit("person.suspend", actor=by.id, subject=found.id, reason=made.reason)
    return made, over


async def lift(tx: Tx, by: PersonId, id: str, *, reason: str) -> None:
    """They come in again, from now on."""
    decision = await decision_of_id(tx.connection, id)
    if decision.kind != "account.suspend" or not decision.holds(tx.now):
        raise DecisionUnknown
    await undo(tx, decision, by=by, reason=reason)
    await tx.audit("person.unsuspend", actor=by, subject=decision.person, reason=reason)


async def let_in(tx: Tx, person: PersonId) -> None:
    """They may come in; or `Suspended`."""
    found = await suspension_of(tx.connection, person, now=tx.now)
    if found is not None:
        raise Suspended(found)


async def suspension_of(connection: AsyncConnection, person: PersonId, *, now: int) -> Decision | None:
    """What keeps somebody out just now."""
    return (await suspensions_of(connection, [person], now=now)).get(person)


async def suspensions_of(connection: AsyncConnection, people: Iterable[str], *, now: int) -> dict[str, Decision]:
    """The same of many in one question."""
    wanted = select(*COLUMNS).where(decisions.c.person.in_(list(people)), lasting(now)).order_by(decisions.c.id)
    return {row.person: Decision(*row) for row in await connection.execute(wanted)}


async def portraits_of(connection: AsyncConnection, ids: Iterable[str], *, now: int) -> dict[str, str | None]:
    """The pictures of these people, but of those who are suspended."""
    wanted = select(people.c.id, people.c.portrait).where(people.c.id.in_(list(ids)))
    return dict(iter(await connection.execute(wanted.where(people.c.id.not_in(suspended(now))))))


async def shows_suspended(connection: AsyncConnection, portrait: str, *, now: int) -> bool:
    """Whether the picture at this address is of somebody who is suspended."""
    theirs = select(people.c.id).where(people.c.id.in_(suspended(now)), people.c.portrait == portrait)
    return (await connection.execute(theirs)).first() is not None


@lru_cache(maxsize=64)  # a page asks it of the same moment, list by list
def suspended(now: int) -> Select[str]:
    """Everybody who is suspended just now, as a part of another question."""
    return select(decisions.c.person).where(lasting(now))


def lasting(now: int) -> ColumnElement[bool]:
    """Of a decision, as the database is asked: it suspends somebody just now."""
    runs = or_(decisions.c.until.is_(None), decisions.c.until > now)
    return and_(decisions.c.kind == "account.suspend", decisions.c.undone_at.is_(None), runs)
