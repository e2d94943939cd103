"""Counts who hears a room, each second, and keeps it each minute: a kill loses the last minute and no more."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from causerie.clock import MINUTE
from causerie.db import Tx
from causerie.errors import Refusal
from causerie.live.hub import Hub
from causerie.recordings.live import RecordedRoom
from causerie.rooms.audience import attendance
from causerie.rooms.audience.attendance import Attendance

Write = Callable[[Callable[[Tx], Awaitable[None]]], Awaitable[object]]


@dataclass
class Counting:
    """What was counted of every room that is live here."""

    write: Write
    rooms: dict[str, Attendance] = field(default_factory=dict)
    _kept_at: dict[str, int] = field(default_factory=dict)

    def hear(self, key: str, hub: Hub, live: RecordedRoom, now: int) -> None:
        """Whoever is in the audience now, by a page or by another program."""
        if live.room.phase == "live":
            pages = {str(person) for person in hub.here if person not in live.stage.seats}
            programs = {str(person) for person in hub.programs.people if person not in live.stage.seats}
            counted = self.rooms.setdefault(key, Attendance())
            counted.hear(pages | programs, now, listeners=hub.listeners(live))
        elif key in self.rooms:
            self.rooms[key].hear(frozenset(), now, listeners=0)

    async def keep(self, key: str, live: RecordedRoom, now: int) -> None:
        """Each minute, and once when the room is over; tried again in a second where that cannot be."""
        counted, over = self.rooms.get(key), live.room.phase != "live"
        if counted is None or (not over and now - self._kept_at.setdefault(key, now) < MINUTE):
            return
        try:
            await self.write(partial(attendance.note, room=live.room.id, counted=counted.counted(now)))
        except Refusal:
            return
        self._kept_at[key] = now
        if over:
            del self.rooms[key], self._kept_at[key]
