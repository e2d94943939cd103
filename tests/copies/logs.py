"""Logs of a take as the recorder writes them (`crates/take/src/record.rs`), of voices that are tones."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from causerie.copies.sound import frame
from causerie.copies.timeline import RATE, SECOND

FRAME = RATE // 50
FRAME_NS = SECOND // 50
HEAD = b"causerietake\x01\x00\x00\x00"
NIGHT = 1_795_000_000 * SECOND
"""When our evenings begin."""


@dataclass(frozen=True)
class Talk:
    """Somebody says a tone, so many seconds after the beginning, for so long; louder or quieter."""

    at: float
    seconds: float
    hz: float
    decibels: float = -20.0


def voice(talk: Talk) -> NDArray[np.float32]:
    """A tone in syllables, four a second, that never falls silent."""
    time = np.arange(int(talk.seconds * RATE)) / RATE
    syllables = 0.7 + 0.3 * np.sin(2 * np.pi * 4 * time)
    sound: NDArray[np.float32] = (10 ** (talk.decibels / 20) * syllables * np.sin(2 * np.pi * talk.hz * time)).astype(
        np.float32
    )
    return sound


@cache
def packets(talk: Talk) -> tuple[bytes, ...]:
    """The tone as Opus packets."""
    return coded(voice(talk))


def coded(sound: NDArray[np.float32]) -> tuple[bytes, ...]:
    """Opus packets of 20 ms, all of one length."""
    coder = av.CodecContext.create("libopus", "w")
    assert isinstance(coder, av.AudioCodecContext)
    coder.sample_rate, coder.layout, coder.format, coder.bit_rate = RATE, "mono", "flt", 32_000
    coder.options = {"vbr": "off", "application": "voip"}
    parts = [frame(sound[at : at + FRAME], at) for at in range(0, len(sound) - FRAME + 1, FRAME)]
    return tuple(bytes(packet) for part in parts for packet in coder.encode(part))


def log(path: Path, talks: Sequence[Talk], *, jump: int = 0) -> Path:
    """A speaker's log: each talk a run of packets, numbers and times going on; times leap by `jump` at each talk."""
    written, seq = HEAD, 1
    for number, talk in enumerate(talks):
        said = packets(Talk(0, talk.seconds, talk.hz, talk.decibels))
        begins = NIGHT + round(talk.at * SECOND)
        time = round(talk.at * RATE) + 77 + number * jump
        written += records(said, begins=begins, seq=seq, time=time)
        seq += len(said)
    path.write_bytes(written)
    return path


def records(said: Sequence[bytes], *, begins: int, seq: int, time: int, level: int = 20) -> bytes:
    """Packets of one length, 20 ms apart, as records."""
    size, count = len(said[0]), np.arange(len(said))
    whole = np.zeros((len(said), 36 + size), np.uint8)
    for place, values in ((8, begins + count * FRAME_NS), (16, seq + count), (24, time + count * FRAME)):
        whole[:, place : place + 8] = values.astype("<u8").view(np.uint8).reshape(-1, 8)
    whole[:, 35] = level
    whole[:, 36:] = np.frombuffer(b"".join(said), np.uint8).reshape(len(said), size)
    whole[:, 0:4] = np.frombuffer(struct.pack("<I", size), np.uint8)
    whole[:, 4:8] = checksums(whole[:, 8:]).astype("<u4").view(np.uint8).reshape(-1, 4)
    return whole.tobytes()


def checksums(rows: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """CRC-32C of each row."""
    table, sums = _table(), np.full(len(rows), 0xFFFFFFFF, np.uint32)
    for column in rows.T:
        sums = table[(sums ^ column) & 0xFF] ^ (sums >> np.uint32(8))
    return sums ^ np.uint32(0xFFFFFFFF)


@cache
def _table() -> NDArray[np.uint32]:
    sums = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        sums = np.where(sums & 1, np.uint32(0x82F63B78), np.uint32(0)) ^ (sums >> np.uint32(1))
    return sums
