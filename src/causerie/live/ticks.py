"""The clockwork of all rooms: a tick that gathers what is told, and a sweep a second beside it."""

import asyncio
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import structlog

from causerie.clock import MINUTE, SECOND
from causerie.errors import Refusal
from causerie.live.sweeping import Sweeping
from causerie.rooms import absence, queries
from causerie.rooms.leading import GRACE
from causerie.rooms.life import MISSED

if TYPE_CHECKING:  # they hold each other
    from causerie.live.rooms import Rooms

log = structlog.get_logger()


class Ticks:
    """Ticks every room that somebody is in, 1 to 4 times a second; the ticks do not wait for the sweep."""

    def __init__(self, rooms: "Rooms") -> None:
        self._rooms = rooms
        self._swept = Sweeping(rooms)
        self._ticking: asyncio.Task[None] | None = None
        self._sweeping: asyncio.Task[None] | None = None
        self._looked = 0
        self._noted = 0

    def begin(self) -> None:
        self._looked = self._rooms.clock.now() + GRACE  # hosts of rooms that are overdue may be on their way back
        self._ticking = asyncio.create_task(self._tick(), name="ticks")

    async def stop(self) -> None:
        for task in (self._ticking, self._sweeping):  # the ticks first: they begin the sweeps
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _tick(self) -> None:
        swept, rooms = 0, self._rooms
        while True:
            most = max((len(hub.pages) for hub in rooms.hubs.values()), default=0)
            await asyncio.sleep(min(1.0, max(0.25, most / 10_000)))
            now = rooms.clock.now()
            for key, hub in rooms.hubs.items():
                if hub.pages:
                    with _alone(key):
                        hub.tick(rooms.state(key), now)
            if now - swept >= SECOND and (self._sweeping is None or self._sweeping.done()):
                swept = now
                self._sweeping = asyncio.create_task(self.sweep(now), name="sweep")

    async def sweep(self, now: int) -> None:
        """What time alone brings about; rooms that nobody needs any more are let go."""
        if now - self._looked >= MINUTE:
            self._looked = now
            await self._find_overdue(now)
            await self._rooms.groups.let_go(now)
        self._rooms.recorder.look()
        for key, hub in list(self._rooms.hubs.items()):
            with _alone(key):
                await self._swept.room(key, hub, now)
        if now - self._noted >= absence.NOTED_APART:
            await self._note(now)

    async def _note(self, now: int) -> None:
        """While a room is live, it is known after a kill until when it was."""
        if any(live.room.phase == "live" for live in self._rooms.turns.states.values()):
            with contextlib.suppress(Refusal):  # the database is away: tried again in a second
                await self._rooms.database.write(absence.note)
                self._noted = now

    async def _find_overdue(self, now: int) -> None:
        """Rooms that should have begun and that nobody is in, hosts neither: the sweep says what became of them."""
        async with self._rooms.database.read() as connection:
            overdue = await queries.overdue(connection, since=now - MISSED)
        for room in overdue:
            await self._rooms.come(room, away_since=now - MISSED)


@contextlib.contextmanager
def _alone(key: str) -> Iterator[None]:
    """A fault in one room leaves the others their ticks."""
    try:
        yield
    except Exception:
        log.exception("live.tick", room=key)
