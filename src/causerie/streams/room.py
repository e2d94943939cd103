"""One room's streams: who takes which, what was just before, and what of it is wanted of the process."""

from collections import deque
from dataclasses import dataclass, field

from causerie.ids import PersonId
from causerie.streams.hls import Window
from causerie.streams.labels import Labels, opening
from causerie.streams.listening import Listener
from causerie.streams.pieces import FORMATS, Format, Piece, Wanted
from causerie.streams.ticks import RATE

BEFORE = 3 * RATE // 2
"""Whoever comes hears so many samples of what was before, so that their player begins at once."""
SERIALS = 1 << 16


@dataclass
class RoomStreams:
    """`number` is the room's in the media core. `until` is when each format is not wanted any more, in seconds."""

    key: str
    number: int
    labels: Labels
    window: Window
    listeners: dict[Format, set[Listener]] = field(default_factory=lambda: {format: set() for format in FORMATS})
    recent: dict[Format, deque[Piece]] = field(default_factory=lambda: {format: deque() for format in FORMATS})
    until: dict[Format, float] = field(default_factory=dict)
    serial: int = 0
    over_at: float | None = None

    @property
    def wanted(self) -> Wanted:
        formats = tuple(format for format in FORMATS if format in self.until)
        return Wanted(self.number, formats, self.serial, ends=self.over_at is not None)

    @property
    def everybody(self) -> list[Listener]:
        return [listener for all_ in self.listeners.values() for listener in all_]

    def listen(self, format: Format, *, by: PersonId | None, since: int) -> Listener:
        """Somebody comes: with what the stream begins with, and what was just before."""
        begins = opening(self.labels, format, serial=self.serial)
        listener = Listener(self.key, format, begins, list(self.recent[format]), by=by, since=since)
        self.listeners[format].add(listener)
        return listener

    def hear(self, piece: Piece) -> list[Listener]:
        """Hand a piece on; gives those who cannot follow, who are let go."""
        if piece.kind == "segment":
            self._list(piece)
        elif piece.kind != "end":
            self._remember(piece, self.recent[piece.kind])
            return [one for one in self.listeners[piece.kind] if not one.hear(piece.data, piece.samples)]
        return []

    def _list(self, piece: Piece) -> None:
        """Unless it was on its way when nobody wanted any more: it is no beginning for who comes next."""
        if "aac" in self.until:
            self.window.hear(piece)

    def _remember(self, piece: Piece, recent: "deque[Piece]") -> None:
        recent.append(piece)
        while sum(one.samples for one in recent) - recent[0].samples >= BEFORE:
            recent.popleft()

    def begins_anew(self, process: int) -> None:
        """Another process makes them from now on: Ogg has to say so, and the list of segments, too."""
        self.serial = (self.number * SERIALS + process) & 0xFFFFFFFF
        for recent in self.recent.values():
            recent.clear()
        self.window.breaks_off()
        for listener in self.listeners["opus"]:
            listener.hear(opening(self.labels, "opus", serial=self.serial), 0)

    def wants(self, format: Format, until: float) -> bool:
        """Whether that is something new."""
        new = format not in self.until
        self.until[format] = until
        return new

    def lets_go(self, now: float, linger: float) -> bool:
        """Formats that nobody takes any more; whether there were any."""
        for format, listeners in self.listeners.items():
            if listeners:
                self.until[format] = now + linger
        gone = [format for format, until in self.until.items() if until <= now]
        for format in gone:
            del self.until[format]
            self.recent[format].clear()
            if format == "aac":
                self.window.clear()
        return bool(gone)

    def end(self) -> None:
        """It is over for everybody: what waits is still theirs, and the list says that nothing follows."""
        self.window.over = True
        for listener in self.everybody:
            listener.end()
