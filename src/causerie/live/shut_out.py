"""Who shouted until they were shut out: their next line waits a while before it opens, and costs nothing meanwhile."""

import time
from collections import OrderedDict

WAITS = 5.0
REMEMBERED = 10_000


class ShutOut:
    """Sessions and visitors that were shut out lately; who was it longest ago is forgotten first."""

    def __init__(self) -> None:
        self._until: OrderedDict[str, float] = OrderedDict()

    def add(self, who: str) -> None:
        """From now on this one waits."""
        self._until[who] = time.monotonic() + WAITS
        self._until.move_to_end(who)
        if len(self._until) > REMEMBERED:
            self._until.popitem(last=False)

    def wait(self, who: str) -> float:
        """Seconds until this one's line may open; 0 for everybody else."""
        left = self._until.get(who, 0.0) - time.monotonic()
        if left <= 0:
            self._until.pop(who, None)
        return max(0.0, left)
