"""Rooms that are for some alone: the members of their group, or who is invited. One rule for doors, lists and notices.

Invited is who was asked to listen, to speak or to lead along and has not said no, who has a part, and who holds a
speaker link that is theirs. A group's own rule holds beside this: who is banned from it, or no member of a private
one, does not come in by an invitation.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.groups.models import memberships
from causerie.groups.queries import circles
from causerie.groups.rules import Circle
from causerie.ids import PersonId, RoomId
from causerie.rooms.models import asked_along, helpers, rooms, speaker_links
from causerie.rooms.state import CLOSED, Room

# Aliases throughout: these stand within statements that read the same tables for something else.
_asked, _helping = asked_along.alias("invited_asked"), helpers.alias("invited_helpers")
_speaking, _inside = speaker_links.alias("invited_speakers"), memberships.alias("inside")


def open_among(people: Collection[PersonId]) -> ColumnElement[bool]:
    """Of a room, as the database is asked: it is for everybody, or for one of these."""
    own = select(_inside.c.group_id).where(_inside.c.person.in_(people))
    return or_(
        rooms.c.visibility.not_in(CLOSED),
        and_(rooms.c.visibility == "group", rooms.c.group_id.in_(own)),
        and_(rooms.c.visibility == "invited", or_(rooms.c.host.in_(people), rooms.c.id.in_(invited_into(people)))),
    )


def invited_into(people: Collection[PersonId]) -> CompoundSelect[Any]:
    """The rooms in which one of these has something, be it an invitation that is not answered."""
    return union(*(one.with_only_columns(one.selected_columns.room) for one in _invitations(people)))


def not_for(person: Any, room: Any) -> ColumnElement[bool]:
    """Whether a room is for others alone; both are columns of a statement that asks of many, or values."""
    held = rooms.alias("closed")
    member = exists().where(_inside.c.group_id == held.c.group_id, _inside.c.person == person)
    theirs = (
        exists().where(_asked.c.room == held.c.id, _asked.c.person == person, _asked.c.declined_at.is_(None)),
        exists().where(_helping.c.room == held.c.id, _helping.c.person == person),
        exists().where(_speaking.c.room == held.c.id, _speaking.c.person == person),
    )
    invited = or_(*(one.correlate_except(of) for one, of in zip(theirs, (_asked, _helping, _speaking), strict=True)))
    among = and_(held.c.visibility == "group", ~member.correlate_except(_inside))
    uninvited = and_(held.c.visibility == "invited", ~invited)
    return exists().where(held.c.id == room, held.c.host != person, or_(among, uninvited)).correlate_except(held)


async def closed_to(connection: AsyncConnection, wanted: Iterable[Room], people: Collection[PersonId]) -> set[RoomId]:
    """Those of these rooms that are for others alone."""
    ids: list[RoomId] = [room.id for room in wanted if room.visibility in CLOSED]
    if not ids:
        return set()
    theirs = select(rooms.c.id).where(rooms.c.id.in_(ids), open_among(people))
    return set(ids) - set((await connection.execute(theirs)).scalars())


async def circle_of(connection: AsyncConnection, room: Room) -> Circle | None:
    """Whom a room lets in, all of them: as its group says, and as it says itself. None where that is everybody."""
    around = (await circles(connection, [room.group_id])).get(room.group_id) if room.group_id is not None else None
    if room.visibility not in CLOSED:
        return around
    named = await _members(connection, room) if room.visibility == "group" else await _invited(connection, room)
    if around is None:
        return Circle(private=True, members=named)
    return Circle(private=True, members=named & around.members if around.private else named, banned=around.banned)


async def _members(connection: AsyncConnection, room: Room) -> frozenset[PersonId]:
    wanted = select(_inside.c.person).where(_inside.c.group_id == room.group_id)
    return frozenset((await connection.execute(wanted)).scalars())


async def _invited(connection: AsyncConnection, room: Room) -> frozenset[PersonId]:
    all_ = union(*(one.with_only_columns(one.selected_columns.person) for one in _invitations(None, of=room.id)))
    return frozenset((await connection.execute(all_)).scalars())


def _invitations(people: Collection[PersonId] | None, *, of: str | None = None) -> list[Select[Any]]:
    """Room and person of what these people have, or of whoever has something in this room."""
    wanted = []
    for table in (_asked, _helping, _speaking):
        named = table.c.person.in_(people) if people is not None else table.c.person.is_not(None)
        wanted.append(select(table.c.room, table.c.person).where(named, *([table.c.room == of] if of else [])))
    wanted[0] = wanted[0].where(_asked.c.declined_at.is_(None))
    return wanted
