"""Time is an argument. Moments are milliseconds since 1970, UTC."""

import time
from dataclasses import dataclass
from typing import Protocol

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Clock(Protocol):
    """Tells the moment."""

    def now(self) -> int: ...


class WallClock:
    """The machine's own clock."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000


@dataclass
class HandClock:
    """A clock that stands until somebody turns it."""

    moment: int = 1_800_000_000_000

    def now(self) -> int:
        return self.moment

    def turn(self, milliseconds: int) -> None:
        self.moment += milliseconds
