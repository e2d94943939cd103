"""Streams as whatever plays an address hears them: a room that says a tone, and connections that take it."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

from causerie.streams.serving import Streams
from causerie.streams.ticks import Tick
from tests.live.conftest import Evening, evening_in
from tests.place import Place
from tests.served import served
from tests.streams.ticking import datagram, ticks

HZ = 440.0
MUXED = {"mp3": "mp3", "aac": "aac", "opus": "ogg"}
EVERY = list(ticks(HZ, 600))


class Core:
    """Says the tone of a room to whom the engine was told to lead it; faster than it is heard."""

    def __init__(self, place: Place) -> None:
        self.place, self.n = place, 0

    async def says(self, seconds: float) -> None:
        """So much of it, not faster than it is taken."""
        for _ in range(int(seconds * 50)):
            await self._say()
            self.n += 1
            await asyncio.sleep(0.002)

    async def _say(self) -> None:
        engine = self.place.engine
        for room in engine.streamed:
            tick = EVERY[self.n % len(EVERY)]
            line = socket.socket(fileno=os.dup(engine.led))
            with line, contextlib.suppress(BlockingIOError):
                line.send(datagram(Tick(room, self.n, tick.packet, tick.sound)))


class Ear:
    """One connection that takes a stream."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        self.reader, self.writer = reader, writer
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split()[1])
        self.headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
        }
        self.sound = bytearray()
        self.over = False

    async def listens(self) -> None:
        """Until the end; or until who waits for it gives up."""
        while size := int(await self.reader.readline() or b"0", 16):
            self.sound += (await self.reader.readexactly(size + 2))[:-2]
        self.over = True

    def close(self) -> None:
        self.writer.close()


class Listening:
    """An evening that is streamed."""

    def __init__(self, evening: Evening, port: int) -> None:
        self.evening, self.place, self.port = evening, evening.place, port
        self.core = Core(evening.place)
        self.ears: list[Ear] = []
        self.tasks: list[asyncio.Task[None]] = []

    @property
    def streams(self) -> Streams:
        return self.place.causerie.house.streams

    async def asks(self, path: str, *, method: str = "GET", **headers: str) -> Ear:
        """A request, and the head of what is answered."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        said = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        writer.write(f"{method} {path} HTTP/1.1\r\nhost: localhost:{self.port}\r\n{said}\r\n".encode())
        ear = Ear(reader, writer, await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 15))
        self.ears.append(ear)
        return ear

    async def hears(self, path: str, **headers: str) -> Ear:
        """Somebody who goes on listening."""
        ear = await self.asks(path, **headers)
        assert ear.status == 200
        self.tasks.append(asyncio.create_task(ear.listens()))
        return ear

    async def gets(self, path: str, **headers: str) -> tuple[Ear, bytes]:
        """An answer that ends."""
        ear = await self.asks(path, **headers)
        if "content-length" in ear.headers:
            return ear, await ear.reader.readexactly(int(ear.headers["content-length"]))
        await ear.listens()
        return ear, bytes(ear.sound)

    async def is_made(self) -> None:
        """The process is there and knows what is wanted."""
        await until(lambda: self.streams.maker._line is not None)
        await asyncio.sleep(0.5)

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for ear in self.ears:
            ear.close()


async def until(so: object) -> None:
    """Wait until something is so."""
    assert callable(so)
    async with asyncio.timeout(15):
        while not so():  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def streamed(data: Path) -> AsyncIterator[Listening]:
    """The evening behind its real web server, until everybody has left."""
    async with served(data) as (place, port):
        listening = Listening(await evening_in(place), port)
        try:
            yield listening
        finally:
            await listening.close()
            for page in place.pages:
                await page.leave()


async def closed(room: Listening) -> dict[str, str]:
    """Ada's room for whom she invites; Ben is. Gives what he is told of its streams."""
    place, people = room.place, room.evening.people
    await place.room(people["Ada"], "Swifts", name="swifts", visibility="invited")
    ada = place.page(room.evening.ada.cookie)
    await ada.enter("swifts")
    async with place.browser(room.evening.ben.cookie) as browser:
        await browser.put("/api/v1/me/profile", json={"name": "Ben", "handle": "ben_b"})
    async with place.browser(room.evening.ada.cookie) as browser:
        said = {"to": "@ben_b", "role": "listener"}
        asked = await browser.post("/api/v1/rooms/swifts/asked", json=said)
    assert asked.status_code < 300, asked.text
    await ada.does("room.start")
    async with place.browser(room.evening.ben.cookie) as browser:
        return dict((await browser.get("/api/v1/rooms/swifts/stream")).json())


def path_of(address: str) -> str:
    return "/r/" + address.partition("/r/")[2]
