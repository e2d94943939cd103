"""What is read about groups: each list in one statement, however long it is."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.groups.charter import Records, read
from causerie.groups.models import group_asks, group_bans, group_covers, groups, memberships
from causerie.groups.rules import Circle
from causerie.groups.state import Group, Role, Standing
from causerie.ids import PersonId

PAGE = 50
_GROUP = [groups.c[name] for name in Group.__dataclass_fields__]


async def group_at(connection: AsyncConnection, handle: str, person: PersonId | None) -> tuple[Group, Standing] | None:
    """The group at this address, and how this person stands to it; whether they may know of it, the rules say."""
    if "\0" in handle:  # PostgreSQL cannot even be asked
        return None
    return await _with_standing(connection, groups.c.handle == handle, person)


async def group_of_id(connection: AsyncConnection, id: str, person: PersonId | None) -> tuple[Group, Standing] | None:
    """The same by what it is called inside."""
    return await _with_standing(connection, groups.c.id == id, person)


async def _with_standing(
    connection: AsyncConnection, which: ColumnElement[bool], person: PersonId | None
) -> tuple[Group, Standing] | None:
    wanted = select(
        *_GROUP,
        memberships.c.role,
        group_asks.c.at.label("asked_at"),
        group_asks.c.declined_at,
        group_bans.c.at.label("banned_at"),
    ).select_from(groups)
    for table in (memberships, group_asks, group_bans):
        wanted = wanted.outerjoin(table, and_(table.c.group_id == groups.c.id, table.c.person == (person or "")))
    row = (await connection.execute(wanted.where(which))).mappings().first()
    if row is None:
        return None
    found = {name: row[name] for name in Group.__dataclass_fields__}
    standing = Standing(row["role"], row["asked_at"], row["declined_at"], banned=row["banned_at"] is not None)
    return Group(**{**found, "charter": read(row["charter"])}), standing


async def role_of(connection: AsyncConnection, group: str, person: PersonId) -> Role | None:
    """Which role somebody has in a group."""
    theirs = select(memberships.c.role).where(memberships.c.group_id == group, memberships.c.person == person)
    role: Role | None = await connection.scalar(theirs)
    return role


async def counted(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, int]:
    """How many members each of these groups has."""
    wanted = select(memberships.c.group_id, func.count()).where(memberships.c.group_id.in_(list(ids)))
    return dict(iter(await connection.execute(wanted.group_by(memberships.c.group_id))))


async def groups_of(connection: AsyncConnection, person: PersonId) -> list[tuple[Group, Role]]:
    """Every group somebody is in."""
    wanted = select(*_GROUP, memberships.c.role).join(memberships, memberships.c.group_id == groups.c.id)
    there = memberships.c.person == person, groups.c.gone_at.is_(None), groups.c.suspended_at.is_(None)
    wanted = wanted.where(*there).order_by(groups.c.name)
    return [(_group(row[:-1]), row[-1]) for row in await connection.execute(wanted)]


async def public_groups(
    connection: AsyncConnection, person: PersonId | None, *, after: str | None = None
) -> list[Group]:
    """Groups that anybody finds, the newest first; none that somebody is banned from, or that goes."""
    banned = select(group_bans.c.group_id).where(group_bans.c.person == (person or ""))
    wanted = select(*_GROUP).where(
        groups.c.private.is_(False),
        groups.c.gone_at.is_(None),
        groups.c.goes_at.is_(None),
        groups.c.suspended_at.is_(None),
        groups.c.id.not_in(banned),
    )
    if after is not None:
        wanted = wanted.where(groups.c.id < after)
    rows = await connection.execute(wanted.order_by(groups.c.id.desc()).limit(PAGE + 1))
    return [_group(row) for row in rows]


async def records_of(connection: AsyncConnection, group: str) -> Records:
    """Whether rooms of this group are recorded at all; as their hosts say where the group is gone."""
    wanted = select(groups.c.charter).where(groups.c.id == group, groups.c.gone_at.is_(None))
    charter = await connection.scalar(wanted)
    return read(charter).records if charter is not None else "may"


async def cover_of(connection: AsyncConnection, group: str) -> bytes | None:
    picture: bytes | None = await connection.scalar(
        select(group_covers.c.picture).where(group_covers.c.group_id == group)
    )
    return picture


async def circles(
    connection: AsyncConnection, ids: Collection[str], people: Collection[PersonId] | None = None
) -> dict[str, Circle]:
    """Whom each of these groups lets into its rooms: all of them, or as far as it concerns these people.

    One that is suspended lets nobody in.
    """
    if not ids:
        return {}
    suspended = groups.c.suspended_at.is_not(None)
    inside = and_(memberships.c.group_id == groups.c.id, groups.c.private.is_(True), ~suspended)
    out = select(group_bans.c.group_id, group_bans.c.person).where(group_bans.c.group_id.in_(ids))
    if people is not None:
        inside = and_(inside, memberships.c.person.in_(people))
        out = out.where(group_bans.c.person.in_(people))
    kept_in = or_(groups.c.private, suspended)
    wanted = select(groups.c.id, kept_in, memberships.c.person).outerjoin_from(groups, memberships, inside)
    private: dict[str, bool] = {}
    members: dict[str, set[PersonId]] = {}
    for id, kept, person in await connection.execute(wanted.where(groups.c.id.in_(ids))):
        private[id] = kept
        members.setdefault(id, set()).update([person] if person else [])
    banned: dict[str, set[PersonId]] = {}
    for id, person in await connection.execute(out):
        banned.setdefault(id, set()).add(person)
    return {id: Circle(kept, frozenset(members[id]), frozenset(banned.get(id, ()))) for id, kept in private.items()}


async def due(connection: AsyncConnection, *, now: int) -> list[str]:
    """Groups whose time to be undone is over."""
    wanted = select(groups.c.id).where(groups.c.goes_at <= now, groups.c.gone_at.is_(None))
    return list((await connection.execute(wanted)).scalars())


def _group(row: Collection[object]) -> Group:
    found: dict[str, Any] = dict(zip(Group.__dataclass_fields__, row, strict=True))
    return Group(**{**found, "charter": read(found["charter"])})
