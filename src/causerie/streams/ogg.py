"""Ogg (RFC 3533) with Opus in it (RFC 7845), as far as a stream without end needs it."""

import struct
from collections.abc import Iterable, Sequence

BEGINS = 2
GOES_ON = 1
NO_GRANULE = (1 << 64) - 1
MOST_LACES = 255
# What a decoder that comes in later needs to get into step (RFC 7845, 4.2): 80 ms.
PRE_SKIP = 3840


def _table() -> tuple[int, ...]:
    """CRC-32 with polynomial 0x04c11db7, high bit first (RFC 3533, 6)."""
    table = []
    for byte in range(256):
        crc = byte << 24
        for _ in range(8):
            crc = (crc << 1) ^ 0x04C11DB7 if crc & 0x80000000 else crc << 1
        table.append(crc & 0xFFFFFFFF)
    return tuple(table)


_CRC = _table()


def checksum(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc = ((crc << 8) & 0xFFFFFFFF) ^ _CRC[(crc >> 24) ^ byte]
    return crc


def laces(size: int) -> bytes:
    """How long a packet is, in steps of 255."""
    return b"\xff" * (size // 255) + bytes([size % 255])


def _page(lacing: bytes, data: bytes, *, serial: int, number: int, granule: int, flags: int) -> bytes:
    before = b"OggS\0" + struct.pack("<BQII", flags, granule, serial, number)
    after = bytes([len(lacing)]) + lacing + data
    return before + struct.pack("<I", checksum(before + bytes(4) + after)) + after


def page(packets: Sequence[bytes], *, serial: int, number: int, granule: int) -> bytes:
    """One page of whole packets; `granule`: the samples up to its end."""
    lacing = b"".join(laces(len(packet)) for packet in packets)
    return _page(lacing, b"".join(packets), serial=serial, number=number, granule=granule, flags=0)


def opening(tags: bytes, *, serial: int) -> bytes:
    """The first pages: what it is, and what it is called."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, PRE_SKIP, 48_000, 0, 0)
    first = _page(laces(len(head)), head, serial=serial, number=0, granule=0, flags=BEGINS)
    return first + b"".join(_over_pages(tags, serial=serial, number=1))


def _over_pages(packet: bytes, *, serial: int, number: int) -> Iterable[bytes]:
    """One packet that may be longer than a page."""
    lacing, flags = laces(len(packet)), 0
    for begins in range(0, len(lacing), MOST_LACES):
        part = lacing[begins : begins + MOST_LACES]
        data, packet = packet[: sum(part)], packet[sum(part) :]
        granule = NO_GRANULE if part[-1] == 255 else 0
        yield _page(part, data, serial=serial, number=number, granule=granule, flags=flags)
        number, flags = number + 1, GOES_ON
