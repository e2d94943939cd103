"""Has people told: finds what is due, tells everybody whom it concerns, and delivers what is on its way."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

import structlog

from causerie.clock import Clock
from causerie.db import Database
from causerie.errors import Away
from causerie.floor.events import AskedAhead
from causerie.notices.asking import let_go_of_letters, send_some
from causerie.notices.deliveries import forget_old, let_go_of_all
from causerie.notices.delivering import Delivering
from causerie.notices.finding import due
from causerie.notices.kinds import Telling
from causerie.notices.strangers import forget, used
from causerie.notices.telling import begin, begun, tell_some
from causerie.questions.events import QuestionAnswered, QuestionNext, QuestionOnAir
from causerie.recordings.events import TakeCopied
from causerie.rooms.events import (
    HostAsked,
    RoleGiven,
    RoomAnnounced,
    RoomCancelled,
    RoomMissed,
    RoomMoved,
    RoomReopened,
    RoomStarted,
)

EACH = 15.0
"""Seconds: so much later than planned may somebody be reminded."""
BETWEEN = 0.02
"""Seconds in which others write between two slices of a telling."""
HINTS = (
    RoomAnnounced,
    RoomStarted,
    RoomMoved,
    RoomCancelled,
    RoomMissed,
    RoomReopened,
    RoleGiven,
    HostAsked,
    AskedAhead,
    QuestionNext,
    QuestionOnAir,
    QuestionAnswered,
    TakeCopied,
)
log = structlog.get_logger()


@dataclass
class Notices:
    """Two loops: one tells, one delivers. Either can be killed anywhere; the rows say how far it was."""

    database: Database
    clock: Clock
    delivering: Delivering
    between: float = BETWEEN
    swept: int = 0
    _heard: asyncio.Event = field(default_factory=asyncio.Event)
    _told: asyncio.Event = field(default_factory=asyncio.Event)
    _loops: "list[asyncio.Task[None]]" = field(default_factory=list)

    def open(self) -> None:
        loops = (self._again("telling", self._heard, self.sweep), self._again("delivering", self._told, self.deliver))
        self._loops = [asyncio.create_task(loop) for loop in loops]

    async def close(self) -> None:
        """What is begun stays begun, and is gone on with at the next start."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        if self.delivering.post is not None:
            await self.delivering.post.close()

    def hear(self, events: Iterable[object]) -> None:
        """Something happened; where people may have to be told, it is looked for at once."""
        if any(isinstance(event, HINTS) for event in events):
            self.look()

    def look(self) -> None:
        """Something may be to be told now, and to be delivered."""
        self._heard.set()
        self._told.set()

    def hint(self) -> None:
        """Something may be to be delivered now."""
        self._told.set()

    async def sweep(self) -> None:
        """Tell what is due to everybody whom it concerns."""
        async with self.database.read() as connection:
            found = await due(connection, now=self.clock.now())
            gone = await used(connection, now=self.clock.now())
        for telling in found:
            await self.database.write(partial(begin, telling=telling))
        async with self.database.read() as connection:
            open_ = await begun(connection)
        for telling in open_:
            await self._tell(telling)
        for person in gone:
            await self.database.write(partial(forget, person=person))
        self.swept += 1

    async def _tell(self, telling: Telling) -> None:
        """Tell everybody whom it concerns, some at a time."""
        left: Telling | None = telling
        try:
            while left is not None:
                mail = self.delivering.post is not None
                rest, _ = await self.database.write(partial(tell_some, telling=left, mail=mail))
                left = rest
                self.hint()
                await asyncio.sleep(self.between)
        except Away:
            raise
        except Exception:  # one that goes wrong keeps no other waiting
            log.exception("notices.telling", key=telling.key)

    async def deliver(self) -> None:
        """Deliver until nothing is due."""
        while await self.delivering.deliver_some() + await send_some(self.delivering):
            pass

    async def _again(self, what: str, heard: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
        fresh = what == "delivering"
        while True:
            heard.clear()
            try:
                if fresh:
                    await self.begin_anew()
                    fresh = False
                await work()
            except Away:
                log.warning(f"notices.{what}.away")
            except Exception:  # one fault must not keep everybody from being told
                log.exception(f"notices.{what}")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), EACH)

    async def begin_anew(self) -> None:
        """What was held when the program ended is free again, where it is the only one on these rows."""
        if self.database.sqlite:
            await self.database.write(let_go_of_all)
            await self.database.write(let_go_of_letters)
        await self.database.write(forget_old)
