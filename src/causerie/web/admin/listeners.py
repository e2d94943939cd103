"""How each listener of a room hears, and how well: for who runs the place, so that what goes wrong is found."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query

from causerie.ids import PersonId
from causerie.media.engine import Audience, Figures
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import room_by_name
from causerie.rooms.state import Room
from causerie.streams.followers import Follower
from causerie.streams.listening import Listener
from causerie.web.admin.shapes import PAGE, Home
from causerie.web.house import House

listeners = APIRouter()

# More than any machine carries; beyond it a page is a mistake.
MOST_PAGES = 2000
By = Annotated[Literal["lost", "round_trip", "jitter", "newest"], Query()]
Name = Annotated[str, Path(max_length=80, examples=["wem-gehoert-die-nacht"])]
PageNumber = Annotated[int, Query(ge=1, le=MOST_PAGES)]


@listeners.get("/rooms/{name}/listeners")
async def every(home: Home, name: Name, by: By = "lost", page: PageNumber = 1) -> dict[str, Any]:
    """A room's listeners just now, a page at a time: who loses most first, or in another order.

    Shares are of 1, times in milliseconds. Who is not shown to everybody in the room has no name here either.
    """
    room = await _room(home, name)
    audience = home.media.audience(room.id, by=by, first=(page - 1) * PAGE, most=PAGE)
    some = [_shown(home, room.id, one) for one in audience.some] if audience is not None else []
    return {
        "title": room.title,
        **_counted(audience),
        "by_stream": home.rooms.by_stream(room.id),
        "page": page,
        "listeners": some,
    }


@listeners.get("/rooms/{name}/streams")
async def by_stream(home: Home, name: Name, page: PageNumber = 1) -> dict[str, Any]:
    """Who hears a room by a stream just now, a page at a time: who has most sound waiting for them first.

    Milliseconds of it, and bytes taken; of HLS neither is known, whose listeners fetch what they like, or have it from
    whoever keeps segments between us and them. One who fetches by a cache is not here at all.
    """
    room = await _room(home, name)
    every = home.streams.audience(room.id)
    shown = every[(page - 1) * PAGE : page * PAGE]
    return {
        "all": len(every),
        "pages": -(-len(every) // PAGE),
        "page": page,
        "listeners": [_streamed(home, room.id, one) for one in shown],
    }


async def _room(home: House, name: str) -> Room:
    async with home.database.read() as connection:
        room = await room_by_name(connection, name)
    if room is None:
        raise RoomUnknown
    return room


def _streamed(home: House, room: str, one: Listener | Follower) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": home.rooms.name_shown(room, one.by) if one.by is not None else None,
        "format": one.format,
        "waits": one.waits,
        "bytes": one.bytes,
        "since": one.since,
    }


def _counted(audience: Audience | None) -> dict[str, Any]:
    """How many hear what, and how many pages they fill."""
    if audience is None:
        return {"all": 0, "pages": 0, "voices": 0, "programme": [0, 0, 0], "by_tcp": 0}
    pages = -(-audience.all // PAGE)
    voices, programme = audience.all - sum(audience.programme), list(audience.programme)
    return {"all": audience.all, "pages": pages, "voices": voices, "programme": programme, "by_tcp": audience.by_tcp}


def _shown(home: House, room: str, one: Figures) -> dict[str, Any]:
    person = home.media.person_of(one.peer)
    return {
        "id": str(one.peer),
        "name": home.rooms.name_shown(room, PersonId(person)) if person is not None else None,
        "programme": one.programme,
        "by_tcp": one.by_tcp,
        "lost": round(one.fraction_lost_256 / 256, 3),
        "round_trip": one.round_trip_ms,
        "jitter": one.jitter_ms,
        "delay": one.delay_ms,
        "bytes": one.bytes,
        "since": home.clock.now() - one.heard_ms,
    }
