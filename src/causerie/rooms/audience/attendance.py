"""How many heard a room, and for how long. Who they are is known in memory alone; what is kept are counts."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.clock import MINUTE
from causerie.db import Tx
from causerie.ids import RoomId
from causerie.rooms.audience.models import attendance

BACK = 2 * MINUTE
"""So long after a restart of the program, whoever comes has most likely been here before."""

Stays = dict[int, int]
"""How many people stayed so many whole minutes."""


@dataclass(frozen=True)
class Counted:
    """What is kept: the most at once, how long those stayed who are gone, and how long those have who are here."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    peak: int = 0
    gone: Stays = field(default_factory=dict)
    here: Stays = field(default_factory=dict)

    @property
    def all(self) -> Stays:
        return dict(Counter(self.gone) + Counter(self.here))

    @property
    def heard(self) -> int:
        """How many heard a minute or more."""
        return sum(people for minutes, people in self.all.items() if minutes >= 1)

    @property
    def median(self) -> int:
        """How many minutes half of those stayed at least."""
        behind = 0
        for minutes, people in sorted(self.all.items(), reverse=True):
            behind += people
            if minutes >= 1 and 2 * behind >= self.heard:
                return minutes
        return 0


class Attendance:
    """Counts along while a room is live.

    Whoever comes back goes on with the stay they had; in the first minutes after a restart of the program, whoever
    comes goes on with one of those that were not over: nobody knows any more whose it was, and the counts stay right.
    """

    def __init__(self, before: Counted | None = None, now: int = 0) -> None:
        before = before or Counted()
        self.peak = before.peak
        self._gone, self._open = Counter(before.gone), sorted(Counter(before.here).elements())
        self._until = now + BACK
        self._stayed: dict[str, int] = {}
        self._since: dict[str, int] = {}

    def hear(self, people: Set[str], now: int, *, listeners: int) -> None:
        """These people hear the room now."""
        if self._open and now >= self._until:
            self._gone.update(self._open)
            self._open = []
        for person in people - self._since.keys():
            if person not in self._stayed:
                self._stayed[person] = self._open.pop() * MINUTE if self._open else 0
            self._since[person] = now
        for person in self._since.keys() - people:
            self._stayed[person] += now - self._since.pop(person)
        self.peak = max(self.peak, listeners)

    def counted(self, now: int) -> Counted:
        """What there is to keep."""
        gone, here = self._gone.copy(), Counter(self._open)
        for person, stayed in self._stayed.items():
            since = self._since.get(person)
            if since is None:
                gone[stayed // MINUTE] += 1
            else:
                here[(stayed + now - since) // MINUTE] += 1
        return Counted(self.peak, dict(gone), dict(here))


_COUNTED = TypeAdapter(Counted)


async def note(tx: Tx, room: RoomId, counted: Counted) -> None:
    """Keep what was counted until now."""
    await tx.put(attendance, room=room, counted=_COUNTED.dump_json(counted).decode(), at=tx.now)


async def read(connection: AsyncConnection, room: RoomId) -> Counted | None:
    """What was counted of a room; none of one that nobody has heard."""
    row: str | None = await connection.scalar(select(attendance.c.counted).where(attendance.c.room == room))
    return _COUNTED.validate_json(row) if row is not None else None
