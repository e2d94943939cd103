"""A media core that says one tone, tick by tick, for the tests of streams."""

import io
import struct
from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np

from causerie.streams.ticks import FRAME, RATE, Tick


def sound(hz: float, n: int) -> bytes:
    """20 ms of a tone that began with tick 0."""
    at = np.arange(n * FRAME, (n + 1) * FRAME)
    return (8_000 * np.sin(2 * np.pi * hz * at / RATE)).astype("<i2").tobytes()


def packets() -> "av.AudioCodecContext":
    """An encoder as the mixer has one."""
    context = av.CodecContext.create("libopus", "w")
    context.sample_rate, context.layout, context.format = RATE, "mono", "s16"
    context.time_base, context.bit_rate, context.options = Fraction(1, RATE), 48_000, {"frame_duration": "20"}
    return context


def ticks(hz: float, many: int, *, room: int = 1, first: int = 7) -> Iterator[Tick]:
    """So many ticks of a tone."""
    encoder = packets()
    for n in range(first, first + many):
        heard = sound(hz, n)
        frame = av.AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), (n - first) * FRAME
        frame.planes[0].update(heard)
        for packet in encoder.encode(frame):
            yield Tick(room, n, bytes(packet), heard)


def datagram(tick: Tick) -> bytes:
    """As the media core writes it."""
    return struct.pack("<QQBBH", tick.room, tick.n, 30, 0, len(tick.packet)) + tick.packet + tick.sound


def decoded(data: bytes, format: str) -> np.ndarray:
    """What a player hears of a file, at 48 kHz, as samples up to 32,768."""
    heard = []
    with av.open(io.BytesIO(data), format=format) as file:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in file.decode(audio=0):
            heard += [one.to_ndarray()[0] for one in resampler.resample(frame)]
    return np.concatenate(heard)


def pitch(heard: np.ndarray) -> float:
    """The strongest tone in it, in Hz."""
    strength = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    return float(np.argmax(strength)) * RATE / len(heard)
