"""Rooms for people's own calendars, one as a file, those of a host or a group to subscribe to; and for news readers."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.groups.links import opened_by
from causerie.groups.queries import group_at
from causerie.groups.roll import member_since
from causerie.groups.rules import may_know
from causerie.groups.state import Group, Standing
from causerie.notices.errors import CalendarUnknown
from causerie.rooms.atom import feed_of
from causerie.rooms.calendar import Entry, of_many, of_one, starts
from causerie.rooms.changes import Changes, changes_of
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import hosted, planned_in, room_by_name
from causerie.rooms.state import Room
from causerie.web.answers.errors import FeedUnknown
from causerie.web.house import here, house, open_to

calendars = APIRouter(include_in_schema=False)

KIND = "text/calendar; charset=utf-8"
HEADERS = {"x-content-type-options": "nosniff"}


@calendars.api_route("/r/{name}/calendar.ics", methods=["GET", "HEAD"])
async def room_calendar(request: Request, name: str) -> Response:
    """The entry of one room. Fetched again, it moves with the room; cancelled or without a time any more, it goes."""
    home = house(request)
    async with home.database.read() as connection:
        room = await room_by_name(connection, name[:120])
        changes = await changes_of(connection, [room.id]) if room else {}
    if room is None or not await open_to(request, room):
        raise RoomUnknown
    entry = _entry(request, room, changes)
    if starts(room) is None and not entry.untimed:
        raise CalendarUnknown
    text = of_one(entry, now=home.clock.now())
    # The name is ours: a room's own may be anything.
    kept = {"cache-control": "no-store", "content-disposition": 'attachment; filename="room.ics"'}
    return Response(text, media_type=KIND, headers={**HEADERS, **kept})


@calendars.api_route("/h/{person}/calendar.ics", methods=["GET", "HEAD"])
async def host_calendar(request: Request, person: str) -> Response:
    """Every public room of a host that has a time: what comes, and what was within a year."""
    home, now = house(request), house(request).clock.now()
    async with home.database.read() as connection:
        rooms = await hosted(connection, person, now=now) if "\0" not in person else []
        changes = await changes_of(connection, [room.id for room in rooms])
    if not rooms:
        raise CalendarUnknown
    entries = [_entry(request, room, changes) for room in rooms if starts(room) is not None]
    text = of_many(f"{rooms[0].host_name} · {home.settings.instance.name}", entries, now=now)
    return Response(text, media_type=KIND, headers={**HEADERS, "cache-control": "public, max-age=300"})


@calendars.api_route("/g/{handle}/calendar.ics", methods=["GET", "HEAD"])
async def group_calendar(
    request: Request, handle: Annotated[str, Path(max_length=100)], key: Annotated[str, Query(max_length=80)] = ""
) -> Response:
    """Every room of a group that has a time. Of a private one for members alone, by a link of their own."""
    home, now = house(request), house(request).clock.now()
    async with home.database.read() as connection:
        found = await group_at(connection, handle, None)
        if found is None or not await _opens(request, connection, found[0], key):
            raise CalendarUnknown
        group = found[0]
        rooms = await planned_in(connection, group.id, now=now)
        changes = await changes_of(connection, [room.id for room in rooms])
    entries = [_entry(request, room, changes) for room in rooms if starts(room) is not None]
    text = of_many(f"{group.name} · {home.settings.instance.name}", entries, now=now)
    kept = "private, no-store" if group.private else "public, max-age=300"
    return Response(text, media_type=KIND, headers={**HEADERS, "cache-control": kept})


@calendars.api_route("/g/{handle}/rooms.atom", methods=["GET", "HEAD"])
async def group_rooms(request: Request, handle: Annotated[str, Path(max_length=100)]) -> Response:
    """A public group's rooms for readers of news, which ask again by themselves."""
    home, now = house(request), house(request).clock.now()
    async with home.database.read() as connection:
        found = await group_at(connection, handle, None)
        if found is None or not may_know(found[0], Standing()):
            raise FeedUnknown
        group = found[0]
        rooms = await planned_in(connection, group.id, now=now)
        changes = await changes_of(connection, [room.id for room in rooms])
    page = f"{here(request)}/g/{group.handle}"
    entries = [_entry(request, room, changes) for room in rooms]
    text = feed_of(group.name, entries, url=f"{page}/rooms.atom", page=page, now=now)
    headers = {**HEADERS, "cache-control": "public, max-age=300"}
    return Response(text, media_type="application/atom+xml; charset=utf-8", headers=headers)


async def _opens(request: Request, connection: AsyncConnection, group: Group, key: str) -> bool:
    """Whether the calendar is for whoever asks: a public group's for all, a private one's by a member's link."""
    if group.shut or not group.private:
        return not group.shut
    since = await member_since(connection, group.id, key.partition(".")[0]) if "\0" not in key else {}
    return opened_by(house(request).cookies.key, group.id, key, since)


def _entry(request: Request, room: Room, changes: dict[str, Changes]) -> Entry:
    return Entry(room, changes.get(room.id, Changes()), f"{here(request)}/r/{room.name}")
