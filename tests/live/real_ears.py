"""Pages of the doors with real sound: each has a connection of its own (aiortc), speaks a tone, keeps what it hears."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

from aiortc import RTCPeerConnection, RTCSessionDescription

from causerie._engine import Engine
from tests.live.conftest import Evening, evening_in
from tests.media.engine_people import HEARD, Ear, Page, Voice, add_candidates, strength
from tests.place import Page as Door
from tests.place import opened

LINES = 5
BACKSTAGE = 4


@dataclass
class Sounding:
    """An evening over the real core, and everybody's ears."""

    evening: Evening
    engine: Engine
    pages: list[Page] = field(default_factory=list)
    listening: list[asyncio.Task[None]] = field(default_factory=list)

    async def connects(self, door: Door, voice: Voice | None = None) -> Page:
        """A page offers its connection through the door it came by."""
        page = self.page(voice)
        await page.connection.setLocalDescription(await page.connection.createOffer())
        told = await door.does("media.offer", sdp=page.connection.localDescription.sdp)
        (answer,) = [frame["sdp"] for frame in door.frames if frame["type"] == "answer" and frame["id"] == told["id"]]
        page.peer = max(self.evening.place.causerie.media.peers)
        await self.hears_from(page, answer)
        return page

    def page(self, voice: Voice | None = None) -> Page:
        page = Page(0, RTCPeerConnection())
        self.pages.append(page)
        page.connection.on("track", lambda track: self._lend_ear(page, Ear(track)))
        if voice is not None:
            page.connection.addTransceiver(voice, direction="sendrecv")
        for _ in range(LINES - len(page.connection.getTransceivers())):
            page.connection.addTransceiver("audio", direction="recvonly")
        return page

    async def hears_from(self, page: Page, answer: str) -> None:
        await page.connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        await add_candidates(page.connection, answer)
        await self.until(lambda: page.connection.connectionState == "connected")

    def _lend_ear(self, page: Page, ear: Ear) -> None:
        page.ears.append(ear)
        self.listening.append(asyncio.ensure_future(ear.listen()))

    async def until(self, so: Callable[[], bool]) -> None:
        for _ in range(500):
            if so():
                return
            await asyncio.sleep(0.02)
        raise TimeoutError

    async def close(self) -> None:
        for page in self.pages:
            await page.connection.close()
        for task in self.listening:
            task.cancel()
        await asyncio.gather(*self.listening, return_exceptions=True)


def pieces_with(ear: Ear, hz: float) -> int:
    """In how many of the pieces that came by a line this tone is."""
    return sum(strength(sound, hz) > HEARD for _, sound in ear.pieces)


@contextlib.asynccontextmanager
async def sounding(data: Path) -> AsyncIterator[Sounding]:
    engine = Engine(bind="127.0.0.1", port=0, advertise=["127.0.0.1"], workers=1)
    async with opened(data, engine=engine) as place:
        here = Sounding(await evening_in(place), engine)
        try:
            yield here
        finally:
            await here.close()
