"""Files of copies: for whoever has a link that still holds, in chunks, from whichever byte they want."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import StreamingResponse

from causerie.accounts.people import Person
from causerie.copies.clips import files_of
from causerie.copies.contents import Contents, File
from causerie.copies.errors import FileUnknown
from causerie.copies.keys import edition_of, guarded, media_type
from causerie.copies.queries import clips_of, copy_by_name, edition_made
from causerie.copies.rules import may_have, own_tracks
from causerie.copies.state import Copy
from causerie.ids import slug
from causerie.rooms.queries import room_by_id, with_helpers
from causerie.rooms.state import Room
from causerie.web.house import House, house, open_to, who
from causerie.web.ranges import RangeOutside, wanted

files = APIRouter(include_in_schema=False)

SANDBOX = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "referrer-policy": "same-origin",
    "accept-ranges": "bytes",
}
PLAYED = ("mp3", "m4a", "mp4")


def lasting_link(home: House, copy: Copy, key: str) -> str:
    """The address of a file that everybody may have, as long as its copy is shown."""
    return home.copying.links.lasting(copy, key)


def link_for(home: House, copy: Copy, key: str, person: Person | None) -> str:
    """The address of a file for somebody who may have it."""
    if copy.seen and not guarded(key):
        return lasting_link(home, copy, key)
    assert person is not None  # nobody without an id may have what is not shown
    return home.copying.links.passing(copy, key, person.id, now=home.clock.now())


@files.api_route("/files/{key:path}", methods=["GET", "HEAD"])
async def file(
    request: Request,
    key: str,
    sign: Annotated[str, Query(max_length=100)] = "",
    until: Annotated[int, Query(ge=0, lt=1 << 53)] = 0,
    download: bool = False,
) -> Response:
    """Some or all bytes of a file. What one may not have is not there."""
    home, person = house(request), await who(request)
    copy, room, held = await _found(home, key)
    if until:
        holds = home.copying.links.is_passing(
            copy, key, sign, until=until, person=person.id if person else None, now=home.clock.now()
        )
    else:
        holds = home.copying.links.is_lasting(copy, key, sign) and not guarded(key)
    size = await home.copying.storage.size(key) if holds and may_have(key, copy, room, person, held) else None
    if size is None or not (_is_own(key, held, person) or await open_to(request, room)):
        raise FileUnknown
    headers = {**SANDBOX, "etag": f'"{sign}"', "cache-control": "no-store" if until else "no-cache"}
    if download:
        headers["content-disposition"] = f'attachment; filename="{_called(room, key)}"'
    return _bytes(request, home, copy, key, size, headers)


def _is_own(key: str, held: Contents | None, person: Person | None) -> bool:
    """What somebody said themselves stays theirs, whatever became of the room, of its host or of them."""
    return person is not None and key in own_tracks(held, person.id)


def _bytes(request: Request, home: House, copy: Copy, key: str, size: int, headers: dict[str, str]) -> Response:
    """The answer itself, as it was asked for; who begins at the beginning is counted."""
    answer, begins, ends = sent(request, home, key, size, headers)
    if request.method != "HEAD" and answer.status_code < 400 and begins == 0 and (size == 0 or ends > 1):
        _count(home, copy, key, download="content-disposition" in headers)
    return answer


def sent(request: Request, home: House, key: str, size: int, headers: dict[str, str]) -> tuple[Response, int, int]:
    """Some or all of a file, and from which byte to which."""
    said = request.headers.get("range", "")
    if request.headers.get("if-range", headers["etag"]) != headers["etag"]:
        said = ""
    kind = media_type(key)
    try:
        part = wanted(said, size)
    except RangeOutside:
        outside = {**headers, "content-range": f"bytes */{size}"}
        return Response(status_code=416, headers=outside, media_type=kind), 0, 0
    begins, ends = part or (0, size)
    headers["content-length"] = str(ends - begins)
    if part is not None:
        headers["content-range"] = f"bytes {begins}-{ends - 1}/{size}"
    status = 206 if part is not None else 200
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=kind), begins, ends
    return StreamingResponse(home.copying.storage.read(key, begins, ends), status, headers, kind), begins, ends


def _count(home: House, copy: Copy, key: str, *, download: bool) -> None:
    """Who begins at the beginning hears it, or takes it with them."""
    kind = key.rpartition(".")[2]
    if download or kind in PLAYED:
        home.copying.counts.note(copy.id, "download" if download else "play", kind, now=home.clock.now())


async def _found(home: House, key: str) -> tuple[Copy, Room, Contents | None]:
    """Whose file it is; only what belongs to what people see is a file at all."""
    parts = key.split("/")
    if len(parts) < 4 or parts[0] != "copies":
        raise FileUnknown
    async with home.database.read() as connection:
        copy = await copy_by_name(connection, parts[1])
        room = await room_by_id(connection, copy.room) if copy else None
        if copy is None or room is None:
            raise FileUnknown
        edition = await edition_made(connection, copy)
        beside = [found for clip in await clips_of(connection, copy.id) for found in files_of(clip)]
        held = edition.contents if edition else None
        if key not in beside and not _belongs(key, held):
            raise FileUnknown
        return copy, await with_helpers(connection, room), held


def _belongs(key: str, held: Contents | None) -> bool:
    files: tuple[File, ...] = held.files if held else ()
    return edition_of(key) is not None and any(file.key == key for file in files)


def _called(room: Room, key: str) -> str:
    """What it is called where it is kept: Latin letters, digits and hyphens of the room's title."""
    name, _, kind = key.rpartition("/")[2].rpartition(".")
    title = slug(room.title) or "room"
    return f"{title}.{kind}" if name == "room" else f"{title}-{name}.{kind}"
