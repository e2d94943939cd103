"""The picture that is shown where a room is linked (Open Graph); drawn once for what it says, and kept in memory."""

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import astuple, dataclass, field
from datetime import datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from fastapi import APIRouter, Request, Response

from causerie.accounts.pictures import thread
from causerie.clock import SECOND
from causerie.copies.room_cards import Shown, as_file, room_card
from causerie.notices.words import zone_of
from causerie.rooms.covers import key_of
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import room_by_name
from causerie.texts import one_line
from causerie.web.cards import RoomCard
from causerie.web.cards import card as seen
from causerie.web.files import SANDBOX
from causerie.web.house import House, here, house, open_to

previews = APIRouter(include_in_schema=False)
KEPT = 200


@dataclass
class Previews:
    """The last that were asked for: each is about 50 kB."""

    drawn: OrderedDict[str, bytes] = field(default_factory=OrderedDict)

    async def of(self, home: House, room: RoomCard) -> bytes:
        says, sign = shown(home, room), signed(home, room)
        if sign not in self.drawn:
            key = key_of(room.cover)
            cover = await home.copying.storage.whole(key) if key is not None else None
            draw = asyncio.get_running_loop().run_in_executor(thread, lambda: as_file(room_card(says, cover)))
            self.drawn[sign] = await draw
        self.drawn.move_to_end(sign)
        while len(self.drawn) > KEPT:
            self.drawn.popitem(last=False)
        return self.drawn[sign]


def shown(home: House, room: RoomCard) -> Shown:
    """In the room's language, by the clocks it is planned by: one picture is for everybody."""
    return Shown(room.title, room.host, _when(room), one_line(home.settings.instance.name))


def signed(home: House, room: RoomCard) -> str:
    """Another as soon as the card says or shows something else."""
    said = "\0".join((*astuple(shown(home, room)), room.cover or "", room.language))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def address(request: Request, room: RoomCard) -> str:
    """Where the card of a room is; programs that keep previews fetch one that has changed again."""
    return f"{here(request)}/r/{room.room}/card.jpg?{signed(house(request), room)}"


@previews.api_route("/r/{name}/card.jpg", methods=["GET", "HEAD"])
async def card(request: Request, name: str) -> Response:
    """The card of a room, for whoever may know of it."""
    home = house(request)
    async with home.database.read() as connection:
        room = await room_by_name(connection, name[:120])
    if room is None or not await open_to(request, room):
        raise RoomUnknown
    open_ = room.visibility == "public" and not room.group_private and not room.draft
    kept = {**SANDBOX, "cache-control": "public, max-age=3600" if open_ else "private, no-store"}
    drawn: Previews = request.app.state.previews
    return Response(await drawn.of(home, seen(home, room)), media_type="image/jpeg", headers=kept)


def _when(room: RoomCard) -> str:
    if room.starts_at is None:
        return ""
    at = datetime.fromtimestamp(room.starts_at // SECOND, zone_of(room.zone or "UTC"))
    return f"{format_datetime(at, 'EEEE d MMMM, HH:mm', locale=_locale(room.language))} ({at.tzname()})"


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
