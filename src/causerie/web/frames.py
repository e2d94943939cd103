"""Frames of a page as they come off the wire (RFC 6455, 5.2): where each ends, and what a plain text says."""

from dataclasses import dataclass

from websockets.utils import apply_mask

PLAIN_TEXT, BINARY, CLOSE, LAST = 0x81, 2, 8, 0x80
MASKED, TWO_BYTES, EIGHT_BYTES = 0x80, 126, 127


@dataclass(frozen=True, slots=True)
class Whole:
    """One frame with its head, as it came; `at` is where its payload begins."""

    data: bytes
    at: int

    @property
    def begins(self) -> bool:
        """Something said, or the beginning of it."""
        return 0 < self.data[0] & 15 <= BINARY

    @property
    def last(self) -> bool:
        """Nothing more of it follows."""
        return bool(self.data[0] & LAST)

    @property
    def between_programs(self) -> bool:
        """A ping or a pong."""
        return self.data[0] & 15 > CLOSE

    @property
    def plain(self) -> bool:
        """A text in one piece, masked as pages must."""
        return self.data[0] == PLAIN_TEXT and self.data[1] >= MASKED

    def text(self) -> bytes:
        """What a plain one says."""
        return apply_mask(self.data[self.at :], self.data[self.at - 4 : self.at])


def bounds(data: bytes, at: int) -> tuple[int, int] | None:
    """Where the payload of the frame at this place begins and ends; None while its head is not all there."""
    if len(data) < at + 2:
        return None
    size, begins = data[at + 1] & ~MASKED, at + 2
    if size >= TWO_BYTES:
        begins += 2 if size == TWO_BYTES else 8
        if len(data) < begins:
            return None
        size = int.from_bytes(data[at + 2 : begins])
    if data[at + 1] & MASKED:
        begins += 4
    return begins, begins + size
