"""What the media core says of a streamed room each 20 ms: one datagram, little endian, mixed and encoded already."""

import struct
from dataclasses import dataclass

RATE, FRAME = 48_000, 960
TICK_MS = 20
HEAD = struct.Struct("<QQBBH")
SOUND = 2 * FRAME
LARGEST = HEAD.size + (1 << 16) + SOUND
# Fullband, 20 ms, mono, nothing in it (RFC 6716, 3.1).
SILENT_PACKET, SILENT_SOUND = b"\xf8\xff\xfe", bytes(SOUND)


@dataclass(frozen=True, slots=True)
class Tick:
    """20 ms of a room: as an Opus packet, and as samples of 16 bits, one channel. A hole in `n` is lost sound."""

    room: int
    n: int
    packet: bytes
    sound: bytes


def read(datagram: bytes) -> Tick | None:
    """What a datagram says; None where it is none of ours."""
    if len(datagram) < HEAD.size + SOUND:
        return None
    room, n, _level, _quiet, size = HEAD.unpack_from(datagram)
    if len(datagram) != HEAD.size + size + SOUND:
        return None
    ends = HEAD.size + size
    return Tick(room, n, datagram[HEAD.size : ends] or SILENT_PACKET, datagram[ends:])


def silent(room: int, n: int) -> Tick:
    """What is heard instead of a tick that was lost."""
    return Tick(room, n, SILENT_PACKET, SILENT_SOUND)
