"""Following somebody: being told when they are live. Nobody sees who follows whom; everybody sees how many."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.blocking import blocks_person
from causerie.accounts.errors import FollowingOneself, NameNeeded, PersonUnknown, TooManyFollowed
from causerie.accounts.models import follows, people
from causerie.accounts.people import Person
from causerie.accounts.suspending import suspended
from causerie.db import Tx
from causerie.ids import PersonId

Kind = Literal["person", "group"]
MOST = 2000


@dataclass(frozen=True)
class Followed:
    """Somebody one follows."""

    id: PersonId
    name: str
    portrait: str | None


async def follow(tx: Tx, follower: Person, subject: PersonId) -> None:
    """Hear of somebody from now on. Following twice is following once."""
    if follower.name is None:
        raise NameNeeded
    if follower.id == subject:
        raise FollowingOneself
    there = select(people.c.id).where(people.c.id == subject, people.c.guest.is_(False))
    there = there.where(people.c.id.not_in(suspended(tx.now)))
    if (await tx.run(there)).first() is None or await blocks_person(tx.connection, subject, follower.id):
        raise PersonUnknown
    counted = await tx.run(select(func.count()).select_from(follows).where(follows.c.person == follower.id))
    if (counted.scalar() or 0) >= MOST:
        raise TooManyFollowed
    await put(tx, "person", subject, follower.id)


async def put(tx: Tx, kind: Kind, subject: str, person: PersonId) -> None:
    """The row of it; since when stays what it was."""
    if not await _there(tx.connection, kind, subject, person):
        await tx.put(follows, kind=kind, subject=subject, person=person, since=tx.now)


async def leave(tx: Tx, kind: Kind, subject: str, person: PersonId) -> None:
    """Hear of them no more."""
    found = (follows.c.kind == kind, follows.c.subject == subject, follows.c.person == person)
    await tx.run(delete(follows).where(*found))


async def follows_person(connection: AsyncConnection, follower: str, subject: str) -> bool:
    return await _there(connection, "person", subject, follower)


async def followers(connection: AsyncConnection, subject: str, kind: Kind = "person") -> int:
    wanted = select(func.count()).select_from(follows).where(follows.c.kind == kind, follows.c.subject == subject)
    return (await connection.execute(wanted)).scalar() or 0


async def followed_by(connection: AsyncConnection, person: str, *, now: int, most: int = MOST) -> list[Followed]:
    """Whom somebody follows, by name; who is suspended comes back when that is over."""
    wanted = (
        select(people.c.id, people.c.name, people.c.portrait)
        .join(follows, (follows.c.subject == people.c.id) & (follows.c.kind == "person"))
        .where(follows.c.person == person, people.c.id.not_in(suspended(now)))
        .order_by(people.c.name)
        .limit(most)
    )
    return [Followed(PersonId(id), name, portrait) for id, name, portrait in await connection.execute(wanted)]


async def _there(connection: AsyncConnection, kind: Kind, subject: str, person: str) -> bool:
    found = (follows.c.kind == kind, follows.c.subject == subject, follows.c.person == person)
    return (await connection.execute(select(follows.c.person).where(*found))).first() is not None
