"""A whole causerie behind its real web server, on a port of its own on this machine."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import uvicorn
from websockets.asyncio.client import ClientConnection, connect

from causerie.app import built, running, serve
from causerie.clock import HandClock
from causerie.config import Settings
from tests.invariants import Watch
from tests.place import Place
from tests.sound_on_paper import PaperEngine


@contextlib.asynccontextmanager
async def served(data: Path, **sections: dict[str, Any]) -> AsyncIterator[tuple[Place, int]]:
    """The place and its port; it ticks by itself, and the invariants are watched in it."""
    settings = Settings(data=data, **{**sections, "web": {"port": 0, **sections.get("web", {})}})
    engine, clock, servers = PaperEngine(), HandClock(), []
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    class Server(uvicorn.Server):
        """uvicorn's own, at hand so that it can be told to stop; signals stay with the tests."""

        def __init__(self, config: uvicorn.Config) -> None:
            super().__init__(config)
            servers.append(self)

        @contextlib.contextmanager
        def capture_signals(self):
            yield

    async def ready(address: str) -> None:
        opened.set_result(address)

    with patch("causerie.app.uvicorn.Server", Server):
        async with running(built(settings, engine=engine, clock=clock)) as causerie:
            serving = asyncio.create_task(serve(causerie, ready=ready))
            address = await asyncio.wait_for(opened, 10)
            place = Place(causerie, engine, clock)
            watch = Watch(place)
            try:
                with watch.looking_on():
                    yield place, int(address.rsplit(":", 1)[1])
                    await at_rest(place)
                    await watch.at_the_end()
            finally:
                servers[0].should_exit = True
                await serving
            assert not watch.broken, "\n".join(watch.broken)


async def at_rest(place: Place) -> None:
    """What pages that are gone leave to be done is done."""
    turns = place.causerie.rooms.turns
    async with asyncio.timeout(10):
        while unfinished := [done for key in turns.states for done in turns._unfinished[key]]:
            await asyncio.wait(unfinished)


def opening(port: int, cookie: str, *, origin: str | None = None, path: str = "/live", **more: Any) -> connect:
    """A page's WebSocket from our own site, unless another origin is said; `origin=""` sends none."""
    ours = f"http://localhost:{port}"
    headers = {"Cookie": cookie} if cookie else {}
    return connect(
        f"ws://localhost:{port}{path}",
        origin=(ours if origin is None else origin) or None,
        additional_headers=headers,
        proxy=None,
        **more,
    )


async def entered(page: ClientConnection, room: str = "sparrows") -> None:
    """Come in and read what one is told."""
    await page.send(f'{{"do": "room.enter", "id": "enter", "room": "{room}"}}')
    while '"ack"' not in str(await asyncio.wait_for(page.recv(), 10)):
        pass
