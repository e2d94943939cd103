"""The line to one page: what it says is counted as it arrives and heard in turn; what is told goes straight out.

uvicorn reads on and keeps all there is, however much one page says. Here a page that has something waiting is read no
further, whoever says too much in a second is shut out before any of it is looked at, and a message in pieces ends soon.
"""

import asyncio
import random
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State

from causerie.web.frames import CLOSE, Whole, bounds
from causerie.web.goodbye import RESTARTS, come_back
from causerie.web.hearing import Hearing

LARGEST = 64 * 1024
MESSAGE_WITHIN = 10.0
PIECES = 64
AT_ONCE = A_SECOND = 20
PINGS_A_SECOND = 20
UNHEARD_BYTES = 64 * 1024
LAST_WORD = 1.0
NOT_TEXT, POLICY, TOO_LARGE = 1007, 1008, 1009


class _Encoded:
    """The last text that went out, as a frame: what is told to a whole hall is encoded once (RFC 6455, 5.2)."""

    text: str | None = None
    frame = b""

    def of(self, text: str) -> bytes:
        if text is not self.text:
            self.text, self.frame = text, Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
        return self.frame


_encoded = _Encoded()


class LiveLine(WebSocketsSansIOProtocol):
    """One connection of a page."""

    _deadline: asyncio.TimerHandle | None = None
    _pieces = _size = _pings = _unheard = 0
    _second = _heard_at = _paused_at = _held_up = 0.0
    _left = float(AT_ONCE)
    _listens = False
    _rest = b""

    def __init__(self, hearing: Hearing, **of_uvicorn: Any) -> None:
        super().__init__(**of_uvicorn)
        self.hearing = hearing
        self._waiting: list[Whole] = []

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.handshake_initiated and not self.close_sent:
            self.scope["headers"] = [(name.lower(), value) for name, value in self.scope["headers"]]

    # ---- in ----

    def data_received(self, data: bytes) -> None:
        """A head, then frames. While somebody waits to be let in, or to be heard, they are read no further."""
        if not self.handshake_initiated:
            super().data_received(data)
            self._pause()
        elif self.close_sent:
            self._after_last_word(data)
        else:
            self._refill()
            self._cut(self._rest + data)
            if self._waiting:
                self._pause()
                self.hearing.wants(self)

    def _refill(self) -> None:
        """So much at once, and so much a second; while they were read no further, what they may say adds up."""
        now, held_up = self.loop.time(), self._held_up
        read = now - self._heard_at - held_up
        self._left = min(AT_ONCE, self._left + A_SECOND * read) + A_SECOND * held_up
        self._heard_at, self._held_up = now, 0.0
        if now - self._second >= 1:
            self._second, self._pings = now, 0

    def _cut(self, data: bytes) -> None:
        """Part what came into frames; of too many, nothing is heard."""
        at = 0
        while (found := bounds(data, at)) is not None and not self.close_sent:
            begins, ends = found
            if ends - begins > LARGEST:
                super().data_received(data[at:])  # closes
                return
            if ends > len(data):
                break
            self._take(Whole(data[at:ends], begins - at))
            at = ends
        self._rest = data[at:]

    def _take(self, frame: Whole) -> None:
        if frame.between_programs:
            self._pings += 1
            if self._pings > PINGS_A_SECOND:
                self._end("too many pings")
            else:
                super().data_received(frame.data)
            return
        self._waiting.append(frame)
        self._piece(frame)
        self._left -= frame.begins
        if self._left < 0:
            self._end("too many commands")

    def _piece(self, frame: Whole) -> None:
        """A message may come in some pieces, within some seconds."""
        if frame.last:
            self._pieces = self._size = 0
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None
            return
        self._pieces += 1
        self._size += len(frame.data) - frame.at
        if self._size > LARGEST:
            self._end("a message too large", TOO_LARGE)
        elif self._pieces > PIECES:
            self._end("a message in too many pieces")
        elif self._deadline is None:
            self._deadline = self.loop.call_later(MESSAGE_WITHIN, self._end, "a message that does not end")

    def _after_last_word(self, data: bytes) -> None:
        """A little is read for the echo, then nothing."""
        self._unheard += len(data)
        if self._unheard > UNHEARD_BYTES:
            self._hear_no_more()
            return
        data, at = self._rest + data, 0
        while (found := bounds(data, at)) is not None and found[1] <= len(data):
            if data[at] & 15 == CLOSE:
                super().data_received(data[at : found[1]])
                return
            at = found[1]
        self._rest = data[at:]

    def is_heard(self) -> bool:
        """Hand the next frame over, once the page's last word is done."""
        if not self._listens or not self._waiting or self.close_sent:
            return False
        frame = self._waiting.pop(0)
        if not self._waiting:
            self._resume()
        if frame.plain and self.conn.current_size is None and self.conn.state is State.OPEN:
            self._say(frame.text())
        else:
            super().data_received(frame.data)
        self._listens = self.queue.empty()
        return True

    def _say(self, text: bytes) -> None:
        try:
            self.queue.put_nowait({"type": "websocket.receive", "text": text.decode()})
        except UnicodeDecodeError:
            self._end("not UTF-8", NOT_TEXT)

    def send_receive_event_to_app(self) -> None:
        """uvicorn writes a traceback for every message that is not UTF-8; it is the sender's fault, not ours."""
        said, self.frames = b"".join(self.frames), []
        if self.curr_msg_data_type == "text":
            self._say(said)
        else:
            self.queue.put_nowait({"type": "websocket.receive", "bytes": said})

    async def receive(self) -> Any:
        self._listens = self.queue.empty()
        if self._waiting:
            self.hearing.goes_on(self)
        return await self.queue.get()

    # ---- out ----

    async def send(self, message: Any) -> None:
        """A text on an open line goes straight out, as one frame; all else as ever."""
        text = message.get("text")
        if text is None or not self._is_open():
            await super().send(message)
            if message["type"] == "websocket.accept":
                self._begin()
            return
        await self.writable.wait()
        if self._is_open():
            self.transport.write(_encoded.of(text))
        else:
            await super().send(message)

    def _begin(self) -> None:
        """The line is open. Of how it was opened nothing is kept: there are thousands."""
        del self.request, self.response
        self._resume()
        self._heard_at, self._held_up = self.loop.time(), 0.0

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

    # ---- the end ----

    def keepalive_timeout(self) -> None:
        """Whoever waits to be heard is there: what they answer stands behind what they said."""
        if self.read_paused or self._heard_at > self.ping_sent_at:
            self.pong_timer = self.pending_ping_payload = None
            self.schedule_ping()
        else:
            super().keepalive_timeout()

    def connection_lost(self, exc: Exception | None) -> None:
        self._waiting = []
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    def _end(self, reason: str, code: int = POLICY) -> None:
        """A last word; of what was said and not heard yet, nothing is done."""
        if self.close_sent or self.transport.is_closing():
            return
        self.frames, self._waiting = [], []
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

    def _pause(self) -> None:
        if not self.read_paused and not self.transport.is_closing():
            self.read_paused, self._paused_at = True, self.loop.time()
            self.transport.pause_reading()

    def _resume(self) -> None:
        if self.read_paused and not self.transport.is_closing():
            self.read_paused = False
            self._held_up += self.loop.time() - self._paused_at
            self.transport.resume_reading()
