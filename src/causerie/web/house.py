"""What every route needs, built once by `app`."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from fastapi import Request

from causerie.accounts.cookies import Cookies
from causerie.accounts.errors import NotAdmin
from causerie.accounts.papers import Papers
from causerie.accounts.people import Person
from causerie.accounts.proving import Proving
from causerie.belongings.jobs import Belongings
from causerie.clock import Clock
from causerie.config import Settings
from causerie.copies.counting import Counts
from causerie.copies.jobs import Jobs
from causerie.copies.links import Links
from causerie.copies.storage import Storage
from causerie.db import Database, Tx
from causerie.floor.joining import Joining
from causerie.floor.live import LiveRoom
from causerie.floor.rules import leads
from causerie.groups.queries import circles
from causerie.groups.rules import lets_in
from causerie.ids import PersonId
from causerie.lan import Lan
from causerie.mail import Mail
from causerie.media import Media, Peer
from causerie.notices.jobs import Notices
from causerie.recordings.live import RecordedRoom
from causerie.rooms.closed import closed_to
from causerie.rooms.queries import rooms_helped_by
from causerie.rooms.state import Room
from causerie.rooms.withheld import withheld_of
from causerie.safety.comers import Comer, comer
from causerie.safety.store import shut_to_now
from causerie.streams.serving import Streams
from causerie.web.limits import Limits


class GroupRooms(Protocol):
    """The living rooms of groups."""

    async def changed(self, group: str) -> None: ...
    async def hold(self, key: str, host: Person, group: str | None) -> None: ...
    async def invited(self, key: str) -> None: ...


class BlockedRooms(Protocol):
    """Rooms whose hosts block people."""

    async def changed(self, host: PersonId) -> None: ...


class LiveRooms(Protocol):
    """The rooms that are alive, as far as the web needs them."""

    @property
    def groups(self) -> GroupRooms: ...

    @property
    def blocks(self) -> BlockedRooms: ...

    async def key_of(self, name: str) -> str: ...
    def alive(self, id: str) -> RecordedRoom | None: ...
    def seen_by(self, name: str, person: PersonId) -> RecordedRoom | None: ...
    def audience(self, key: str) -> int: ...
    def by_stream(self, key: str) -> int: ...
    def heard(self, key: str) -> list[int]: ...
    def name_shown(self, key: str, person: PersonId) -> str | None: ...
    def captioned(self, key: str) -> bool: ...
    def admit(self, key: str, comer: Comer) -> None: ...
    def joins(self, key: str, listener: str, comer: Comer, peer: Peer) -> None: ...
    def parts(self, key: str, listener: str) -> None: ...
    def streams(
        self, key: str, listener: str, comer: Comer, end: Callable[[], None], *, whose: PersonId | None = None
    ) -> None: ...
    def listens(self, key: str, person: PersonId) -> bool: ...
    def sent_out_at(self, key: str, person: PersonId) -> int: ...
    def hears(self, key: str, listener: str, *, now: bool) -> None: ...
    def number(self, key: str, person: PersonId) -> int: ...
    async def act_in(self, id: str, action: Callable[[Tx, RecordedRoom], Awaitable[Any]]) -> Any: ...
    async def act(
        self, key: str, action: Callable[[Tx, LiveRoom], Awaitable[Any]], *, closing: bool = False
    ) -> Any: ...
    async def went(self, key: str, person: PersonId) -> None: ...
    async def came(self, key: str, person: PersonId) -> None: ...


@dataclass(frozen=True)
class Copying:
    """Copies, as far as the web needs them: their files, links to these, what is counted, and how far each is made."""

    storage: Storage
    links: Links
    counts: Counts
    jobs: Jobs


@dataclass
class House:
    """The services behind the routes."""

    settings: Settings
    database: Database
    clock: Clock
    cookies: Cookies
    media: Media
    rooms: LiveRooms
    named: Callable[[Person, str], None]
    signed_out: Callable[[str], None]
    copying: Copying
    mail: Mail
    proving: Proving
    joining: Joining
    notices: Notices
    suspended: Callable[[PersonId, Iterable[str]], Awaitable[None]]
    marked: Callable[[Person], Awaitable[None]]
    belongings: Belongings
    streams: Streams
    papers: Papers = field(default_factory=Papers)
    lan: Lan | None = None
    limits: Limits = field(default_factory=Limits)
    demo: str | None = None
    ready: bool = False
    # One sound that somebody sent is decoded at a time.
    hearing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))


def house(request: Request) -> House:
    served: House = request.app.state.house
    return served


def here(request: Request) -> str:
    """The address of this place, as people outside type it."""
    public = house(request).settings.web.public_url.rstrip("/")
    return public or f"{request.url.scheme}://{request.url.netloc}"


async def who(request: Request) -> Person | None:
    """The person of a request, from its cookies alone; looked up once a request."""
    home = house(request)
    if not hasattr(request.state, "person"):
        async with home.database.read() as connection:
            cookie = request.headers.get("cookie", "")
            request.state.person = await home.cookies.who(connection, cookie, now=home.clock.now())
    person: Person | None = request.state.person
    return person


async def at_door(request: Request) -> Comer:
    """Who comes, as far as a ban can know them."""
    person, cookie = await who(request), request.headers.get("cookie", "")
    visitor = house(request).cookies.visitor(cookie)
    return comer(person.id if person else None, visitor, host=request.client.host if request.client else None)


async def whose(request: Request) -> PersonId | None:
    """By whom somebody counts who comes: the person or the visitor that their page would be; None for other players."""
    person = await who(request)
    return person.id if person else house(request).cookies.visitor(request.headers.get("cookie", ""))


async def open_to(request: Request, *rooms: Room, invited: bool = False) -> list[Room]:
    """Those of these rooms that somebody may know of: no drafts, none they are kept out of, none that is for others.

    None, either, that is withheld because its host is suspended. `invited`: they hold a link that invites them.
    """
    home, coming = house(request), await at_door(request)
    now = home.clock.now()
    async with home.database.read() as connection:
        without_host = withheld_of([room.id for room in rooms], now=now)
        shut = await shut_to_now(connection, coming, now=now, more=[without_host])
        around = await circles(connection, {room.group_id for room in rooms if room.group_id}, coming.ids)
        hidden = {room.id for room in rooms if room.id in shut or room.phase == "draft"}
        hidden |= {room.id for room in rooms if room.host in shut}
        hidden |= {room.id for room in rooms if not lets_in(around.get(room.group_id or ""), coming.ids)}
        hidden |= await closed_to(connection, () if invited else rooms, coming.ids)
        helped = await rooms_helped_by(connection, coming.ids) if hidden else frozenset()
    return [room for room in rooms if room.id not in hidden or _leads(home, room, coming, helps=room.id in helped)]


def _leads(home: House, room: Room, coming: Comer, *, helps: bool) -> bool:
    """Hosts and who helps them see their room from whatever network they come."""
    live = home.rooms.alive(room.id)
    return leads(live, coming) if live is not None else helps or room.host in coming.ids


async def admin(request: Request) -> Person:
    person = await who(request)
    if person is None or not person.admin:
        raise NotAdmin
    return person
