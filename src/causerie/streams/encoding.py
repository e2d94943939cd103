"""A room's sound in one format: ticks go in, whole frames come out."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Protocol

import av
from av.packet import Packet

from causerie.streams import ogg
from causerie.streams.labels import clock
from causerie.streams.pieces import Format, Kind
from causerie.streams.ticks import FRAME, RATE, Tick

BIT_RATE = 96_000
TICKS_A_PIECE = 12
AAC_FRAME = 1024
SEGMENT_FRAMES = 94
"""AAC frames in a segment of HLS: two seconds, and a little."""
# What comes out: (kind, its first sample, how many samples, bytes).
Made = tuple[Kind, int, int, bytes]


class Encoding(Protocol):
    """One format of one room."""

    def hear(self, tick: Tick) -> list[Made]: ...
    def rest(self) -> list[Made]: ...


class Opus:
    """The packets as they are, in pages."""

    def __init__(self, serial: int) -> None:
        self._serial, self._number, self._samples = serial, 0, 0
        self._packets: list[bytes] = []

    def hear(self, tick: Tick) -> list[Made]:
        self._packets.append(tick.packet)
        return self.rest() if len(self._packets) >= TICKS_A_PIECE else []

    def rest(self) -> list[Made]:
        """All that waits."""
        if not self._packets:
            return []
        began, long = self._samples, len(self._packets) * FRAME
        self._samples += long
        page = ogg.page(self._packets, serial=self._serial, number=self._number, granule=self._samples)
        self._number, self._packets = self._number + 1, []
        return [("opus", began, long, page)]


class _Coded:
    """What FFmpeg encodes, counted from the first sample that was heard."""

    def __init__(self, codec: str, format: str, options: dict[str, str]) -> None:
        context = av.CodecContext.create(codec, "w")
        assert isinstance(context, av.AudioCodecContext)
        context.sample_rate, context.bit_rate, context.time_base = RATE, BIT_RATE, Fraction(1, RATE)
        context.layout, context.format, context.options = "mono", format, options
        self._context, self._samples = context, 0

    def of(self, sound: bytes) -> list[bytes]:
        frame = av.AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), self._samples
        frame.planes[0].update(sound)
        self._samples += FRAME
        return _bytes(self._context.encode(frame))

    def rest(self) -> list[bytes]:
        return _bytes(self._context.encode(None))


def _bytes(packets: Iterable[Packet]) -> list[bytes]:  # type: ignore[type-arg]  # of sound
    return [bytes(packet) for packet in packets]


class Mp3:
    """MP3 whose frames stand for themselves, so that who comes in later hears the first one whole."""

    FRAME = 1152

    def __init__(self) -> None:
        self._coded = _Coded("libmp3lame", "s16p", {"reservoir": "0"})
        self._frames: list[bytes] = []
        self._ticks = self._done = 0

    def hear(self, tick: Tick) -> list[Made]:
        self._frames += self._coded.of(tick.sound)
        self._ticks += 1
        return self._piece() if self._ticks % TICKS_A_PIECE == 0 else []

    def rest(self) -> list[Made]:
        self._frames += self._coded.rest()
        return self._piece()

    def _piece(self) -> list[Made]:
        began, long = self._done, len(self._frames) * self.FRAME
        data, self._frames = b"".join(self._frames), []
        self._done += long
        return [("mp3", began, long, data)] if data else []


class Aac:
    """AAC in frames that each say what they are (ADTS), and the same in segments for HLS."""

    def __init__(self) -> None:
        self._coded = _Coded("aac", "fltp", {})
        self._frames: list[bytes] = []
        self._segment: list[bytes] = []
        self._ticks = self._done = self._cut = 0

    def hear(self, tick: Tick) -> list[Made]:
        made = self._take(self._coded.of(tick.sound))
        self._ticks += 1
        return made + (self._piece() if self._ticks % TICKS_A_PIECE == 0 else [])

    def rest(self) -> list[Made]:
        made = self._take(self._coded.rest()) + self._piece()
        return made + (self._cut_off() if self._segment else [])

    def _take(self, packets: list[bytes]) -> list[Made]:
        made = list[Made]()
        for packet in packets:
            frame = adts(packet)
            self._frames.append(frame)
            self._segment.append(frame)
            if len(self._segment) == SEGMENT_FRAMES:
                made += self._cut_off()
        return made

    def _piece(self) -> list[Made]:
        began, long = self._done, len(self._frames) * AAC_FRAME
        data, self._frames = b"".join(self._frames), []
        self._done += long
        return [("aac", began, long, data)] if data else []

    def _cut_off(self) -> list[Made]:
        began, long = self._cut, len(self._segment) * AAC_FRAME
        data, self._segment = clock(began) + b"".join(self._segment), []
        self._cut += long
        return [("segment", began, long, data)]


def adts(frame: bytes) -> bytes:
    """An AAC frame with its head (ISO 14496-3, 1.A.2): low complexity, 48 kHz, one channel, no checksum."""
    size = len(frame) + 7
    head = (0xFFF1 << 40) | (1 << 38) | (3 << 34) | (1 << 30) | (size << 13) | (0x7FF << 2)
    return head.to_bytes(7) + frame


ENCODINGS: dict[Format, Callable[[int], Encoding]] = {
    "mp3": lambda _serial: Mp3(),
    "aac": lambda _serial: Aac(),
    "opus": Opus,
}
