"""Whose word is heard next: a few words at a time, in turn, and first of who has been silent.

However many talk at once, between two handfuls of words the server does everything else: whoever says one thing now
and then, a host for one, waits for a handful and not for the crowd. The order is that of RFC 8290, 4.1.
"""

import asyncio
from collections import deque
from typing import Protocol

HANDFUL = 16


class Speaking(Protocol):
    """A page that may have said something."""

    loop: asyncio.AbstractEventLoop

    def is_heard(self) -> bool:
        """Hand over the next word; False where there is none, or the one before is still being done."""


class Hearing:
    """Two lines: who was silent until now, then everybody who goes on."""

    def __init__(self) -> None:
        self._silent: deque[Speaking] = deque()
        self._talking: deque[Speaking] = deque()
        self._standing: set[Speaking] = set()
        self._goes_on = False

    def wants(self, page: Speaking) -> None:
        """This page said something."""
        self._stand(page, self._silent)

    def goes_on(self, page: Speaking) -> None:
        """What this page said last is done, and there is more."""
        self._stand(page, self._talking)

    def _stand(self, page: Speaking, line: deque[Speaking]) -> None:
        if page not in self._standing:
            self._standing.add(page)
            line.append(page)
            self._go_on(page.loop)

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        if not self._goes_on:
            self._goes_on = True
            loop.call_soon(self._hear, loop)

    def _hear(self, loop: asyncio.AbstractEventLoop) -> None:
        """One handful. Who was heard stands in the long line until they have been silent for a round of it."""
        self._goes_on = False
        for _ in range(HANDFUL):
            line = self._silent or self._talking
            if not line:
                return
            page = line.popleft()
            if page.is_heard():
                self._talking.append(page)
            else:
                self._standing.discard(page)
        self._go_on(loop)
