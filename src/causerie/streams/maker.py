"""Keeps the process that makes streams: there while somebody listens, back when it died, away when nobody does."""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import Callable

import structlog

from causerie.streams import ticks
from causerie.streams.pieces import Piece, Reading, Wanted, asked

CHILD = "causerie.streams.child"
FIRST_WAIT, LONGEST_WAIT, STEADY = 0.25, 30.0, 60.0
ROOM_FOR_TICKS = 8 << 20
log = structlog.get_logger()


class Maker:
    """`began` is called when a process is there and knows of nothing; `heard` gets each piece.

    `deaths`: how often it ended while somebody listened.
    `entrance` is where the media core writes ticks; it stays the same over all processes.
    """

    def __init__(self, heard: Callable[[Piece], None], began: Callable[[], None]) -> None:
        self.heard, self.began = heard, began
        self.starts = self.deaths = 0
        # In order and whole; unlike with SOCK_DGRAM the number that may wait is not a system's ten (unix(7)).
        self.entrance, self._exit = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for one in (self.entrance, self._exit):
            one.setblocking(False)
        self.entrance.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM_FOR_TICKS)
        self._line: asyncio.WriteTransport | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._alone = asyncio.Lock()
        self.process: asyncio.subprocess.Process | None = None

    def begin(self) -> None:
        """It is needed; nothing happens where it is there already."""
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep(), name="streams")

    async def rest(self) -> None:
        """Nobody listens any more."""
        keeping, self._keeping = self._keeping, None
        if keeping is not None:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    def close(self) -> None:
        self.entrance.close()
        self._exit.close()

    def want(self, wanted: Wanted) -> None:
        """Tell it; where there is no process now, the next one is told when it begins."""
        if self._line is not None:
            self._line.write(asked(wanted))

    async def _keep(self) -> None:
        loop, wait = asyncio.get_running_loop(), FIRST_WAIT
        while True:
            since = loop.time()
            async with self._alone:
                await self._once()
            self.deaths += 1
            wait = FIRST_WAIT if loop.time() - since > STEADY else min(2 * wait, LONGEST_WAIT)
            log.warning("streams.process_died", again_in=wait)
            await asyncio.sleep(wait)

    async def _once(self) -> None:
        """One process, from its beginning to its end."""
        self._empty()
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        fds = self._exit.fileno(), theirs.fileno()
        command, quiet = (sys.executable, "-m", CHILD, *map(str, fds)), asyncio.subprocess.DEVNULL
        try:
            self.process = await asyncio.create_subprocess_exec(
                *command, stdin=quiet, stdout=quiet, env=dict(os.environ), pass_fds=fds
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        try:
            await self._speak(ours)
            await self.process.wait()
        finally:
            await self._end(self.process)

    async def _speak(self, ours: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        self._line, _ = await loop.create_unix_connection(lambda: _Line(self.heard), sock=ours)
        self.starts += 1
        self.began()

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """It keeps nothing that would be lost."""
        if self._line is not None:
            self._line.abort()
            self._line = None
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        self.process = None

    def _empty(self) -> None:
        """What was said while no process was there is too old."""
        with contextlib.suppress(BlockingIOError):
            while True:
                self._exit.recv(ticks.LARGEST)


class _Line(asyncio.Protocol):
    """What comes from the process."""

    def __init__(self, heard: Callable[[Piece], None]) -> None:
        self._heard, self._reading = heard, Reading()

    def data_received(self, data: bytes) -> None:
        for piece in self._reading.taken(data):
            self._heard(piece)
