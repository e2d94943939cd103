"""The door before every request: what is begun is finished soon, or the connection ends.

uvicorn waits without end for a head that is half sent and for a body that does not come, and keeps all of it meanwhile.
None of this is met by a browser.
"""

import asyncio
import functools
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_WITHIN = 20.0
# Whoever comes in earnest says at once what they want: a head is waited for by so many, then the oldest makes room.
WAITING_FOR_HEAD = 1024
# The head of a page's line, where all of it is there at once: websockets reads it itself, and h11 need not before.
LINE, HEAD_ENDS, HEAD_AT_MOST = b"GET /live HTTP/1.1\r\n", b"\r\n\r\n", 8192

_unheard: dict["Door", None] = {}


class Door(H11Protocol):
    """One connection that speaks HTTP. A head has at most 64 KiB: that is h11's own limit."""

    _deadline: asyncio.TimerHandle | None = None
    _upgraded = False
    _spoke = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.app = functools.partial(_with_end, self.app, transport)
        _unheard[self] = None
        self._look()
        if len(_unheard) > WAITING_FOR_HEAD:
            oldest = next(iter(_unheard))
            oldest.transport.abort()
            _unheard.pop(oldest, None)

    def data_received(self, data: bytes) -> None:
        if not self._spoke and _opens_line(data):
            self._open_line(data)
            return
        self._spoke = True
        super().data_received(data)
        self._look()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._upgraded = True
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        self._upgraded = True
        self._look()
        super().connection_lost(exc)

    def _open_line(self, head: bytes) -> None:
        """Give a page its line."""
        self._upgraded = True
        self._look()
        self.connections.discard(self)
        line = self.ws_protocol_class(  # type: ignore[call-arg, misc]  # as uvicorn itself does it
            config=self.config, server_state=self.server_state, app_state=self.app_state
        )
        line.connection_made(self.transport)
        line.data_received(head)
        self.transport.set_protocol(line)

    def _look(self) -> None:
        """While something of a request is missing, its time runs."""
        if self._upgraded or self.cycle is not None:
            _unheard.pop(self, None)
        missing = not self._upgraded and self.conn.their_state in (h11.IDLE, h11.SEND_BODY)
        if missing and self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_WITHIN, self._late)
        elif not missing and self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()


async def _with_end(app: Any, transport: asyncio.Transport, scope: Any, receive: Any, send: Any) -> None:
    """Whoever answers can end the connection at once, though its other end takes nothing: `causerie.cut`."""
    await app({**scope, "causerie.cut": transport.abort}, receive, send)


def _opens_line(data: bytes) -> bool:
    """All of a head, nothing behind it, and it wants a page's line."""
    if not data.startswith(LINE) or len(data) > HEAD_AT_MOST or data.find(HEAD_ENDS) != len(data) - len(HEAD_ENDS):
        return False
    return b"\r\nupgrade: websocket\r\n" in data.lower()
