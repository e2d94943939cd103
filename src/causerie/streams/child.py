"""The process in which streams are made, beside the rooms: `python -m causerie.streams.child TICKS LINE`.

Both arguments are descriptors it was given: one on which the media core says what is heard, tick by tick, and one to
the server, on which it hears what is wanted and says each piece (`streams/pieces.py`). It ends when the server does.
"""

import contextlib
import selectors
import signal
import socket
import sys
import time

from causerie.streams import ticks
from causerie.streams.encoding import ENCODINGS, Encoding, Made
from causerie.streams.pieces import Format, Piece, Wanted, understood, written
from causerie.streams.ticks import RATE, TICK_MS, Tick, silent

# More than this that is missing is another evening; what is missing of less is silence, so that time stays right.
FILLED = 500
AT_ONCE = 64


class Making:
    """One room's streams."""

    def __init__(self, wanted: Wanted) -> None:
        self.room, self.run = wanted.room, 0
        self._next: int | None = None
        self._began = 0
        self._encodings: dict[Format, tuple[Encoding, int]] = {}
        self.want(wanted)

    def want(self, wanted: Wanted) -> None:
        """From now on these formats, and no others; what goes on goes on."""
        for format in self._encodings.keys() - set(wanted.formats):
            del self._encodings[format]
        for format in wanted.formats:
            if format not in self._encodings:
                self._encodings[format] = (ENCODINGS[format](wanted.serial), self._next or 0)

    def hear(self, tick: Tick, now: int) -> list[Piece]:
        """`now`: ms of the wall clock. What comes twice or too late is not heard."""
        before = self._next
        if before is None or not before <= tick.n <= before + FILLED:
            if before is not None and before - FILLED <= tick.n < before:
                return []
            self._begin(tick.n, now)
        pieces = list[Piece]()
        for n in range(self._next or 0, tick.n):
            pieces += self._take(silent(tick.room, n))
        return pieces + self._take(tick)

    def rest(self) -> list[Piece]:
        """What is left of it, and the end."""
        pieces = list[Piece]()
        for encoding, since in self._encodings.values():
            pieces += [self._piece(made, since) for made in encoding.rest()]
        return [*pieces, Piece("end", self.room, self.run, 0, 0, b"")]

    def _begin(self, n: int, now: int) -> None:
        """Time begins anew here: encoders go on, and pieces say that something is missing between."""
        shift = n - self._next if self._next is not None else n
        self.run += self._next is not None
        self._encodings = {format: (encoding, since + shift) for format, (encoding, since) in self._encodings.items()}
        self._began, self._next = now - (n + 1) * TICK_MS, n

    def _take(self, tick: Tick) -> list[Piece]:
        self._next = tick.n + 1
        heard = [(encoding.hear(tick), since) for encoding, since in self._encodings.values()]
        return [self._piece(made, since) for all_, since in heard for made in all_]

    def _piece(self, made: Made, since: int) -> Piece:
        kind, began, samples, data = made
        at = self._began + since * TICK_MS + began * 1000 // RATE
        return Piece(kind, self.room, self.run, max(0, at), samples, data)


class Child:
    """Hears ticks and wishes, says pieces."""

    def __init__(self, sound: socket.socket, line: socket.socket) -> None:
        self.sound, self.line = sound, line
        self.rooms: dict[int, Making] = {}
        self._rest = b""

    def serve(self) -> None:
        """Until the server goes."""
        with selectors.DefaultSelector() as both:
            both.register(self.sound, selectors.EVENT_READ, self._hear)
            both.register(self.line, selectors.EVENT_READ, self._listen)
            going = True
            while going:
                going = False not in [ready.data() for ready, _ in both.select()]

    def _hear(self) -> bool:
        pieces = list[Piece]()
        with contextlib.suppress(BlockingIOError):
            for _ in range(AT_ONCE):
                datagram = self.sound.recv(ticks.LARGEST, socket.MSG_DONTWAIT)
                tick = ticks.read(datagram)
                if tick is not None and tick.room in self.rooms:
                    pieces += self.rooms[tick.room].hear(tick, time.time_ns() // 1_000_000)
        self._say(pieces)
        return True

    def _listen(self) -> bool:
        said = self.line.recv(1 << 16)
        *lines, self._rest = (self._rest + said).split(b"\n")
        for line in lines:
            self._want(understood(line))
        return bool(said)

    def _want(self, wanted: Wanted) -> None:
        making = self.rooms.get(wanted.room)
        if wanted.ends or not wanted.formats:
            self.rooms.pop(wanted.room, None)
            self._say(making.rest() if making and wanted.ends else [])
        elif making is None:
            self.rooms[wanted.room] = Making(wanted)
        else:
            making.want(wanted)

    def _say(self, pieces: list[Piece]) -> None:
        if pieces:
            self.line.sendall(b"".join(map(written, pieces)))


def main(arguments: list[str]) -> int:
    """Make streams until the server goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells the server, and that tells us
    sound, line = (socket.socket(fileno=int(fd)) for fd in arguments)
    with contextlib.suppress(ConnectionError):
        Child(sound, line).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
