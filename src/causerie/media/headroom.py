"""Whether this machine can carry one more listener, by what its media core measures."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from causerie.errors import Refusal

LOOKS_APART = 1.0
LATE, AT_EASE = 100_000, 40_000
"""Microseconds that a worker is behind: sound comes each 20,000, and pages have a few of them in store."""
BUSY, NOT_BUSY = 970, 850
"""Thousandths of the last second in which a worker was at work: what is left carries no more."""
LOST, NOTHING_LOST = 0.01, 0.001
"""The share of packets for which the kernel had no room."""
ENOUGH = 1_000
"""Fewer packets a second are no load: somebody's line was cut."""
FULL_AFTER, FREE_AFTER = 3, 5
COME_AGAIN, SPREAD = 10, 20
"""Seconds: not before, and by so many apart, so that they do not all come back at once."""

LAG, WORK = "loop_lag_us_", "loop_busy_permille_"


class SoundFull(Refusal):
    """`wait`: in so many seconds it may be worth another try."""

    code, text = "media.full", "Live sound is full at the moment: listen by the stream."

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


@dataclass
class Headroom:
    """Full after some bad looks in a row, free again after more good ones; what is between changes nothing."""

    full: bool = False
    _doubts: int = 0
    _sent: int = 0
    _dropped: int = 0

    def look(self, counted: Mapping[str, int]) -> bool:
        """Judge what was counted since the last look; says whether there is room now and was none, or the reverse."""
        lag, busy, lost = _most(counted, LAG), _most(counted, WORK), self._lost(counted)
        bad = lag >= LATE or busy >= BUSY or lost >= LOST
        good = lag <= AT_EASE and busy <= NOT_BUSY and lost <= NOTHING_LOST
        self._doubts = self._doubts + 1 if (good if self.full else bad) else 0
        if self._doubts < (FREE_AFTER if self.full else FULL_AFTER):
            return False
        self.full, self._doubts = not self.full, 0
        return True

    def _lost(self, counted: Mapping[str, int]) -> float:
        """What share of the packets of the last second found no room in the kernel."""
        sent, dropped = counted.get("packets_out", 0), counted.get("drop_send", 0)
        out, lost = sent - self._sent, dropped - self._dropped
        self._sent, self._dropped = sent, dropped
        return lost / out if out >= ENOUGH else 0.0


def _most(counted: Mapping[str, int], of: str) -> int:
    """Of the worker that is worst off."""
    return max((value for name, value in counted.items() if name.startswith(of)), default=0)


def refused(chance: Random) -> SoundFull:
    """An answer for who would be one too many; they come back each at a moment of their own."""
    return SoundFull(COME_AGAIN + chance.randrange(SPREAD))
