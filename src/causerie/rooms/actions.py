"""The only writers about rooms."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, TypedDict, Unpack

from sqlalchemy import select

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.groups.charter import recorded
from causerie.groups.opening import opens_in
from causerie.groups.state import Group
from causerie.ids import PersonId, RoomId, new_id, secret, slug
from causerie.rooms import life, moves, zones
from causerie.rooms.agenda import agenda as lines_of
from causerie.rooms.errors import AskersNeedGroup, DescriptionLength, GroupNeeded, MayNotOpen, StartTooFar, TitleLength
from causerie.rooms.life import HORIZON
from causerie.rooms.models import numbers, room_terms, rooms
from causerie.rooms.roles import Given, Leader
from causerie.rooms.settings import (
    USUAL,
    CohostRight,
    GuestsAsk,
    RecordingRule,
    RoomSettings,
    SafetyDelay,
    WhoAsks,
    written,
)
from causerie.rooms.state import Room, Visibility, held, set_for
from causerie.rooms.store import store
from causerie.rooms.tags import keep_tags
from causerie.rooms.tags import tags as room_tags
from causerie.rooms.zones import Start, Which
from causerie.terms import kept
from causerie.texts import one_line, seen

LONGEST_TITLE, LONGEST_DESCRIPTION = 100, 1000


class Wanted(TypedDict, total=False):
    """What a host sets beforehand. `like`: the settings of a room before it, for all that is not said."""

    cohosts_without: Collection[CohostRight]
    agenda: Iterable[str]
    length: int
    recording: RecordingRule | None
    record_from_start: bool
    guests_ask: GuestsAsk | None
    who_asks: WhoAsks | None
    safety_delay: SafetyDelay | None
    like: RoomSettings | None


async def open_room(
    tx: Tx,
    host: Person,
    *,
    title: str,
    description: str = "",
    visibility: Visibility = "public",
    language: str = "en",
    starts_at: int | None = None,
    zone: str | None = None,
    local_start: str | None = None,
    which: Which | None = None,
    tags: Iterable[str] = (),
    cover: str | None = None,
    name: str | None = None,
    draft: bool = False,
    group: str | None = None,
    **wanted: Unpack[Wanted],
) -> Room:
    """Open a room with a name of its own: words of the title, or 128 random bits; in a group as its charter says.

    It begins at a moment, or where the clocks of `zone` show `local_start`; `which` says of two such times the one.
    What is not said is set as in the room it is `like`.
    """
    held_in = await where_held(tx, host, group)
    visibility = _seen_in(held_in, visibility)
    title, description = _worded(title, description)
    start = _within_a_year(zones.start(starts_at, zone=zone, local=local_start, which=which), tx.now)
    about = room_tags(tags)
    room = Room(
        id=RoomId(new_id()),
        name=name or (await _free_name(tx, title) if visibility == "public" else secret()),
        title=title,
        description=description,
        visibility=visibility,
        language=language,
        host=host.id,
        host_name=host.name or "",
        host_portrait=host.portrait,
        cover=cover,
        tags=about,
        draft=draft,
        settings=_settings(wanted, held_in),
    )
    room = replace(room, **set_for(start))
    room = replace(room, **held(held_in))
    await keep(tx, room)
    await keep_tags(tx, room.id, about)
    return room


def _seen_in(group: Group | None, wanted: Visibility) -> Visibility:
    """Who finds a room that is held there: in a private group nobody else, be it said or not."""
    if wanted == "group" and group is None:
        raise GroupNeeded
    return "unlisted" if group is not None and group.private and wanted != "invited" else wanted


def _settings(wanted: Wanted, group: Group | None) -> RoomSettings:
    """What is planned; recorded as the group's charter says, unless its host says otherwise."""
    before, said = wanted.get("like") or RoomSettings(), wanted.get("recording")
    rule, from_start = said or "each", wanted.get("record_from_start", False)
    later = wanted.get("safety_delay")
    if group is not None:
        rule, from_start = recorded(group.charter, said, from_start=from_start)
    return replace(
        before,
        cohosts_without=tuple(wanted.get("cohosts_without", ())),
        agenda=lines_of(wanted.get("agenda", ())),
        length=wanted.get("length", USUAL),
        recording=rule,
        record_from_start=from_start,
        guests_ask=wanted.get("guests_ask") or before.guests_ask,
        who_asks=_asks(wanted.get("who_asks"), before.who_asks, group),
        safety_delay=before.safety_delay if later is None else later,
    )


def _asks(said: WhoAsks | None, before: WhoAsks, group: Group | None) -> WhoAsks:
    """Who may ask; in no group there are no members, be it said or not."""
    if group is not None:
        return said or before
    if said == "members":
        raise AskersNeedGroup
    return "everyone"


def _within_a_year(start: Start | None, now: int) -> Start | None:
    if start is not None and not 0 <= start.at <= now + HORIZON:
        raise StartTooFar
    return start


async def where_held(tx: Tx, host: Person, group: str | None) -> Group | None:
    """The group it is held in, or none where this place lets its host open rooms; or `MayNotOpen`."""
    if group is not None:
        return await opens_in(tx, host, group)
    if not (host.may_open_rooms or host.admin or host.bot):
        raise MayNotOpen
    return None


async def keep(tx: Tx, room: Room) -> None:
    """Write a room's whole row, and what it is found by."""
    row = {column.name: getattr(room, column.name) for column in rooms.columns}
    await tx.put(rooms, **row | {"settings": written(room.settings)})
    told = {"title": kept(room.title), "description": kept(room.description), "tags": kept(*room.tags)}
    await tx.put(room_terms, room=room.id, agenda=kept(*room.settings.agenda), **told)


async def start(tx: Tx, room: Room) -> None:
    """Go live."""
    await store(tx, room.id, moves.start(room, now=tx.now))


async def end(tx: Tx, room: Room) -> None:
    """End it for everyone."""
    await store(tx, room.id, moves.end(room, now=tx.now))


async def reword(tx: Tx, room: Room, *, title: str, description: str, language: str) -> None:
    """Call it or describe it otherwise; its address stays."""
    title, description = _worded(title, description)
    await store(tx, room.id, life.reword(room, title=title, description=description, language=language))


async def set_agenda(tx: Tx, room: Room, lines: Iterable[str]) -> None:
    """Mean to speak of this instead; before the room begins."""
    await store(tx, room.id, life.set_agenda(room, lines_of(lines)))


async def set_otherwise(tx: Tx, room: Room, **changed: Any) -> None:
    """Change some of a room's settings; a line that is taken off the agenda stays on air as a topic."""
    if "agenda" in changed:
        changed["agenda"] = lines_of(changed["agenda"])
    await store(tx, room.id, moves.set_otherwise(room, now=tx.now, **changed))


async def dump(tx: Tx, room: Room, *, at: int) -> None:
    """Take out what the audience had not heard at this moment."""
    await store(tx, room.id, moves.dump(room, at=at))


async def give_role(tx: Tx, room: Room, to: Leader, role: Given, *, here: bool) -> None:
    """Give somebody a part of the host's authority, or the mark that they may lead."""
    await store(tx, room.id, moves.give_role(room, to, role, here=here, now=tx.now))


async def take_role(tx: Tx, room: Room, person: PersonId) -> None:
    """Take it back."""
    await store(tx, room.id, moves.take_role(room, person))


async def remember_number(tx: Tx, room: RoomId, person: str, number: int) -> None:
    """Keep a person's speaker number over a restart."""
    await tx.put(numbers, room=room, person=person, number=number)


def _worded(title: str, description: str) -> tuple[str, str]:
    """What a room is called, and what is said of it; or `TitleLength`, `DescriptionLength`."""
    title, description = one_line(title), seen(description).strip()
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise TitleLength
    if len(description) > LONGEST_DESCRIPTION:
        raise DescriptionLength
    return title, description


async def _free_name(tx: Tx, title: str) -> str:
    wanted = slug(title)
    if not wanted:
        return secret()
    taken = set((await tx.run(select(rooms.c.name).where(rooms.c.name.like(f"{wanted}%")))).scalars())
    tries = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in tries if name not in taken)
