"""A crowd of pages without browsers: as many WebSockets as wanted in one process, each as light as a socket can be."""

import asyncio
import base64
import json
import os
import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION, VISITOR, Cookies, key_in
from causerie.clock import WallClock
from causerie.config import read
from causerie.db import Database, Tx
from causerie.rooms.actions import open_room
from tests.e2e.house import House

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
ENTER_WITHIN = 30.0


class Page(asyncio.Protocol):
    """One page: counts what it is sent, and tells `heard` of each text frame where somebody wants to know."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.frames = self.bytes = 0
        self.closed = False
        self.goodbye = ""
        self.gone: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.heard: Callable[[bytes, float], None] | None = None
        self.upgraded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._buffer = bytearray()
        self._ids = 0

    async def come(self, room: str) -> dict[str, Any]:
        """Connect and enter without sound; gives the first frame, the snapshot."""
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self.port)
        await asyncio.wait_for(self.upgraded, ENTER_WITHIN)
        first: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

        def snapshot(text: bytes, _: float) -> None:
            if not first.done():
                first.set_result(json.loads(text))

        self.heard = snapshot
        await self.does({"do": "room.enter", "room": room})
        self.heard = None
        return await first

    async def does(self, command: dict[str, Any]) -> dict[str, Any]:
        """Send a command and wait for its `ack` or `refused`."""
        self._ids += 1
        id = str(self._ids)
        done = self._waiting[id] = asyncio.get_running_loop().create_future()
        self.say(json.dumps({"id": id, **command}).encode())
        return await asyncio.wait_for(done, ENTER_WITHIN)

    def say(self, payload: bytes, opcode: int = TEXT) -> None:
        """One frame, masked as clients must, with a mask that changes nothing (RFC 6455, 5.3)."""
        size = len(payload)
        head = bytes([0x80 | opcode, 0x80 | size]) if size < 126 else struct.pack("!BBH", 0x80 | opcode, 0xFE, size)
        self.transport.write(head + b"\0\0\0\0" + payload)

    # ---- asyncio's side ----

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        origin = f"127.0.0.1:{self.port}"
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /live HTTP/1.1\r\nHost: {origin}\r\nOrigin: http://{origin}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Cookie: {self.cookie}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self.upgraded.done():
            head, end, rest = bytes(self._buffer).partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head:
                self.upgraded.set_exception(ConnectionError(head.split(b"\r\n")[0].decode()))
                return
            self.upgraded.set_result(None)
            self._buffer = bytearray(rest)
        self._read(time.perf_counter())

    def connection_lost(self, _: Exception | None) -> None:
        self.closed = True
        self.gone.set_result(time.perf_counter())
        waiting: list[asyncio.Future[Any]] = [self.upgraded, *self._waiting.values()]
        for done in waiting:
            if not done.done():
                done.set_exception(ConnectionError("the page was closed"))

    def _read(self, now: float) -> None:
        """Every whole frame there is (RFC 6455, 5.2); servers do not mask."""
        buffer, at = self._buffer, 0
        while len(buffer) >= at + 2:
            opcode, size, begins = buffer[at] & 15, buffer[at + 1], at + 2
            if size >= 126:
                wide, begins = (2, at + 4) if size == 126 else (8, at + 10)
                if len(buffer) < begins:
                    break
                size = int.from_bytes(buffer[begins - wide : begins])
            if len(buffer) < begins + size:
                break
            self._frame(opcode, buffer[begins : begins + size], now)
            at = begins + size
        del buffer[:at]

    def _frame(self, opcode: int, payload: bytearray, now: float) -> None:
        if opcode == PING:
            self.say(bytes(payload), PONG)
        elif opcode == CLOSE:
            self.goodbye = payload[2:].decode()
            self.transport.close()
        elif opcode == TEXT:
            self.frames += 1
            self.bytes += len(payload)
            if self._waiting and payload.startswith((b'{"type":"ack"', b'{"type":"refused"')):
                self._answered(json.loads(payload))
            elif self.heard is not None:
                self.heard(bytes(payload), now)

    def _answered(self, said: dict[str, Any]) -> None:
        """What became of a command, where somebody still waits for it; of what was only said nobody does."""
        done = self._waiting.pop(said["id"], None)
        if done is not None and not done.done():
            done.set_result(said)


@dataclass
class Hall:
    """A running causerie with one room, its host, and people with names who may come."""

    house: House
    room: str
    host: str
    people: list[str]
    cookies: Cookies = field(repr=False)

    def visitor(self) -> str:
        """The cookie of somebody without a name."""
        return f"{VISITOR}={self.cookies.new_visitor()[1]}"

    async def pages(self, cookies: Sequence[str], *, apart: float = 0.004) -> list[Page]:
        """All these people enter, one shortly after the other."""
        pages = [Page(self.house.web, cookie) for cookie in cookies]
        coming = []
        for page in pages:
            coming.append(asyncio.ensure_future(page.come(self.room)))
            await asyncio.sleep(apart)
        await asyncio.gather(*coming)
        return pages


async def hall(house: House, *, people: int) -> Hall:
    """A room that is live, its host at the desk; so many people with names."""

    async def written(tx: Tx) -> tuple[str, list[str]]:
        host = await accounts.add_person(tx, name="Aurélie", guest=False, admin=True, may_open_rooms=True)
        await open_room(tx, host, title="A full hall", name="hall")
        named = [await accounts.add_person(tx, name=f"Person {n}") for n in range(people)]
        tokens = [await accounts.open_session(tx, person) for person in (host, *named)]
        return tokens[0], tokens[1:]

    database = Database(read(data=house.data).database_url, WallClock())
    await database.open()
    try:
        (host, named), _ = await database.write(written)
    finally:
        await database.close()
    cookies = Cookies(key_in(house.data), secure=False)
    return Hall(house, "hall", f"{SESSION}={host}", [f"{SESSION}={token}" for token in named], cookies)
