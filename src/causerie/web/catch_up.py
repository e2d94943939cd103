"""Answers so far, for whoever is in the room: the list leads to links that are theirs alone, for five minutes."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import RedirectResponse

from causerie.copies.catch_up import key_of
from causerie.copies.errors import FileUnknown
from causerie.recordings.catch_up import heard
from causerie.recordings.live import RecordedRoom
from causerie.web.files import SANDBOX, sent
from causerie.web.house import house, open_to, who

catch_up = APIRouter()


@catch_up.get("/api/v1/rooms/{name}/catch-up/{file}", status_code=307, response_class=RedirectResponse)
async def answer(request: Request, name: str, file: str) -> Response:
    """Where the sound of an answer can be had now. To who is not in the room there is none."""
    home, person = house(request), await who(request)
    live = home.rooms.seen_by(name, person.id) if person is not None else None
    if person is None or live is None or not _there(live, file):
        raise FileUnknown
    link = home.copying.links.within(key_of(live.room.id, file), person.id, now=home.clock.now())
    return RedirectResponse(link, 307, headers={"cache-control": "no-store"})


@catch_up.api_route("/files/catch-up/{room}/{file}.m4a", methods=["GET", "HEAD"], include_in_schema=False)
async def sound(
    request: Request,
    room: str,
    file: str,
    sign: Annotated[str, Query(max_length=100)] = "",
    until: Annotated[int, Query(ge=0, lt=1 << 53)] = 0,
) -> Response:
    """Some or all bytes of it, while it can be heard: whoever leaves the recording is in nothing that is given out."""
    home, person, key = house(request), await who(request), key_of(room, file)
    now, live = home.clock.now(), home.rooms.alive(room)
    holds = person is not None and home.copying.links.is_within(key, sign, until=until, person=person.id, now=now)
    there = holds and live is not None and _there(live, file)
    size = await home.copying.storage.size(key) if there else None
    if live is None or size is None or not await open_to(request, live.room):
        raise FileUnknown
    return sent(request, home, key, size, {**SANDBOX, "etag": f'"{file}"', "cache-control": "no-store"})[0]


def _there(live: RecordedRoom, file: str) -> bool:
    return any(one.file == file for _, one in heard(live))
