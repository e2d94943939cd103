"""Finds which copies are to be made, and has them made; heard of or not, each is found within a minute."""

import asyncio
import contextlib
import importlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog

from causerie.clock import DAY, HOUR, Clock
from causerie.copies import actions, hosting, leaving, store
from causerie.copies.clip_work import ClipWork
from causerie.copies.counting import Counts, add
from causerie.copies.finding import (
    ToMake,
    clips_to_make,
    given_up,
    going_with_their_group,
    outlived,
    rooms_without,
    to_make,
)
from causerie.copies.work import Work
from causerie.db import Database
from causerie.errors import Away
from causerie.ids import NOBODY
from causerie.questions.events import QuestionNameHidden
from causerie.recordings.events import CopyOutdated, TakeClosed, TakeCopied, TakeDropped, Withdrawn
from causerie.rooms.events import RoomEnded

EACH = 60.0
JOBS = "jobs.sqlite"
HINTS = (RoomEnded, TakeClosed, TakeCopied, CopyOutdated, TakeDropped, Withdrawn, QuestionNameHidden)
MARGIN = 2
"""Days: a clock that was a day wrong then, or is now, deletes nothing too early."""
log = structlog.get_logger()


@dataclass
class Jobs:
    """Sweeps at the start, each minute, and when it hears of something."""

    database: Database
    work: Work
    clips: ClipWork
    clock: Clock
    counts: Counts
    at_once: int = 1
    keep_days: int = 0
    swept: int = 0
    _dropped: bool = True
    _tried: int = -HOUR
    _durable: Any = None
    _heard: asyncio.Event = field(default_factory=asyncio.Event)
    _sweeping: "asyncio.Task[None] | None" = None

    def open(self) -> None:
        self.work.loop = self.clips.loop = asyncio.get_running_loop()
        self._sweeping = asyncio.create_task(self._sweep_again_and_again(), name="copies")

    async def close(self) -> None:
        """What is begun stays begun, and is gone on with at the next start."""
        self.work.leave()
        self.clips.leave()
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)
        if self._durable is not None:
            await asyncio.to_thread(self._durable.leave)

    def hear(self, events: Iterable[object]) -> None:
        """Something happened; where it may concern a copy, it is looked for at once."""
        heard = [event for event in events if isinstance(event, HINTS)]
        if heard:
            self._dropped = self._dropped or any(isinstance(event, TakeDropped) for event in heard)
            self.hint()

    def hint(self) -> None:
        """Something may be to be done now."""
        self._heard.set()

    async def sweep(self) -> None:
        """Have a copy of every room that is over and was recorded; begin what is wanted, end what is not any more."""
        await self._write_counts()
        await self._let_go()
        await self._try_again()
        async with self.database.read() as connection:
            without = await rooms_without(connection)
        for room in without:
            await self.database.write(partial(actions.begin, room=room))
        async with self.database.read() as connection:
            wanted = await to_make(connection)
            clips = await clips_to_make(connection)
        for one in wanted:
            self.work.stop(one.copy, before=one.number)
            await self.work.clear_files(one.copy)
            await self._want(one)
        for clip in clips:
            await self._want_clip(clip)
        await self.clips.clear_taken_away()
        if self._dropped:
            await self.work.clear_gone()
            self._dropped = False
        self.swept += 1

    async def _let_go(self) -> None:
        """Whom no host has answered is let go; copies older than they are kept, or of a group that is gone, go."""
        now = self.clock.now()
        async with self.database.read() as connection:
            late = await leaving.due(connection, now=now)
            old = await outlived(connection, before=now - (self.keep_days + MARGIN) * DAY) if self.keep_days else []
            old += await going_with_their_group(connection)
        for room, id in late:
            await self.work.act(room, partial(leaving.grant, id=id, by=NOBODY))
        for room in old:
            self._dropped = True
            await self.work.act(room, partial(hosting.outlive, by=NOBODY))

    async def _try_again(self) -> None:
        """What could not be made is tried again at each start, and each hour."""
        if (now := self.clock.now()) < self._tried + HOUR:
            return
        self._tried = now
        async with self.database.read() as connection:
            found = await given_up(connection)
        for copy in found:
            await self.database.write(partial(store.change, copy=copy, state="processing"))

    async def _write_counts(self) -> None:
        fresh = self.counts.taken()
        if not fresh:
            return
        try:
            await self.database.write(partial(add, fresh=fresh))
        except Away:
            self.counts.given_back(fresh)
            raise

    async def _want(self, one: ToMake) -> None:
        """Kept first, done later."""
        await asyncio.to_thread((await self._kept()).want, one.id, one.copy, one.number)

    async def _want_clip(self, one: ToMake) -> None:
        await asyncio.to_thread((await self._kept()).want_clip, f"clip-{one.id}", one.copy, one.number)

    async def _kept(self) -> Any:
        """What keeps the order of the work; it is fetched when it is needed first."""
        if self._durable is None:
            durable = await asyncio.to_thread(importlib.import_module, "causerie.copies.durable")
            await asyncio.to_thread(durable.launch, self.work.data / JOBS, self.at_once, self.work, self.clips)
            self._durable = durable
        return self._durable

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
