"""The doors before every request and every page: what is begun is finished soon, or the connection ends.

uvicorn waits without end for a head that is half sent, for a body that does not come and for a message in pieces, and
keeps all of it meanwhile. None of this is met by a browser.
"""

import asyncio
import time
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

REQUEST_WITHIN = 20.0
# Whoever comes in earnest says at once what they want: a head is waited for by so many, then the oldest makes room.
WAITING_FOR_HEAD = 1024
MESSAGE_WITHIN = 10.0
PIECES = 64
PINGS_A_SECOND = 20
POLICY = 1008

_unheard: dict["Door", None] = {}


class Door(H11Protocol):
    """One connection that speaks HTTP. A head has at most 64 KiB: that is h11's own limit."""

    _deadline: asyncio.TimerHandle | None = None
    _upgraded = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        _unheard[self] = None
        self._look()
        if len(_unheard) > WAITING_FOR_HEAD:
            oldest = next(iter(_unheard))
            oldest.transport.abort()
            _unheard.pop(oldest, None)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._upgraded = True
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        self._upgraded = True
        self._look()
        super().connection_lost(exc)

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


class LiveDoor(WebSocketsSansIOProtocol):
    """One connection of a page."""

    _deadline: asyncio.TimerHandle | None = None
    _pieces = 0
    _second, _pings = 0.0, 0

    def handle_text(self, event: Any) -> None:
        super().handle_text(event)
        self._piece(event.fin)

    def handle_bytes(self, event: Any) -> None:
        super().handle_bytes(event)
        self._piece(event.fin)

    def handle_cont(self, event: Any) -> None:
        if not self.close_sent:
            super().handle_cont(event)
            self._piece(event.fin)

    def handle_ping(self) -> None:
        """Pages send none; each is answered at once, whether the other end reads or not."""
        now = time.monotonic()
        if now - self._second >= 1:
            self._second, self._pings = now, 0
        self._pings += 1
        if self._pings > PINGS_A_SECOND:
            self._end("too many pings")
        else:
            super().handle_ping()

    def connection_lost(self, exc: Exception | None) -> None:
        self._piece(whole=True)
        super().connection_lost(exc)

    def _piece(self, whole: bool) -> None:
        """A message may come in some pieces, within some seconds."""
        self._pieces += 1
        if whole:
            self._pieces = 0
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None
        elif self._pieces > PIECES:
            self._end("a message in too many pieces")
        elif self._deadline is None:
            self._deadline = self.loop.call_later(MESSAGE_WITHIN, self._end, "a message that does not end")

    def _end(self, reason: str) -> None:
        if self.close_sent or self.transport.is_closing():
            return
        self.frames = []
        self.conn.fail(POLICY, reason)
        self.handle_parser_exception()
