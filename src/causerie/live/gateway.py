"""Every WebSocket at `/live`: a plain ASGI app. Origin first, then who it is; then the page speaks for itself."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from causerie.accounts.cookies import Cookies
from causerie.accounts.people import Person
from causerie.errors import Away
from causerie.live import protocol as wire
from causerie.live.faces import Faces
from causerie.live.rooms import Rooms
from causerie.live.shut_out import ShutOut
from causerie.live.socket import LivePage
from causerie.safety.comers import comer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

SIGNED_OUT = 1008
ENDED_KEPT = 1000
NAMED_KEPT = 100


class Gateway:
    """Every open WebSocket of this program."""

    def __init__(self, rooms: Rooms, cookies: Cookies, origins: Callable[[Scope], set[str]]) -> None:
        self.rooms = rooms
        self.cookies = cookies
        self.origins = origins
        self.pages: set[LivePage] = set()
        self.ended: deque[str] = deque(maxlen=ENDED_KEPT)
        self.named_lately: deque[tuple[Person, str]] = deque(maxlen=NAMED_KEPT)
        self.shut_out = ShutOut()
        self.faces = Faces(rooms.database, rooms.clock, cookies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        await receive()  # websocket.connect
        origin = headers.get(b"origin", "")
        if origin not in self.origins(scope) or not _plain(origin):
            await _refuse(send, 403)
            return
        cookie = headers.get(b"cookie", "")
        session, visitor = self.cookies.session(cookie), self.cookies.visitor(cookie)
        if (shouted := session or visitor) and (wait := self.shut_out.wait(shouted)):
            await asyncio.sleep(wait)
        try:
            person = await self.faces.who(cookie)
        except Away:
            await _refuse(send, 503)
            return
        if person is None:
            await _refuse(send, 403)
            return
        await send({"type": "websocket.accept"})
        host = (scope.get("client") or ("",))[0]
        page = LivePage(self.rooms, self.shut_out, person, session, send)
        page.came_as = comer(visitor, host=host)
        self.pages.add(page)
        for named, session in self.named_lately:
            if named.id == page.person.id and page.person.name is None:  # took a name while it came
                page.person, page.session = named, session
        if page.session in self.ended:  # signed out while it came
            page.stop(SIGNED_OUT, "signed out")
        try:
            await page.serve(receive)
        except asyncio.CancelledError:
            if page.goodbye is None:
                raise
            page.task.uncancel()
        finally:
            self.pages.discard(page)
            await page.gone()
        await page.say_goodbye()

    def named(self, person: Person, session: str) -> None:
        """A visitor has a name now, on all their open pages, and a session; their sound goes on."""
        self.named_lately.append((person, session))
        theirs = [page for page in self.pages if page.person.id == person.id]
        for page in theirs:
            page.person, page.session = person, session
            if page.key is not None:
                self.rooms.hubs[page.key].stays.came(person, page.comer, self.rooms.clock.now())
        now = self.rooms.clock.now()
        for key in {page.key for page in theirs if page.key is not None}:
            self.rooms.hubs[key].tell(person.id, [wire.MeNamed(name=person.name or "")], now)
            self.rooms.hubs[key].tell_rights(person.id, self.rooms.state(key), now)

    def signed_out(self, session: str) -> None:
        """A session is over: its pages stop wherever they are, their sound ends. Other sessions of the person stay."""
        self.ended.append(session)
        for page in self.pages:
            if page.session == session:
                page.stop(SIGNED_OUT, "signed out")


@lru_cache
def _plain(origin: str) -> bool:
    """scheme://host[:port] and nothing else; `null` and the like are not."""
    parts = urlsplit(origin)
    return bool(parts.scheme and parts.netloc) and f"{parts.scheme}://{parts.netloc}" == origin


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "websocket.http.response.start", "status": status, "headers": []})
    await send({"type": "websocket.http.response.body", "body": b""})
