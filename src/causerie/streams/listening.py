"""One connection that takes a stream."""

import asyncio
import secrets
from collections import deque

from causerie.ids import PersonId
from causerie.streams.pieces import Format, Piece
from causerie.streams.ticks import RATE

BEHIND = 8 * RATE
"""Who has so many samples waiting here does not follow, and is let go."""


class Listener:
    """Gets pieces in order; `gone` is set when nothing more is to be waited for, be it in the middle of one.

    `id`: what tells it from others; `by`: whose connection it is, where that is known; `since`: in ms of the wall
    clock; `bytes`: how many they took.
    """

    def __init__(
        self, room: str, format: Format, begins: bytes, recent: list[Piece], *, by: PersonId | None, since: int
    ) -> None:
        self.id, self.room, self.format = f"stream-{secrets.token_hex(8)}", room, format
        self.by, self.since, self.bytes = by, since, 0
        self.gone, self.slow = asyncio.Event(), False
        self._waiting = deque([(begins, 0), *((piece.data, piece.samples) for piece in recent)])
        self._samples = sum(piece.samples for piece in recent)
        self._news = asyncio.Event()
        self._over = False

    def hear(self, data: bytes, samples: int) -> bool:
        """One more piece, by reference; False where this one cannot follow and is let go."""
        self._waiting.append((data, samples))
        self._samples += samples
        self._news.set()
        if self._samples > BEHIND:
            self.slow = True
            self.cut()
        return not self.slow

    def end(self) -> None:
        """Nothing more comes; what waits is still theirs."""
        self._over = True
        self._news.set()

    def cut(self) -> None:
        """Now, whatever waits."""
        self._waiting.clear()
        self.end()
        self.gone.set()

    async def next(self) -> bytes | None:
        """The next piece; None at the end."""
        while not self._waiting:
            if self._over:
                return None
            self._news.clear()
            await self._news.wait()
        data, samples = self._waiting.popleft()
        self._samples -= samples
        self.bytes += len(data)
        return data

    @property
    def waits(self) -> int:
        """How many milliseconds of sound they have not taken yet."""
        return 1000 * self._samples // RATE
