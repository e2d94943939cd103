"""Pages of a real server, as far as they are a WebSocket."""

import asyncio
import contextlib
import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tests.media.raw_lines import RawLine
from tests.served import opening

Frame = dict[str, Any]
AGAIN_AFTER = 0.1
APART = 0.06  # twenty commands a second are taken from anybody


@dataclass
class Line:
    """One page's line; lost, it comes back when `found` is awaited."""

    port: int
    cookie: str
    socket: ClientConnection | None = None
    ids: "itertools.count[int]" = field(default_factory=itertools.count)

    async def does(self, do: str, **fields: Any) -> Frame:
        """Say a command; what became of it."""
        told = await self._said(do, **fields)
        return told[-1]

    async def enters(self, room: str) -> Frame:
        """Come in, or look anew; the snapshot."""
        told = await self._said("room.enter", room=room)
        return next(frame for frame in told if frame["type"] == "snapshot")

    async def speaks(self, room: str, sound: RawLine) -> None:
        """Come in with a microphone that is connected."""
        told = await self._said("room.enter", room=room, sdp=await sound.offer())
        await sound.answered(next(frame["sdp"] for frame in told if frame["type"] == "answer"))

    async def comes(self) -> None:
        self.socket = await opening(self.port, self.cookie)

    async def found(self) -> None:
        """Come back after the line was lost, as soon as somebody answers."""
        while True:
            with contextlib.suppress(OSError, ConnectionClosed):
                await self.comes()
                return
            await asyncio.sleep(AGAIN_AFTER)

    async def leaves(self) -> None:
        if self.socket is not None:
            await self.socket.close()

    async def _said(self, do: str, **fields: Any) -> list[Frame]:
        assert self.socket is not None
        id, told = f"c{next(self.ids)}", list[Frame]()
        await asyncio.sleep(APART)
        await self.socket.send(json.dumps({"do": do, "id": id, **fields}))
        async with asyncio.timeout(60):
            while not (told and told[-1]["type"] in ("ack", "refused") and told[-1]["id"] == id):
                told.append(json.loads(await self.socket.recv()))
        return told
