"""A room's sound for whatever plays an address: streams without end, HLS, and where somebody finds them."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel
from starlette.responses import Response as Plain

from causerie.accounts.queries import people_of_sessions
from causerie.errors import Refusal
from causerie.ids import PersonId
from causerie.recordings.live import RecordedRoom
from causerie.rooms.audience.errors import RoomFull, RoomLocked
from causerie.rooms.covers import key_of
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.state import CLOSED, Room
from causerie.safety.comers import Comer, comer
from causerie.streams.covers import small
from causerie.streams.errors import NotOnAirAnyMore, NotOnAirYet, PieceGone
from causerie.streams.followers import Follower
from causerie.streams.hls import Window
from causerie.streams.labels import META_EACH, Icy, Labels
from causerie.streams.links import StreamLinks, given_at
from causerie.streams.listening import Listener
from causerie.streams.pieces import Format
from causerie.texts import one_line
from causerie.web.house import House, at_door, here, house, whose

streams = APIRouter()

Home = Annotated[House, Depends(house)]
RoomName = Annotated[str, Path(max_length=120)]
TYPES: dict[Format, str] = {"mp3": "audio/mpeg", "aac": "audio/aac", "opus": "audio/ogg; codecs=opus"}
PLAYLIST, SEGMENT = "application/vnd.apple.mpegurl", "audio/aac"
NEVER, A_MOMENT, FOREVER = "no-store", "public, max-age=1", "public, max-age=31536000, immutable"
SAFE = {"x-content-type-options": "nosniff", "referrer-policy": "same-origin"}
LOOKED_AGAIN = 1.0
LONGEST_NAME = 200


@dataclass(frozen=True)
class Signed:
    """What a personal address says."""

    session: Annotated[str, Query(alias="as", max_length=100)] = ""
    until: Annotated[int, Query(ge=0, lt=1 << 53)] = 0
    sign: Annotated[str, Query(max_length=100)] = ""


@dataclass(frozen=True)
class Ear:
    """Somebody who may hear a room by a stream; `query` stands behind each address that is theirs alone.

    `whose`: by whom they count, where they are known.
    """

    key: str
    room: Room
    coming: Comer
    query: str = ""
    whose: PersonId | None = None


class Addresses(BaseModel):
    """Where a room can be heard by other players; `on_air` is whether there is anything to hear now."""

    on_air: bool
    starts_at: int | None
    mp3: str
    aac: str
    opus: str
    hls: str


# ---- where they are ----


@streams.get("/api/v1/rooms/{name}/stream")
async def addresses(request: Request, home: Home, name: RoomName) -> Addresses:
    """The addresses of a room's streams, for who may hear it; in a room that is for some alone they are one's own."""
    key = await home.rooms.key_of(name)
    live, known_as = _alive(home, key), await whose(request)
    session = home.cookies.session(request.headers.get("cookie", "")) if _is_closed(live.room) else None
    _admit(home, key, live, await at_door(request), known_as)
    if _is_closed(live.room) and session is None:
        raise RoomUnknown
    query = _links(home).query(key, session, now=home.clock.now()) if session else ""
    base = f"{here(request)}/r/{live.room.name}/stream"
    formats = {kind: f"{base}.{kind}{query}" for kind in TYPES}
    starts = live.room.starts_at if live.room.to_come else None
    return Addresses(on_air=live.room.phase == "live", starts_at=starts, hls=f"{base}.m3u8{query}", **formats)


# ---- without end ----


@streams.api_route("/r/{name}/stream.mp3", methods=["GET", "HEAD"], include_in_schema=False)
async def mp3(request: Request, name: RoomName, signed: Annotated[Signed, Depends()]) -> Response:
    """A room as MP3, for as long as it is on air."""
    return await _stream(request, name, "mp3", signed)


@streams.api_route("/r/{name}/stream.aac", methods=["GET", "HEAD"], include_in_schema=False)
async def aac(request: Request, name: RoomName, signed: Annotated[Signed, Depends()]) -> Response:
    """A room as AAC, for as long as it is on air."""
    return await _stream(request, name, "aac", signed)


@streams.api_route("/r/{name}/stream.opus", methods=["GET", "HEAD"], include_in_schema=False)
async def opus(request: Request, name: RoomName, signed: Annotated[Signed, Depends()]) -> Response:
    """A room as Ogg Opus, for as long as it is on air: what pages hear, encoded no second time."""
    return await _stream(request, name, "opus", signed)


async def _stream(request: Request, name: str, format: Format, signed: Signed) -> Response:
    home = house(request)
    ear = await _ear(request, name, signed)
    _on_air(home, ear)
    labels = await _labels(home, ear.room)
    _admit(home, ear.key, _alive(home, ear.key), ear.coming, ear.whose)  # who was sent out while a cover was drawn
    icy = request.headers.get("icy-metadata") == "1" and format != "opus"
    headers = {**SAFE, "cache-control": NEVER, "accept-ranges": "none"}
    headers |= {"icy-name": labels.title.encode().decode("latin-1"), "icy-metaint": str(META_EACH)} if icy else {}
    if request.method == "HEAD":
        return Response(headers=headers, media_type=TYPES[format])
    listener = home.streams.listen(ear.key, format, labels, by=ear.whose)

    def parts() -> None:
        home.streams.leave(listener)
        home.rooms.parts(ear.key, listener.id)

    def sent_out() -> None:
        listener.cut()
        parts()

    home.rooms.streams(ear.key, listener.id, ear.coming, sent_out, whose=ear.whose)
    still = (lambda: _still_welcome(request, name, signed)) if ear.query else None
    return Endless(listener, parts, still, Icy(labels.title) if icy else None, headers, TYPES[format])


class Endless(Plain):
    """Sends what a listener gets, until it ends, they leave, or they are let go; `parts` is called then."""

    def __init__(
        self,
        listener: Listener,
        parts: Callable[[], None],
        still: Callable[[], Awaitable[bool]] | None,
        icy: Icy | None,
        headers: dict[str, str],
        media_type: str,
    ) -> None:
        super().__init__(headers=headers, media_type=media_type)
        del self.headers["content-length"]
        self.listener, self.parts, self.still, self.icy = listener, parts, still, icy

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        sending: asyncio.Task[object] = asyncio.create_task(self._send(send))
        doing = [sending, asyncio.create_task(_left(receive)), asyncio.create_task(self.listener.gone.wait())]
        if self.still is not None:
            doing.append(asyncio.create_task(self._look_again(self.still)))
        try:
            await asyncio.wait(doing, return_when=asyncio.FIRST_COMPLETED)
            if self.listener.gone.is_set() and not sending.done():
                await self._cut(scope, sending)
        finally:
            self.parts()
            for one in doing:
                one.cancel()
            await asyncio.gather(*doing, return_exceptions=True)

    async def _send(self, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        while (data := await self.listener.next()) is not None:
            said = self.icy.among(data) if self.icy is not None else data
            await send({"type": "http.response.body", "body": said, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _cut(self, scope: Any, sending: asyncio.Task[object]) -> None:
        """Whoever takes nothing cannot be told that it is over either."""
        await asyncio.wait([sending], timeout=0.1)
        if not sending.done() and (cut := scope.get("causerie.cut")) is not None:
            cut()

    async def _look_again(self, still: Callable[[], Awaitable[bool]]) -> None:
        """Who may hear no more does not."""
        while await still():  # noqa: ASYNC110  a door is asked, nobody tells
            await asyncio.sleep(LOOKED_AGAIN)
        self.listener.cut()


async def _left(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


# ---- HLS ----


@streams.api_route("/r/{name}/stream.m3u8", methods=["GET", "HEAD"], include_in_schema=False)
async def playlist(request: Request, name: RoomName, signed: Annotated[Signed, Depends()]) -> Response:
    """The list of a room's last segments; of one that has ended a moment ago it says so."""
    home, ear = house(request), await _ear(request, name, signed)
    window = home.streams.window_of(ear.key)
    if window is None or not (window.over and window.there):
        _on_air(home, ear)
        _follow(request, home, ear)
        window = await home.streams.window(ear.key, await _labels(home, ear.room))
    text, kept = window.text(ear.query), NEVER if ear.query else A_MOMENT
    return Response(text, headers={**SAFE, "cache-control": kept}, media_type=PLAYLIST)


@streams.api_route("/r/{name}/stream/{file}", methods=["GET", "HEAD"], include_in_schema=False)
async def segment(
    request: Request, name: RoomName, file: Annotated[str, Path(max_length=60)], signed: Annotated[Signed, Depends()]
) -> Response:
    """Two seconds; what is called so never changes."""
    ear = await _ear(request, name, signed)
    window: Window | None = house(request).streams.window_of(ear.key)
    if window is None:
        raise PieceGone
    kept = NEVER if ear.query else FOREVER
    return Response(window.find(file), headers={**SAFE, "cache-control": kept}, media_type=SEGMENT)


def _follow(request: Request, home: House, ear: Ear) -> None:
    """Who comes again and again is counted as one who is here."""
    followers, now = home.streams.followers, asyncio.get_running_loop().time()
    id = _follower(request, ear.key, ear.query)
    if not followers.is_known(id, now):
        home.streams.room_for_one()
        parts = partial(home.rooms.parts, ear.key, id)
        followers.comes(Follower(id, ear.key, ear.whose, home.clock.now(), parts), now)
        home.rooms.streams(ear.key, id, ear.coming, lambda: followers.forget(id), whose=ear.whose)


def _follower(request: Request, key: str, query: str) -> PersonId:
    """Who follows a list: whose address it is, else each address and program."""
    host = request.client.host if request.client else ""
    who = query or f"{host}\0{request.headers.get('user-agent', '')}"
    return PersonId("hls-" + sha256(f"{key}\0{who}".encode()).hexdigest()[:16])


# ---- who may ----


async def _ear(request: Request, name: str, signed: Signed) -> Ear:
    """Somebody who may hear; to everybody else it is as if there were no such room."""
    home = house(request)
    key = await home.rooms.key_of(name)
    live = _alive(home, key)
    if not _is_closed(live.room):
        ear = Ear(key, live.room, await at_door(request), whose=await whose(request))
    else:
        person, coming, query = await _signed_for(request, key, signed)
        ear = Ear(key, live.room, coming, query, person)
    _admit(home, key, live, ear.coming, ear.whose or _follower(request, key, ear.query))
    return ear


async def _signed_for(request: Request, key: str, signed: Signed) -> tuple[PersonId, Comer, str]:
    """Whose address it is, while they are signed in, and were not sent out since; or `RoomUnknown`."""
    home, now = house(request), house(request).clock.now()
    if not _links(home).holds(key, signed.session, signed.sign, until=signed.until, now=now):
        raise RoomUnknown
    async with home.database.read() as connection:
        person = (await people_of_sessions(connection, [signed.session], now=now)).get(signed.session)
    if person is None or given_at(signed.until) <= home.rooms.sent_out_at(key, person.id):
        raise RoomUnknown
    host = request.client.host if request.client else None
    return person.id, comer(person.id, host=host), _links(home).again(key, signed.session, until=signed.until)


async def _still_welcome(request: Request, name: str, signed: Signed) -> bool:
    with contextlib.suppress(Refusal):
        await _ear(request, name, signed)
        return True
    return False


def _admit(home: House, key: str, live: RecordedRoom, coming: Comer, known_as: PersonId | None) -> None:
    """As at every door; but who finds a public room full or locked may hear it by a stream, and who hears hears on."""
    try:
        home.rooms.admit(key, coming)
    except (RoomFull, RoomLocked):
        everybody = live.room.visibility == "public" and not _is_closed(live.room)
        goes_on = known_as is not None and home.rooms.listens(key, known_as)
        if not (everybody or goes_on) or live.audience.raider(coming.ids) is not None:
            raise


def _alive(home: House, key: str) -> RecordedRoom:
    live = home.rooms.alive(key)
    if live is None:
        raise RoomUnknown
    return live


def _is_closed(room: Room) -> bool:
    """Not for everybody."""
    return room.visibility in CLOSED or bool(room.group_private)


def _on_air(home: House, ear: Ear) -> None:
    """There is something to hear; or a refusal that says why not."""
    if ear.room.to_come:
        raise NotOnAirYet
    if not home.streams.is_on_air(ear.key):
        raise NotOnAirAnyMore


def _links(home: House) -> StreamLinks:
    return StreamLinks(home.cookies.key)


async def _labels(home: House, room: Room) -> Labels:
    """What players show."""
    title, host = one_line(room.title)[:LONGEST_NAME], one_line(room.host_name)[:LONGEST_NAME]
    return Labels(title, host, await _cover(home, room.cover))


async def _cover(home: House, address: str | None) -> bytes:
    """The room's picture, drawn small once; nothing where it has none, or that cannot be had."""
    key = key_of(address)
    if key is None:
        return b""
    if (kept := home.streams.covers.get(key)) is None:
        picture = await home.copying.storage.whole(key)
        kept = await small(picture) if picture is not None else b""
        home.streams.covers.keep(key, kept)
    return kept
