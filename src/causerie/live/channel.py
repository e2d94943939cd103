"""One audience's numbered events, and a ring of the last ones for those who come back."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

from causerie.live import protocol as wire

KEPT_MS = 60_000
KEPT_BYTES = 1 << 20


@dataclass
class Channel:
    """Events get numbers without holes; a frame is encoded once, whoever hears it."""

    name: Literal["room", "desk", "me"]
    n: int = 0
    ring: deque[tuple[int, int, str]] = field(default_factory=deque)
    kept: int = 0

    def say(self, events: list[Any], now: int) -> str:
        """Number these events and give the frame that carries them."""
        before, self.n = self.n, self.n + len(events)
        frame = wire.Events(channel=self.name, n=self.n, events=events).model_dump_json(by_alias=True)
        self.ring.append((before, now, frame))
        self.kept += len(frame)
        # A frame that is larger than the whole ring is not kept: who missed it gets a snapshot.
        while self.ring and (self.kept > KEPT_BYTES or self.ring[0][1] < now - KEPT_MS):
            self.kept -= len(self.ring.popleft()[2])
        return frame

    def forget(self) -> None:
        """Something happened that was not said: whoever stood before it gets a snapshot."""
        self.n += 1
        self.ring.clear()
        self.kept = 0

    def since(self, n: int) -> list[str] | None:
        """The frames after number `n`; None where some of them are forgotten or `n` was never said."""
        if n == self.n:
            return []
        if all(before != n for before, _, _ in self.ring):
            return None
        return [frame for before, _, frame in self.ring if before >= n]
