"""What is read about rooms."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import ColumnElement, RowMapping, Select, and_, case, func, not_, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.clock import DAY
from causerie.groups.models import groups, memberships
from causerie.groups.queries import records_of
from causerie.groups.roll import keepers, roll
from causerie.groups.rules import ADMINS
from causerie.ids import PersonId, RoomId
from causerie.rooms.links import links_of
from causerie.rooms.models import dumped, helpers, numbers, room_tags, rooms
from causerie.rooms.roles import Expected, Helper
from causerie.rooms.settings import read
from causerie.rooms.state import Room
from causerie.rooms.withheld import withheld

YEAR = 366 * DAY
_HEIR, _HEIR_BY, _LOST = people.alias("heirs"), people.alias("heirs_by"), people.alias("lost")
_TAGS = select(func.aggregate_strings(room_tags.c.tag, " ")).where(room_tags.c.room == rooms.c.id).scalar_subquery()
_ROOM = (
    select(
        *(column for column in rooms.columns if column is not rooms.c.heir_by),
        people.c.name.label("host_name"),
        people.c.portrait.label("host_portrait"),
        _HEIR.c.name.label("heir_name"),
        _HEIR_BY.c.name.label("heir_by"),
        _LOST.c.name.label("lost_host_name"),
        _LOST.c.portrait.label("lost_host_portrait"),
        groups.c.handle.label("group_handle"),
        groups.c.name.label("group_name"),
        groups.c.private.label("group_private"),
        groups.c.joining.label("group_joining"),
        _TAGS.label("tags"),
    )
    .join(people, people.c.id == rooms.c.host)
    .outerjoin(_HEIR, _HEIR.c.id == rooms.c.heir)
    .outerjoin(_HEIR_BY, _HEIR_BY.c.id == rooms.c.heir_by)
    .outerjoin(_LOST, _LOST.c.id == rooms.c.lost_host)
    .outerjoin(groups, and_(groups.c.id == rooms.c.group_id, groups.c.gone_at.is_(None)))
)


async def room_by_name(connection: AsyncConnection, name: str) -> Room | None:
    if "\0" in name:  # no room is called so, and PostgreSQL cannot even be asked
        return None
    return await _one(connection, _ROOM.where(rooms.c.name == name))


async def room_by_id(connection: AsyncConnection, id: str) -> Room | None:
    return await _one(connection, _ROOM.where(rooms.c.id == id))


async def rooms_by_id(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Room]:
    """Each of these rooms that is there."""
    return {room.id: room for room in await _all(connection, _ROOM.where(rooms.c.id.in_(set(ids))))}


async def titles(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Name and title of each of these rooms."""
    wanted = select(rooms.c.id, rooms.c.name, rooms.c.title).where(rooms.c.id.in_(set(ids)))
    return {id: (name, title) for id, name, title in await connection.execute(wanted)}


async def withheld_under(connection: AsyncConnection, cover: str, *, now: int) -> Room | None:
    """The room that shows the cover at this address, where it is withheld."""
    return await _one(connection, _ROOM.where(rooms.c.cover == cover, withheld(now)))


async def live_rooms(connection: AsyncConnection) -> list[Room]:
    """Rooms that were live when we last wrote: after a restart they go on."""
    return await _all(connection, _ROOM.where(rooms.c.started_at.is_not(None), rooms.c.ended_at.is_(None)))


async def overdue(connection: AsyncConnection, *, since: int, most: int = 100) -> list[Room]:
    """Rooms that should have begun before then, and of which nothing became."""
    became = [rooms.c[at].is_(None) for at in ("started_at", "ended_at", "cancelled_at", "missed_at")]
    wanted = _ROOM.where(rooms.c.starts_at <= since, rooms.c.draft.is_(False), *became)
    return await _all(connection, wanted.limit(most))


async def kept_to_clocks(connection: AsyncConnection, *, now: int) -> list[Room]:
    """Rooms that are still to begin at an hour of their zone."""
    never = [rooms.c[at].is_(None) for at in ("started_at", "ended_at", "cancelled_at", "missed_at")]
    wanted = _ROOM.where(rooms.c.local_start.is_not(None), rooms.c.starts_at > now, *never)
    return await _all(connection, wanted)


async def hosted(connection: AsyncConnection, host: str, *, now: int, most: int = 200) -> list[Room]:
    """Public rooms of a host that are no drafts: to come and of the last year; none of a group that is not open."""
    since = or_(rooms.c.starts_at > now - YEAR, rooms.c.started_at > now - YEAR, rooms.c.starts_at.is_(None))
    return await _all(connection, _ROOM.where(*_found(host, now), since).order_by(rooms.c.id.desc()).limit(most))


def _found(host: str, now: int) -> tuple[ColumnElement[bool], ...]:
    """What holds of those rooms of a host that everybody finds."""
    shown = rooms.c.host == host, rooms.c.visibility == "public", rooms.c.draft.is_(False), not_(withheld(now))
    shut = select(groups.c.id).where(or_(groups.c.private.is_(True), groups.c.suspended_at.is_not(None)))
    return *shown, or_(rooms.c.group_id.is_(None), rooms.c.group_id.not_in(shut))


async def open_rooms_of(connection: AsyncConnection, host: str, *, now: int, most: int = 20) -> list[Room]:
    """What everybody finds of a host's rooms that are on or come: live ones first, then the next, then undated ones."""
    over = [rooms.c[at].is_(None) for at in ("ended_at", "cancelled_at", "missed_at")]
    first = rooms.c.started_at.is_(None), rooms.c.starts_at.is_(None), rooms.c.starts_at, rooms.c.id
    return await _all(connection, _ROOM.where(*_found(host, now), *over).order_by(*first).limit(most))


async def planned_in(connection: AsyncConnection, group: str, *, now: int, most: int = 200) -> list[Room]:
    """A group's rooms that are no drafts, to come and of the last year; of a public group those everybody finds."""
    since = or_(rooms.c.starts_at > now - YEAR, rooms.c.started_at > now - YEAR, rooms.c.starts_at.is_(None))
    found = or_(rooms.c.visibility == "public", groups.c.private.is_(True))
    wanted = _ROOM.where(rooms.c.group_id == group, rooms.c.draft.is_(False), found, since, not_(withheld(now)))
    return await _all(connection, wanted.order_by(rooms.c.id.desc()).limit(most))


async def held_in(connection: AsyncConnection, group: str, *, most: int = 60) -> list[Room]:
    """A group's rooms, but for drafts and what fell through: what is on, what comes, what was, the latest first."""
    ended = case((rooms.c.ended_at.is_not(None), 2), (rooms.c.started_at.is_not(None), 0), else_=1)
    wanted = _ROOM.where(
        rooms.c.group_id == group,
        rooms.c.draft.is_(False),
        rooms.c.cancelled_at.is_(None),
        rooms.c.missed_at.is_(None),
    )
    return await _all(connection, wanted.order_by(ended, rooms.c.id.desc()).limit(most))


def held_ids(group: str) -> Select[tuple[str]]:
    """Which rooms are held in a group, for those who ask of them."""
    return select(rooms.c.id).where(rooms.c.group_id == group)


async def many_held_in(connection: AsyncConnection, group: str) -> tuple[int, int]:
    """How many rooms of a group are still to come or on, and how many were."""
    past = rooms.c.ended_at.is_not(None)
    alive = and_(rooms.c.ended_at.is_(None), rooms.c.cancelled_at.is_(None))
    wanted = select(func.count().filter(alive), func.count().filter(past)).where(rooms.c.group_id == group)
    coming, were = (await connection.execute(wanted)).one()
    return coming, were


async def on_air_in(connection: AsyncConnection, ids: Iterable[str]) -> frozenset[str]:
    """Those of these groups in which a room is live."""
    live = rooms.c.group_id.in_(list(ids)), rooms.c.started_at.is_not(None), rooms.c.ended_at.is_(None)
    return frozenset((await connection.execute(select(rooms.c.group_id).where(*live))).scalars())


async def going_with_their_group(connection: AsyncConnection, *, most: int = 50) -> list[RoomId]:
    """Rooms that never began, of groups that are gone with all their rooms."""
    gone = groups.c.gone_at.is_not(None), groups.c.goes_with_rooms.is_(True)
    never = [rooms.c[at].is_(None) for at in ("started_at", "ended_at", "cancelled_at")]
    wanted = select(rooms.c.id).join(groups, groups.c.id == rooms.c.group_id).where(*gone, *never)
    return [RoomId(room) for room in (await connection.execute(wanted.limit(most))).scalars()]


async def rooms_helped_by(connection: AsyncConnection, ids: Iterable[PersonId]) -> frozenset[RoomId]:
    """Every room in which somebody with these ids has a part of the host's authority, or is an admin of its group."""
    helped = select(helpers.c.room).where(helpers.c.person.in_(ids), helpers.c.role != "may_lead")
    kept = select(rooms.c.id).join(memberships, memberships.c.group_id == rooms.c.group_id)
    kept = kept.where(memberships.c.person.in_(ids), memberships.c.role.in_(ADMINS))
    return frozenset(RoomId(room) for room in (await connection.execute(union(helped, kept))).scalars())


async def speaker_numbers(connection: AsyncConnection, room: str) -> dict[str, int]:
    rows = await connection.execute(select(numbers.c.person, numbers.c.number).where(numbers.c.room == room))
    return dict(iter(rows))


async def with_helpers(connection: AsyncConnection, room: Room) -> Room:
    """The room; who has a part of its host's authority, came by a link, looks after its group; what was dumped."""
    rows = await connection.execute(select(helpers).where(helpers.c.room == room.id).order_by(helpers.c.since))
    given = [Helper(PersonId(row.person), row.name, row.role, row.since, row.portrait) for row in rows]
    used = [link for link in await links_of(connection, room.id) if link.person is not None]
    links = {link.id: Expected(link.person, link.by or link.name) for link in used if link.person is not None}
    out = await dumped_in(connection, room.id)
    room = replace(room, helpers={helper.person: helper for helper in given}, links=links, dumped=out)
    if room.group_id is None:
        return room
    kept, records = await keepers(connection, room.group_id), await records_of(connection, room.group_id)
    askers = await roll(connection, room.group_id) if room.settings.who_asks == "members" else None
    return replace(room, keepers=kept, records=records, askers=askers)


async def dumped_in(connection: AsyncConnection, room: RoomId) -> tuple[tuple[int, int], ...]:
    """What hosts took out before the audience heard it, in order."""
    wanted = select(dumped.c.begins, dumped.c.ends).where(dumped.c.room == room).order_by(dumped.c.begins)
    return tuple((begins, ends) for begins, ends in await connection.execute(wanted))


async def _one(connection: AsyncConnection, wanted: Select[tuple[object, ...]]) -> Room | None:
    row = (await connection.execute(wanted)).mappings().first()
    return _room(row) if row else None


async def _all(connection: AsyncConnection, wanted: Select[tuple[object, ...]]) -> list[Room]:
    return [_room(row) for row in (await connection.execute(wanted)).mappings()]


def _room(row: RowMapping) -> Room:
    tags = tuple(sorted((row["tags"] or "").split()))
    return Room(**{**row, "settings": read(row["settings"]), "tags": tags})
