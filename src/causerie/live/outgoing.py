"""Frames to one page, at the page's own pace: a slow reader delays nobody and costs a bounded amount.

A send to a writable socket finishes without suspending, so the coroutine is stepped once on the spot. Only where it
suspends (the socket is full) a task carries it on, and later frames wait in a bounded line. Frames without a number may
be dropped; when numbered ones do not fit, the page is told to come back and resume (close 1013).
"""

import asyncio
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator, MutableMapping
from typing import Any

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
WAITING_BYTES = 1 << 20
TRY_AGAIN = 1013


class Outgoing:
    """What goes to one page. `overflowed` is called once when it cannot keep up."""

    def __init__(self, send: Send, overflowed: Callable[[], None]) -> None:
        self._send = send
        self._overflowed = overflowed
        self._line: deque[str] = deque()
        self._bytes = 0
        self._task: asyncio.Task[None] | None = None
        self.closed = False
        self.dropped = 0

    def frame(self, text: str, *, may_be_lost: bool = False) -> None:
        """Send now, or stand in line."""
        if self.closed:
            return
        if self._task is not None:
            self._stand_in_line(text, may_be_lost)
            return
        sending: Coroutine[Any, Any, None] = self._send({"type": "websocket.send", "text": text})  # type: ignore[assignment]  # ASGI's send is a coroutine function
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except Exception:  # the page is gone; its reader notices
            self.closed = True
            return
        self._task = asyncio.get_running_loop().create_task(self._carry_on(sending, waits_for))

    def end(self) -> None:
        """Nothing more goes out."""
        self.closed = True
        if self._task is not None:
            self._task.cancel()
        self._line.clear()

    def _stand_in_line(self, text: str, may_be_lost: bool) -> None:
        if may_be_lost:
            self.dropped += 1
            return
        self._line.append(text)
        self._bytes += len(text)
        if self._bytes > WAITING_BYTES:
            self.end()
            self._overflowed()

    async def _carry_on(self, sending: Coroutine[Any, Any, None], waits_for: Any) -> None:
        try:
            await _resumed(sending, waits_for)
            while self._line:
                text = self._line.popleft()
                self._bytes -= len(text)
                await self._send({"type": "websocket.send", "text": text})
        except Exception:  # the page is gone; its reader notices
            self.closed = True
        finally:
            self._task = None


@types.coroutine
def _resumed(sending: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    """Go on with a coroutine that was stepped by hand up to its first wait."""
    while True:
        try:
            given = yield waits_for
        except BaseException as thrown:
            step = sending.throw(thrown)
        else:
            try:
                step = sending.send(given)
            except StopIteration:
                return
        waits_for = step
