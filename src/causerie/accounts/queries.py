"""What is read about people."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import emails, links, people, sessions
from causerie.accounts.people import Person, hashed

PERSON = [people.c[name] for name in Person.__dataclass_fields__]


async def people_of_sessions(connection: AsyncConnection, hashes: Iterable[str], *, now: int) -> dict[str, Person]:
    """Who holds these sessions, by the hash of each, while they last."""
    wanted = (
        select(sessions.c.hash, *PERSON)
        .join(sessions, sessions.c.person == people.c.id)
        .where(sessions.c.hash.in_(list(hashes)), sessions.c.expires_at > now)
    )
    return {hash: Person(*of) for hash, *of in await connection.execute(wanted)}


async def known(connection: AsyncConnection, ids: Iterable[str]) -> set[str]:
    """Which of these ids are somebody's who is written down."""
    return set((await connection.execute(select(people.c.id).where(people.c.id.in_(list(ids))))).scalars())


async def person_named(connection: AsyncConnection, name: str) -> Person | None:
    """The account of this name; guests share names and are not found."""
    wanted = select(*PERSON).where(people.c.name == name, people.c.guest.is_(False))
    row = (await connection.execute(wanted)).mappings().first()
    return Person(**row) if row else None


async def person_by_id(connection: AsyncConnection, id: str) -> Person | None:
    row = (await connection.execute(select(*PERSON).where(people.c.id == id))).mappings().first()
    return Person(**row) if row else None


async def accounts(connection: AsyncConnection) -> list[Person]:
    """Everybody with an account, bots left out, by name."""
    wanted = select(*PERSON).where(people.c.guest.is_(False), people.c.bot.is_(False)).order_by(people.c.name)
    return [Person(**row) for row in (await connection.execute(wanted)).mappings()]


async def has_admin(connection: AsyncConnection) -> bool:
    wanted = select(func.count()).select_from(people).where(people.c.admin.is_(True))
    return bool((await connection.execute(wanted)).scalar())


async def link_there(connection: AsyncConnection, token: str, *, now: int) -> tuple[str, str | None] | None:
    """(kind, name) of a link that can still be used; looking does not use it up."""
    whose = func.coalesce(links.c.person, emails.c.person)
    wanted = (
        select(links.c.kind, people.c.name)
        .outerjoin(emails, emails.c.address == links.c.address)
        .outerjoin(people, people.c.id == whose)
        .where(links.c.hash == hashed(token), links.c.used_at.is_(None), links.c.expires_at > now)
    )
    row = (await connection.execute(wanted)).first()
    return (row[0], row[1]) if row else None
