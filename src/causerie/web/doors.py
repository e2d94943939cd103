"""The doors before every request and every page: what is begun is finished soon, or the connection ends.

uvicorn waits without end for a head that is half sent, for a body that does not come and for a message in pieces, and
keeps all of it meanwhile. None of this is met by a browser.
"""

import asyncio
import random
import time
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State

from causerie.web.goodbye import RESTARTS, come_back

REQUEST_WITHIN = 20.0
# Whoever comes in earnest says at once what they want: a head is waited for by so many, then the oldest makes room.
WAITING_FOR_HEAD = 1024
MESSAGE_WITHIN = 10.0
PIECES = 64
PINGS_A_SECOND = 20
# A flood is read in morsels, so that it is shut out in the middle of what the kernel hands over at once.
MORSEL = 4096
MESSAGES_WAITING = 40
UNHEARD_BYTES = 64 * 1024
LAST_WORD = 1.0
NOT_TEXT, POLICY = 1007, 1008

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


class _Encoded:
    """The last text that went out, as a frame: what is told to a whole hall is encoded once (RFC 6455, 5.2)."""

    text: str | None = None
    frame = b""

    def of(self, text: str) -> bytes:
        if text is not self.text:
            self.text, self.frame = text, Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
        return self.frame


_encoded = _Encoded()


class LiveDoor(WebSocketsSansIOProtocol):
    """One connection of a page."""

    _deadline: asyncio.TimerHandle | None = None
    _pieces = 0
    _second, _pings = 0.0, 0
    _unheard = 0

    def data_received(self, data: bytes) -> None:
        """After the last word a little is read for its echo, then nothing."""
        for at in range(0, len(data), MORSEL):
            if self._unheard > UNHEARD_BYTES:
                return
            morsel = data[at : at + MORSEL]
            super().data_received(morsel)
            if self.close_sent:
                self._unheard += len(morsel)
                if self._unheard > UNHEARD_BYTES:
                    self._hear_no_more()
            elif self.queue.qsize() > MESSAGES_WAITING:
                self._end("too many commands")

    async def send(self, message: Any) -> None:
        """A text on an open line goes straight out, as one frame; all else as ever."""
        text = message.get("text")
        if text is None or not self._is_open():
            await super().send(message)
            return
        await self.writable.wait()
        if self._is_open():
            self.transport.write(_encoded.of(text))
        else:
            await super().send(message)

    def _is_open(self) -> bool:
        return self.handshake_complete and not self.close_sent and self.conn.state is State.OPEN

    def shutdown(self) -> None:
        """The server is stopped: a page is told when to come back, and left."""
        if not self._is_open():
            super().shutdown()
            return
        self.stop_keepalive()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": RESTARTS})
        self.conn.send_close(RESTARTS, come_back(len(self.connections), random.random()))
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()

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

    def send_receive_event_to_app(self) -> None:
        """uvicorn writes a traceback for every message that is not UTF-8; it is the sender's fault, not ours."""
        if self.curr_msg_data_type == "text" and not _is_text(b"".join(self.frames)):
            self._end("not UTF-8", NOT_TEXT)
        else:
            super().send_receive_event_to_app()

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

    def _end(self, reason: str, code: int = POLICY) -> None:
        """A last word; of what was said and not heard yet, nothing is done."""
        if self.close_sent or self.transport.is_closing():
            return
        self.frames = []
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.conn.fail(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self._hear_no_more()

    def _hear_no_more(self) -> None:
        """Read nothing, so that whoever shouts on is held up; the connection ends when the last word had its time."""
        self._unheard = UNHEARD_BYTES + 1
        self.read_paused = False
        self.transport.pause_reading()
        if self.close_timer is not None:
            self.close_timer.cancel()
        self.close_timer = self.loop.call_later(LAST_WORD, self.transport.abort)


def _is_text(message: bytes) -> bool:
    try:
        message.decode()
    except UnicodeDecodeError:
        return False
    return True
