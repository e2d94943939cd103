"""How often one person may do something that costs everybody a little."""

from collections import defaultdict

from causerie.clock import SECOND
from causerie.errors import TooMany
from causerie.ids import PersonId


class Pace:
    """So many a second for each person; what comes faster is refused."""

    def __init__(self, most: int, refusal: type[TooMany]) -> None:
        self.most = most
        self.refusal = refusal
        self._second = 0
        self._taken: dict[PersonId, int] = defaultdict(int)

    def take(self, person: PersonId, now: int) -> None:
        """One more of this second; or the refusal."""
        if now // SECOND != self._second:
            self._second = now // SECOND
            self._taken.clear()
        if self._taken[person] >= self.most:
            raise self.refusal
        self._taken[person] += 1
