"""Title and cover of a room, as each kind of stream carries them."""

import base64
import struct
from dataclasses import dataclass

from causerie.streams import ogg

SIDE = 300
META_EACH = 16_000
"""Bytes of sound between two words of ICY."""
COVER_FRONT = 3
HLS_CLOCK = b"com.apple.streaming.transportStreamTimestamp\0"


@dataclass(frozen=True)
class Labels:
    """What a player shows: the room's title, who hosts it, its cover as a small JPEG (empty: none)."""

    title: str
    host: str
    cover: bytes = b""


def id3(labels: Labels) -> bytes:
    """An ID3v2.4 tag, to stand before MP3 and AAC."""
    frames = _frame(b"TIT2", b"\3" + labels.title.encode()) + _frame(b"TPE1", b"\3" + labels.host.encode())
    if labels.cover:
        about = b"\3image/jpeg\0" + bytes([COVER_FRONT]) + b"\0"
        frames += _frame(b"APIC", about + labels.cover)
    return _tag(frames)


def clock(samples: int) -> bytes:
    """When a segment of packed audio begins, at 90 kHz (RFC 8216, 3.4)."""
    at = samples * 15 // 8 & (1 << 33) - 1
    return _tag(_frame(b"PRIV", HLS_CLOCK + struct.pack(">Q", at)))


def _tag(frames: bytes) -> bytes:
    return b"ID3\4\0\0" + _sevens(len(frames)) + frames


def _frame(name: bytes, data: bytes) -> bytes:
    return name + _sevens(len(data)) + b"\0\0" + data


def _sevens(size: int) -> bytes:
    """Seven bits a byte, so that nothing in it looks like the beginning of a frame (ID3v2.4, 6.2)."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def comments(labels: Labels) -> bytes:
    """The second packet of Ogg Opus (RFC 7845, 5.2), the cover in it as FLAC writes pictures."""
    said = [f"TITLE={labels.title}".encode(), f"ARTIST={labels.host}".encode()]
    if labels.cover:
        said.append(b"METADATA_BLOCK_PICTURE=" + base64.b64encode(_picture(labels.cover)))
    vendor = b"causerie"
    packed = b"".join(struct.pack("<I", len(one)) + one for one in said)
    return b"OpusTags" + struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", len(said)) + packed


def _picture(jpeg: bytes) -> bytes:
    kind = b"image/jpeg"
    head = struct.pack(">II", COVER_FRONT, len(kind)) + kind
    return head + struct.pack(">IIIIII", 0, 0, 0, 24, 0, len(jpeg)) + jpeg


def opening(labels: Labels, kind: str, *, serial: int) -> bytes:
    """What stands before the sound for a listener who comes now."""
    return ogg.opening(comments(labels), serial=serial) if kind == "opus" else id3(labels)


class Icy:
    """Puts the title between the bytes of one listener's stream, each `META_EACH` of them, as their player asked."""

    def __init__(self, title: str) -> None:
        # The words end at an apostrophe with a semicolon behind it.
        said = f"StreamTitle='{title.replace(chr(39), '’')}';".encode()[: 16 * 255]
        self._said = bytes([-(-len(said) // 16)]) + said.ljust(-(-len(said) // 16) * 16, b"\0")
        self._left = META_EACH

    def among(self, data: bytes) -> bytes:
        """The same sound with what is to be said; after the first time only that nothing has changed."""
        parts, at = list[bytes](), 0
        while len(data) - at >= self._left:
            parts += [data[at : at + self._left], self._said]
            at, self._left, self._said = at + self._left, META_EACH, b"\0"
        self._left -= len(data) - at
        return b"".join((*parts, data[at:]))
