"""Which rooms the home page shows: every list of it found in one statement, however many rooms there are.

A list holds places, in its order, and no more: the rooms themselves are read afterwards, those that are shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
    union,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import follows
from causerie.clock import DAY
from causerie.groups.models import groups, memberships
from causerie.ids import PersonId, RoomId
from causerie.rooms.closed import invited_into
from causerie.rooms.life import MISSED
from causerie.rooms.models import helpers, room_tags, rooms
from causerie.rooms.withheld import withheld
from causerie.safety.models import reports

Name = Literal["live", "soon", "undated", "followed", "own", "reminded", "ended", "fallen"]
# What is on is ordered by who listens, which no row says: so all of it is looked at, up to this.
MOST_ON = 1000
MOST_FOLLOWED = 500
MOST_OWN = 30
LATELY = 2 * DAY

_LIVE = rooms.c.started_at.is_not(None), rooms.c.ended_at.is_(None)
_TO_COME = tuple(rooms.c[at].is_(None) for at in ("started_at", "ended_at", "cancelled_at"))
_OPEN = rooms.c.ended_at.is_(None), rooms.c.cancelled_at.is_(None)
_SHOWN = rooms.c.visibility == "public", rooms.c.draft.is_(False)
# What nobody who runs this place has settled yet.
_REPORTED = exists().where(reports.c.room == rooms.c.id, reports.c.settled_at.is_(None))


@dataclass(frozen=True)
class Looked:
    """What somebody looks for: rooms in a language, rooms with a tag, or whatever there is."""

    language: str | None = None
    tag: str | None = None

    @property
    def fits(self) -> tuple[ColumnElement[bool], ...]:
        spoken = () if self.language is None else (rooms.c.language == self.language,)
        about = exists().where(room_tags.c.room == rooms.c.id, room_tags.c.tag == self.tag)
        return spoken if self.tag is None else (*spoken, about)


@dataclass(frozen=True)
class Place:
    """A room in a list. `reported`: somebody reported it, and that is not settled; told of what is live."""

    room: RoomId
    starts_at: int | None
    started_at: int | None
    ended_at: int | None
    reported: bool

    @property
    def cursor(self) -> str:
        """Where the list goes on after it."""
        return f"{self.ended_at or self.starts_at or 0}.{self.room}"


List = tuple[Name, Select[Any]]


async def found(connection: AsyncConnection, *lists: List) -> dict[Name, list[Place]]:
    """These lists, in one statement."""
    parts = [_part(number, name, wanted) for number, (name, wanted) in enumerate(lists)]
    places: dict[Name, list[Place]] = {name: [] for name, _ in lists}
    for name, room, starts_at, started_at, ended_at, reported in await connection.execute(union_all(*parts)):
        places[name].append(Place(RoomId(room), starts_at, started_at, ended_at, bool(reported)))
    return places


def _part(number: int, name: Name, wanted: Select[Any]) -> Select[Any]:
    """SQLite takes the order and the length of a part only in brackets of its own."""
    part = wanted.subquery(f"part{number}")
    return select(literal(name).label("list"), part)


def live(looked: Looked) -> List:
    """Public rooms that are on."""
    return "live", places_of(_REPORTED, *_LIVE, *_SHOWN, *looked.fits).limit(MOST_ON)


def soon(looked: Looked, *, now: int, most: int, after: str | None = None) -> List:
    """Public rooms that have a time, the next first; what was reported is not put forward."""
    wanted = places_of(literal(False), *_TO_COME, *_SHOWN, rooms.c.missed_at.is_(None), ~_REPORTED, *looked.fits)
    wanted = wanted.where(rooms.c.starts_at > now - 2 * MISSED, not_(withheld(now)))
    if after is not None:
        wanted = wanted.where(tuple_(rooms.c.starts_at, rooms.c.id) > _after(after))
    return "soon", wanted.order_by(rooms.c.starts_at, rooms.c.id).limit(most)


def undated(looked: Looked, *, now: int, most: int) -> List:
    """Public rooms that begin when their host is ready, the newest first."""
    wanted = places_of(literal(False), *_TO_COME, *_SHOWN, rooms.c.missed_at.is_(None), ~_REPORTED, *looked.fits)
    wanted = wanted.where(rooms.c.starts_at.is_(None), not_(withheld(now)))
    return "undated", wanted.order_by(rooms.c.id.desc()).limit(most)


def ended(looked: Looked, *, now: int, most: int, after: str | None = None) -> List:
    """Public rooms that were, the latest first."""
    wanted = places_of(literal(False), rooms.c.ended_at.is_not(None), *_SHOWN, ~_REPORTED, *looked.fits)
    wanted = wanted.where(not_(withheld(now)))
    if after is not None:
        wanted = wanted.where(tuple_(rooms.c.ended_at, rooms.c.id) < _after(after))
    return "ended", wanted.order_by(rooms.c.ended_at.desc(), rooms.c.id.desc()).limit(most)


def fallen(looked: Looked, *, now: int, most: int) -> List:
    """Public rooms that were cancelled or that nobody led, as long as somebody may still look for them."""
    over = or_(rooms.c.cancelled_at.is_not(None), rooms.c.missed_at.is_not(None))
    never = rooms.c.started_at.is_(None), rooms.c.ended_at.is_(None), rooms.c.starts_at > now - LATELY
    wanted = places_of(literal(False), over, *never, *_SHOWN, *looked.fits, not_(withheld(now)))
    return "fallen", wanted.order_by(rooms.c.starts_at).limit(most)


def own(person: PersonId, *, now: int) -> List:
    """Rooms that somebody leads, on or still to come, or that can be: the newest first."""
    helped = select(helpers.c.room).where(helpers.c.person == person, helpers.c.role == "cohost")
    hosting = select(rooms.c.id).where(rooms.c.host == person, *_OPEN)
    helping = select(rooms.c.id).where(rooms.c.id.in_(helped), *_OPEN)
    leads = union(hosting, helping).subquery("leads")
    reopens = or_(rooms.c.missed_at.is_(None), rooms.c.missed_at > now - LATELY)
    wanted = places_of(literal(False), rooms.c.id.in_(select(leads)), reopens)
    return "own", wanted.order_by(rooms.c.id.desc()).limit(MOST_OWN)


def followed(person: PersonId, looked: Looked, *, now: int) -> List:
    """Rooms of people one follows and of one's groups, on or to come; also those that only members of a group find."""
    ones = select(follows.c.subject).where(follows.c.person == person)
    people = select(rooms.c.id).where(rooms.c.host.in_(ones.where(follows.c.kind == "person")), *_OPEN, *_SHOWN)
    heard = ones.where(follows.c.kind == "group")
    inside = select(memberships.c.group_id).where(memberships.c.person == person)
    closed = exists().where(groups.c.id == rooms.c.group_id, groups.c.private.is_(True))
    theirs_to_find = or_(rooms.c.visibility == "public", closed)
    held = [select(rooms.c.id).where(rooms.c.group_id.in_(of), theirs_to_find, *_OPEN) for of in (heard, inside)]
    own = select(rooms.c.id).where(rooms.c.group_id.in_(inside), rooms.c.visibility == "group", *_OPEN)
    asked = select(rooms.c.id).where(rooms.c.id.in_(invited_into((person,))), rooms.c.visibility == "invited", *_OPEN)
    theirs = union(people, *held, own, asked).subquery("theirs")
    wanted = places_of(literal(False), rooms.c.id.in_(select(theirs)), rooms.c.host != person, rooms.c.draft.is_(False))
    wanted = wanted.where(rooms.c.missed_at.is_(None), *looked.fits, not_(withheld(now)))
    order = rooms.c.started_at.is_(None), rooms.c.starts_at.is_(None), rooms.c.starts_at, rooms.c.id
    return "followed", wanted.order_by(*order).limit(MOST_FOLLOWED)


async def stirring(connection: AsyncConnection, ids: Sequence[str], *, now: int) -> dict[str, tuple[bool, int | None]]:
    """Of each of these groups in which something is on or comes: whether it is on, and when the next begins."""
    on = func.count().filter(rooms.c.started_at.is_not(None))
    next_at = func.min(rooms.c.starts_at).filter(rooms.c.started_at.is_(None), rooms.c.missed_at.is_(None))
    shown = and_(groups.c.id == rooms.c.group_id, or_(rooms.c.visibility == "public", groups.c.private.is_(True)))
    wanted = select(rooms.c.group_id, on, next_at).join(groups, shown)
    wanted = wanted.where(rooms.c.group_id.in_(ids), rooms.c.draft.is_(False), *_OPEN, not_(withheld(now)))
    wanted = wanted.group_by(rooms.c.group_id)
    return {group: (on > 0, next_at) for group, on, next_at in await connection.execute(wanted)}


def ranked(places: Iterable[Place], heard: dict[RoomId, int]) -> list[Place]:
    """What is on by how many listen, then what comes; what was reported stands last until that is settled."""

    def key(place: Place) -> tuple[bool, bool, int, int, str]:
        comes = place.starts_at if place.starts_at is not None else 1 << 62
        on = place.started_at is not None
        return place.reported, not on, -heard.get(place.room, 0) if on else 0, 0 if on else comes, place.room

    return sorted(places, key=key)


def places_of(reported: ColumnElement[bool], *where: ColumnElement[bool]) -> Select[Any]:
    """Places as a list has them, of rooms of which this is so."""
    shown = rooms.c.id, rooms.c.starts_at, rooms.c.started_at, rooms.c.ended_at
    return select(*shown, reported.label("reported")).where(*where)


def _after(cursor: str) -> Any:
    at, _, room = cursor.partition(".")
    return tuple_(literal(int(at), BigInteger), literal(room))
