"""A whole causerie for a test, without network and without sound: pages speak to the real application."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION, VISITOR
from causerie.accounts.people import Person
from causerie.app import Causerie, built
from causerie.clock import SECOND, HandClock
from causerie.config import Settings
from causerie.floor.live import LiveRoom
from causerie.media import SoundEngine
from causerie.rooms.actions import open_room
from causerie.rooms.state import Room
from tests.invariants import Watch
from tests.sound_on_paper import PaperEngine

Frame = dict[str, Any]
HOST = "talk.test"


@dataclass(eq=False)
class Page:
    """One open page: says commands, keeps every frame it was sent."""

    place: "Place"
    cookie: str
    address: str | None = None
    frames: list[Frame] = field(default_factory=list)
    closed: int | None = None
    status: int | None = None

    def __post_init__(self) -> None:
        self._in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._news = asyncio.Event()
        self._ids = (f"p{len(self.place.pages)}-{n}" for n in itertools.count(1))
        self._in.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.create_task(self._open())

    async def enter(self, room: str = "sparrows", **more: Any) -> Frame:
        """Come in; gives the snapshot, or where there is none what became of the command."""
        before = len(self.frames)
        told = await self.does("room.enter", room=room, **more)
        return next((frame for frame in self.frames[before:] if frame["type"] == "snapshot"), told)

    async def does(self, do: str, **fields: Any) -> Frame:
        """Say a command and wait for what became of it."""
        id = fields.pop("id", None) or next(self._ids)
        before = len(self.frames)
        self.says({"do": do, "id": id, **fields})
        return await self.hears(lambda frame: frame["type"] in ("ack", "refused") and frame["id"] == id, after=before)

    def says(self, message: Any) -> None:
        """Send anything at all."""
        text = message if isinstance(message, str) else json.dumps(message)
        self._in.put_nowait({"type": "websocket.receive", "text": text})

    async def hears(self, wanted: Callable[[Frame], bool], *, after: int = 0) -> Frame:
        """Wait for a frame."""
        async with asyncio.timeout(10):
            while (found := next(filter(wanted, self.frames[after:]), None)) is None:
                assert self.closed is None, f"closed with {self.closed}"
                self._news.clear()
                await self._news.wait()
        return found

    def events(self, *channels: str) -> list[str]:
        """The names of what was heard, in order."""
        told = [frame for frame in self.frames if frame["type"] == "events" and frame["channel"] in channels]
        return [event["is"] for frame in told for event in frame["events"]]

    async def leave(self) -> None:
        """The page is closed, or its line is lost."""
        self._in.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await self.task

    async def _open(self) -> None:
        headers = [(b"host", HOST.encode()), (b"origin", f"http://{HOST}".encode()), (b"cookie", self.cookie.encode())]
        scope = {"type": "websocket", "path": "/live", "scheme": "ws", "headers": headers}
        scope["client"] = (self.address, 50_000) if self.address else None
        await self.place.causerie.application(scope, self._in.get, self._send)

    async def _send(self, message: Any) -> None:
        if message["type"] == "websocket.send":
            self.frames.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            self.closed = message["code"]
        elif message["type"] == "websocket.http.response.start":
            self.status = self.closed = message["status"]
        self._news.set()


@dataclass
class Place:
    """One causerie whose clock and ticks are in the story's hands; once `killed`, another goes on with its data."""

    causerie: Causerie
    engine: Any
    clock: HandClock
    pages: list[Page] = field(default_factory=list)
    killed: bool = False

    async def person(self, name: str, **more: Any) -> tuple[Person, str]:
        """Somebody with an account or a name, and the cookie they carry."""

        async def added(tx: Any) -> tuple[Person, str]:
            person = await accounts.add_person(tx, name=name, **more)
            return person, await accounts.open_session(tx, person)

        (person, token), _ = await self.causerie.database.write(added)
        return person, f"{SESSION}={token}"

    def visitor(self) -> str:
        """The cookie of somebody without a name."""
        return f"{VISITOR}={self.causerie.house.cookies.new_visitor()[1]}"

    async def room(self, host: Person, title: str = "Sparrows", **more: Any) -> Room:
        return (await self.causerie.database.write(lambda tx: open_room(tx, host, title=title, **more)))[0]

    def page(self, cookie: str, address: str | None = None) -> Page:
        """Somebody opens a page, from this address."""
        self.pages.append(Page(self, cookie, address))
        return self.pages[-1]

    def state(self, name: str = "sparrows") -> LiveRoom:
        rooms = self.causerie.rooms
        return rooms.state(rooms.names[name])

    async def tick(self, milliseconds: int = 250) -> None:
        """Time goes by, and with it one tick."""
        self.clock.turn(milliseconds)
        now, rooms = self.clock.now(), self.causerie.rooms
        for key, hub in rooms.hubs.items():
            hub.tick(rooms.state(key), now)
        rooms.microphones.open_counted()
        await rooms.ticks.sweep(now)

    async def settle(self) -> None:
        """Long enough that everybody has been told their place."""
        for _ in range(3):
            await self.tick(6 * SECOND)

    def browser(self, cookie: str = "", address: str = "127.0.0.1") -> httpx.AsyncClient:
        """Somebody's browser, as far as plain HTTP goes."""
        headers = {"origin": f"http://{HOST}"} | ({"cookie": cookie} if cookie else {})
        transport = httpx.ASGITransport(self.causerie.application, client=(address, 50_000))
        return httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers=headers)


@contextlib.asynccontextmanager
async def opened(data: Path, *, url: str = "", engine: SoundEngine | None = None, **more: Any) -> AsyncIterator[Place]:
    """A place that is open; ticks come when the story says so, and without another engine it has no sound."""
    clock = HandClock()
    engine = engine or PaperEngine()
    causerie = built(Settings(data=data, database={"url": url}, **more), engine=engine, clock=clock)
    await causerie.database.open()
    causerie.media.start()
    place = Place(causerie, engine, clock)
    watch = Watch(place)
    try:
        with watch.looking_on():
            yield place
            if not place.killed:
                await watch.at_the_end()
        assert not watch.broken, "\n".join(watch.broken)
    finally:
        for page in place.pages:
            page.task.cancel()
        await asyncio.gather(*(page.task for page in place.pages), return_exceptions=True)
        await causerie.house.streams.close()
        await causerie.house.mail.close()
        await causerie.jobs.close()
        await causerie.rooms.close()
        causerie.media.stop()
        await causerie.database.close()
