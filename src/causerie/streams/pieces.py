"""What the server and the process that makes streams say to each other, over a stream socket.

To the process goes a line of JSON for each room whose streams are wanted otherwise than before. Back come pieces: a
head, and the bytes that listeners get.
"""

import json
import struct
from dataclasses import asdict, dataclass
from typing import Literal

Format = Literal["mp3", "aac", "opus"]
Kind = Literal["mp3", "aac", "opus", "segment", "end"]
FORMATS: tuple[Format, ...] = ("mp3", "aac", "opus")
KINDS: tuple[Kind, ...] = (*FORMATS, "segment", "end")
HEAD = struct.Struct("<BQIQQI")
LARGEST = 1 << 20


@dataclass(frozen=True)
class Wanted:
    """The streams of a room that somebody takes; `ends`: no more, what is left of it comes out, and then an end."""

    room: int
    formats: tuple[Format, ...] = ()
    serial: int = 0
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some sound in one format, of whole frames. `run` counts on where the room's sound did not go on without a break.

    `at`: when its first sample was heard, in ms of the wall clock; `samples`: how long it is, at 48 kHz.
    """

    kind: Kind
    room: int
    run: int
    at: int
    samples: int
    data: bytes

    @property
    def ends(self) -> int:
        """When its last sample was heard, in ms."""
        return self.at + self.samples // 48


def written(piece: Piece) -> bytes:
    head = HEAD.pack(KINDS.index(piece.kind), piece.room, piece.run, piece.at, piece.samples, len(piece.data))
    return head + piece.data


def asked(wanted: Wanted) -> bytes:
    return json.dumps(asdict(wanted)).encode() + b"\n"


def understood(line: bytes) -> Wanted:
    said = json.loads(line)
    return Wanted(said["room"], tuple(said["formats"]), said["serial"], said["ends"])


class Reading:
    """Cuts what arrives into pieces."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def taken(self, data: bytes) -> list[Piece]:
        """Every piece that is whole by now."""
        self._rest += data
        pieces, at, rest = list[Piece](), 0, self._rest
        while len(rest) - at >= HEAD.size:
            kind, room, run, began, samples, size = HEAD.unpack_from(rest, at)
            if kind >= len(KINDS) or size > LARGEST:
                raise ValueError("this is no piece of a stream")
            begins, ends = at + HEAD.size, at + HEAD.size + size
            if ends > len(rest):
                break
            pieces.append(Piece(KINDS[kind], room, run, began, samples, bytes(rest[begins:ends])))
            at = ends
        del rest[:at]
        return pieces
