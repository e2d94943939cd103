"""Portraits and covers under addresses that nobody guesses; none of who is suspended, or of a room that is withheld.

Under its address a picture never changes, but it may be taken away, and come back: caches ask again after a minute,
and are told in a few bytes that it is the same.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from causerie.accounts.errors import PersonUnknown
from causerie.accounts.suspending import shows_suspended
from causerie.rooms.covers import FOLDER
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import withheld_under
from causerie.web.files import SANDBOX
from causerie.web.house import House, house, open_to

pictures = APIRouter(include_in_schema=False)

Home = Annotated[House, Depends(house)]
Name = Annotated[str, Path(pattern=r"^[\w-]{22}$")]
# Whatever is taken away is gone within a minute, from caches between here and a browser, too.
FOR_ALL, FOR_ONE = "public, max-age=60", "private, no-store"


@pictures.get("/portraits/{name}.jpg")
async def portrait(request: Request, home: Home, name: Name) -> Response:
    """Somebody's picture; while they are suspended there is none."""
    key = f"portraits/{name}.jpg"
    async with home.database.read() as connection:
        gone = await shows_suspended(connection, f"/{key}", now=home.clock.now())
    answer = await _sent(request, home, key, FOR_ALL) if not gone else None
    if answer is None:
        raise PersonUnknown
    return answer


@pictures.get("/covers/{name}.jpg")
async def cover(request: Request, home: Home, name: Name) -> Response:
    """A room's picture; while the room is withheld, for those alone who still see the room."""
    key = f"{FOLDER}{name}.jpg"
    async with home.database.read() as connection:
        room = await withheld_under(connection, f"/{key}", now=home.clock.now())
    seen = room is None or bool(await open_to(request, room))
    answer = await _sent(request, home, key, FOR_ALL if room is None else FOR_ONE) if seen else None
    if answer is None:
        raise RoomUnknown
    return answer


async def _sent(request: Request, home: House, key: str, kept: str) -> Response | None:
    """The picture, or that it is the same as the one somebody has; nothing where there is none."""
    if await home.copying.storage.size(key) is None:
        return None
    etag = f'"{key.rpartition("/")[2]}"'
    headers = {**SANDBOX, "cache-control": kept, "etag": etag}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = await home.copying.storage.whole(key)
    return Response(content, media_type="image/jpeg", headers=headers) if content is not None else None
