"""Who speaks, for those who hear it later: a name lights up when its voice is heard."""

from collections import deque
from dataclasses import dataclass, field

from causerie.clock import SECOND
from causerie.rooms.state import Room

# The longest safety delay, and a tick that came late before it.
KEPT, LONGEST = 23 * SECOND, 3 * SECOND


@dataclass
class Voices:
    """The speaker numbers that sounded at each tick of the last seconds."""

    _sounded: deque[tuple[int, list[int]]] = field(default_factory=deque)

    def hear(self, speaking: list[int], now: int) -> None:
        """These sound now."""
        self._sounded.append((now, speaking))
        while self._sounded[0][0] < now - KEPT:
            self._sounded.popleft()

    def heard(self, room: Room, now: int) -> list[int]:
        """Whom the audience hears now; nobody while that was taken out, or they heard it before."""
        at = now - room.safety_delay
        if room.safety_delay and (room.took_out(at) or at < room.held_since):
            return []
        when, who = next((one for one in reversed(self._sounded) if at - LONGEST < one[0] <= at), (at, []))
        # A tick tells of the moment before it.
        return [] if room.took_out(when - 1) else who
