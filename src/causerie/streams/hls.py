"""The last segments of a room, and the list of them that players follow (RFC 8216)."""

import secrets
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime

from causerie.streams.errors import PieceGone
from causerie.streams.pieces import Piece

LISTED, KEPT = 6, 12
"""Who is a little late finds what is not in the list any more."""
TARGET_MS = 2000


@dataclass(frozen=True)
class Segment:
    """Two seconds. `epoch`: a word for the stretch of sound it belongs to; `breaks`: it begins another stretch."""

    epoch: str
    n: int
    breaks: bool
    piece: Piece

    @property
    def name(self) -> str:
        return f"{self.epoch}-{self.n}.aac"


class Window:
    """What can be had of a room by HLS. Numbers only grow, also over a restart of the server.

    That of segments and that of breaks begin where the clock is: no more of either can have come before.
    """

    def __init__(self, now: int) -> None:
        """`now`: ms of the wall clock."""
        self.over = False
        self._kept: deque[Segment] = deque(maxlen=KEPT)
        self._next = self._breaks = now // TARGET_MS
        self._run: int | None = None
        self._epoch = secrets.token_hex(4)

    @property
    def there(self) -> bool:
        """Whether there is anything to play."""
        return bool(self._kept)

    def hear(self, piece: Piece) -> None:
        """One more segment."""
        breaks = self._run != piece.run and self._run is not None
        if breaks:
            self._epoch = secrets.token_hex(4)
        self._run = piece.run
        self._let_go()
        self._kept.append(Segment(self._epoch, self._next, breaks, piece))
        self._next += 1

    def breaks_off(self) -> None:
        """The next segment does not go on where the last one ended."""
        self._run = -1 if self._run is not None else None

    def clear(self) -> None:
        """Nobody made any for a while: what there was is no beginning for who comes now."""
        self.breaks_off()
        while self._kept:
            self._forget()

    def find(self, name: str) -> bytes:
        """The bytes of a segment; or `PieceGone`."""
        for segment in self._kept:
            if segment.name == name:
                return segment.piece.data
        raise PieceGone

    def text(self, query: str = "") -> str:
        """The list; `query` stands behind each address in it."""
        kept = list(self._kept)
        before, listed = kept[:-LISTED], kept[-LISTED:]
        breaks = self._breaks + sum(one.breaks for one in before)
        lines = ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{TARGET_MS // 1000}"]
        lines.append(f"#EXT-X-MEDIA-SEQUENCE:{listed[0].n if listed else self._next}")
        lines.append(f"#EXT-X-DISCONTINUITY-SEQUENCE:{breaks}")
        for number, segment in enumerate(listed):
            lines += _entry(segment, query, dated=not number or segment.breaks)
        return "\n".join([*lines, "#EXT-X-ENDLIST"] if self.over else lines) + "\n"

    def _let_go(self) -> None:
        if len(self._kept) == KEPT:
            self._forget()

    def _forget(self) -> None:
        """A break that is in no list any more is still counted (RFC 8216, 6.2.2)."""
        self._breaks += self._kept.popleft().breaks


def _entry(segment: Segment, query: str, *, dated: bool) -> list[str]:
    lines = ["#EXT-X-DISCONTINUITY"] if segment.breaks else []
    if dated:
        at = datetime.fromtimestamp(segment.piece.at / 1000, UTC).isoformat(timespec="milliseconds")
        lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{at.replace('+00:00', 'Z')}")
    return [*lines, f"#EXTINF:{segment.piece.samples / 48_000:.5f},", f"stream/{segment.name}{query}"]
