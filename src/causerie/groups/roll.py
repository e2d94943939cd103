"""The people of a group: who is in it, who asks to be, who may not; each list in one statement."""

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.groups.models import group_asks, group_bans, groups, memberships
from causerie.groups.state import RANK, Ask, Banned, Member, Role
from causerie.ids import PersonId

PAGE = 50
LOOK_AFTER = 20
MOST_BANS = 500
_MEMBER = (
    select(
        memberships.c.person,
        people.c.name,
        people.c.portrait,
        memberships.c.role,
        memberships.c.since,
    )
    .join(people, people.c.id == memberships.c.person)
    .order_by(memberships.c.rank, memberships.c.since, memberships.c.person)
)


async def members(connection: AsyncConnection, group: str, *, after: str | None = None) -> list[Member]:
    """Those who look after it, then who was there first: one page, and one row more where there is another."""
    wanted = _MEMBER.where(memberships.c.group_id == group)
    if after is not None:
        rank, since, person = after.split(".")
        place = tuple_(memberships.c.rank, memberships.c.since, memberships.c.person)
        wanted = wanted.where(place > tuple_(int(rank), int(since), person))
    return [Member(*row) for row in await connection.execute(wanted.limit(PAGE + 1))]


def place_of(member: Member) -> str:
    """Where the next page begins: after them, whoever comes and goes meanwhile."""
    return f"{RANK[member.role]}.{member.since}.{member.person}"


async def look_after(connection: AsyncConnection, group: str) -> list[Member]:
    """Owner, admins and moderators."""
    wanted = _MEMBER.where(memberships.c.group_id == group, memberships.c.role != "member")
    return [Member(*row) for row in await connection.execute(wanted.limit(LOOK_AFTER))]


async def keepers(connection: AsyncConnection, group: str) -> dict[PersonId, Role]:
    """Everybody who is more than a member, and as what; nobody looks after one that is suspended."""
    wanted = select(memberships.c.person, memberships.c.role).join(groups, groups.c.id == memberships.c.group_id)
    wanted = wanted.where(groups.c.id == group, groups.c.suspended_at.is_(None), memberships.c.role != "member")
    return {PersonId(person): role for person, role in await connection.execute(wanted.order_by(memberships.c.person))}


async def roll(connection: AsyncConnection, group: str) -> frozenset[PersonId] | None:
    """Everybody who is in it; none at all where it is gone."""
    wanted = select(memberships.c.person).select_from(groups)
    wanted = wanted.outerjoin(memberships, memberships.c.group_id == groups.c.id)
    found = list((await connection.execute(wanted.where(groups.c.id == group, groups.c.gone_at.is_(None)))).scalars())
    return frozenset(PersonId(person) for person in found if person is not None) if found else None


async def member_since(connection: AsyncConnection, group: str, person: str) -> dict[PersonId, int]:
    """Since when somebody is in it; nothing where they are not."""
    theirs = memberships.c.group_id == group, memberships.c.person == person
    rows = await connection.execute(select(memberships.c.person, memberships.c.since).where(*theirs))
    return {PersonId(found): since for found, since in rows}


async def asks(connection: AsyncConnection, group: str, *, after: str | None = None) -> list[Ask]:
    """Who waits for an answer, the first first: one page, after who asked then."""
    wanted = (
        select(group_asks.c.person, people.c.name, people.c.portrait, group_asks.c.line, group_asks.c.at)
        .join(people, people.c.id == group_asks.c.person)
        .where(group_asks.c.group_id == group, group_asks.c.declined_at.is_(None))
        .order_by(group_asks.c.at, group_asks.c.person)
    )
    if after is not None:
        at, person = after.split(".")
        wanted = wanted.where(tuple_(group_asks.c.at, group_asks.c.person) > tuple_(int(at), person))
    return [Ask(*row) for row in await connection.execute(wanted.limit(PAGE))]


async def many_asks(connection: AsyncConnection, group: str) -> int:
    """How many wait for an answer."""
    waiting = select(func.count()).where(group_asks.c.group_id == group, group_asks.c.declined_at.is_(None))
    return (await connection.execute(waiting)).scalar_one()


async def bans(connection: AsyncConnection, group: str) -> list[Banned]:
    """Who is banned, the latest first."""
    wanted = (
        select(group_bans.c.person, people.c.name, group_bans.c.reason, group_bans.c.at)
        .join(people, people.c.id == group_bans.c.person)
        .where(group_bans.c.group_id == group)
        .order_by(group_bans.c.at.desc(), group_bans.c.person)
    )
    return [Banned(*row) for row in await connection.execute(wanted.limit(MOST_BANS))]
