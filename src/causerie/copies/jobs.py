"""Finds which copies are to be made, and has them made; heard of or not, each is found within a minute."""

import asyncio
import contextlib
import importlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog

from causerie.copies import actions
from causerie.copies.finding import ToMake, rooms_without, to_make
from causerie.copies.work import Work
from causerie.db import Database
from causerie.errors import Away
from causerie.questions.events import QuestionNameHidden
from causerie.recordings.events import CopyOutdated, TakeClosed
from causerie.rooms.events import RoomEnded

EACH = 60.0
JOBS = "jobs.sqlite"
HINTS = (RoomEnded, TakeClosed, CopyOutdated, QuestionNameHidden)
log = structlog.get_logger()


@dataclass
class Jobs:
    """Sweeps at the start, each minute, and when it hears of something."""

    database: Database
    work: Work
    at_once: int = 1
    _durable: Any = None
    _heard: asyncio.Event = field(default_factory=asyncio.Event)
    _sweeping: "asyncio.Task[None] | None" = None

    def open(self) -> None:
        self.work.loop = asyncio.get_running_loop()
        self._sweeping = asyncio.create_task(self._sweep_again_and_again(), name="copies")

    async def close(self) -> None:
        """What is begun stays begun, and is gone on with at the next start."""
        self.work.leave()
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)
        if self._durable is not None:
            await asyncio.to_thread(self._durable.leave)

    def hear(self, events: Iterable[object]) -> None:
        """Something happened; where it may concern a copy, it is looked for at once."""
        if any(isinstance(event, HINTS) for event in events):
            self.hint()

    def hint(self) -> None:
        """Something may be to be done now."""
        self._heard.set()

    async def sweep(self) -> None:
        """Have a copy of every room that is over and was recorded; begin what is wanted, end what is not any more."""
        async with self.database.read() as connection:
            without = await rooms_without(connection)
        for room in without:
            await self.database.write(partial(actions.begin, room=room))
        async with self.database.read() as connection:
            wanted = await to_make(connection)
        for one in wanted:
            self.work.stop(one.copy, before=one.number)
            await self._want(one)

    async def _want(self, one: ToMake) -> None:
        """Kept first, done later; what keeps it is fetched when it is needed first."""
        if self._durable is None:
            durable = await asyncio.to_thread(importlib.import_module, "causerie.copies.durable")
            await asyncio.to_thread(durable.launch, self.work.data / JOBS, self.at_once, self.work)
            self._durable = durable
        await asyncio.to_thread(self._durable.want, one.id, one.copy, one.number)

    async def _sweep_again_and_again(self) -> None:
        while True:
            self._heard.clear()
            try:
                await self.sweep()
            except Away:
                log.warning("copies.away")
            except Exception:  # one fault must not keep all copies waiting for ever
                log.exception("copies.sweep")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._heard.wait(), EACH)
