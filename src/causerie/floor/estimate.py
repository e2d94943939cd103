"""How long one still waits, as honestly as the evening so far lets us say."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from causerie.clock import MINUTE


@dataclass(frozen=True)
class Pace:
    """How the evening goes: `usual` is the median answer, `rest` what is left of this one, `end` the planned one."""

    usual: float
    rest: float
    now: int = 0
    end: int | None = None

    def until(self, place: int) -> int:
        """Minutes until this place's turn: the rest of this answer, and an answer for each before it."""
        return round(self._wait(place) / MINUTE)

    def after_end(self, place: int) -> int | None:
        """The planned end, where this place's turn would probably come after it."""
        return self.end if self.end is not None and self.now + self._wait(place) > self.end else None

    def _wait(self, place: int) -> float:
        return self.rest + (place - 1) * self.usual


def pace(
    answers: Sequence[tuple[int, int]], on_air_since: int | None, now: int, ends_at: int | None = None
) -> Pace | None:
    """The pace of the answers so far, each (begun, ended); None before there are two of them."""
    if len(answers) < 2:
        return None
    usual = statistics.median(ended - begun for begun, ended in answers)
    rest = max(0.0, usual - (now - on_air_since)) if on_air_since is not None else 0.0
    return Pace(usual, rest, now, ends_at)
