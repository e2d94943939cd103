"""Rooms for people's own calendars: one as a file, and all public ones of a host to subscribe to."""

from fastapi import APIRouter, Request, Response

from causerie.notices.errors import CalendarUnknown
from causerie.rooms.calendar import Entry, of_many, of_one, starts
from causerie.rooms.changes import Changes, changes_of
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import hosted, room_by_name
from causerie.rooms.state import Room
from causerie.web.house import here, house, open_to

calendars = APIRouter(include_in_schema=False)

KIND = "text/calendar; charset=utf-8"
HEADERS = {"x-content-type-options": "nosniff"}


@calendars.api_route("/r/{name}/calendar.ics", methods=["GET", "HEAD"])
async def room_calendar(request: Request, name: str) -> Response:
    """The entry of one room. Fetched again after it was moved, it moves; after it was cancelled, it goes."""
    home = house(request)
    async with home.database.read() as connection:
        room = await room_by_name(connection, name[:120])
        changes = await changes_of(connection, [room.id]) if room else {}
    if room is None or not await open_to(request, room):
        raise RoomUnknown
    if starts(room) is None:
        raise CalendarUnknown
    text = of_one(_entry(request, room, changes), now=home.clock.now())
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


def _entry(request: Request, room: Room, changes: dict[str, Changes]) -> Entry:
    return Entry(room, changes.get(room.id, Changes()), f"{here(request)}/r/{room.name}")
