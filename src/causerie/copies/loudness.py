"""How loud sound is, as EBU R 128 measures it, and how it is brought to where a podcast should be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log10
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph

from causerie.copies.sound import Lossless, Samples, blocks, frame, samples_of
from causerie.copies.timeline import RATE

TARGET = -16.0
NEAR = 0.2
SILENCE = -70.0
"""What the meter says of nothing at all (EBU R 128, absolute gate)."""
CEILING = -3.0
"""True peak of the master: MP3 and AAC add up to a decibel to it, and −1.5 must hold for them, too."""
TRIES = 6
LEAST = 0.2
"""Of a decibel more, the limiter leaves at least so much; less is not believed."""


@dataclass(frozen=True)
class Loudness:
    """Over everything: loudness in LUFS, true peak in dB."""

    lufs: float
    true_peak: float


class Filter:
    """A chain of FFmpeg's filters on one channel."""

    def __init__(self, chain: Iterable[tuple[str, str]], rate: int = RATE) -> None:
        self._graph = Graph()
        source = self._graph.add_abuffer(sample_rate=rate, format="flt", layout="mono")
        filters = [self._graph.add(name, said) for name, said in chain]
        self._graph.link_nodes(source, *filters, self._graph.add("abuffersink")).configure()
        self._at = 0

    def pass_on(self, sound: Samples) -> Iterator[AudioFrame]:
        """What comes out once this went in."""
        self._graph.push(frame(sound, self._at))
        self._at += len(sound)
        return self._out()

    def rest(self) -> Iterator[AudioFrame]:
        """What comes out once nothing more comes."""
        self._graph.push(None)
        return self._out()

    def _out(self) -> Iterator[AudioFrame]:
        while True:
            try:
                out = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            assert isinstance(out, AudioFrame)
            yield out


class Meter:
    """Listens along, a tenth of a second at a time."""

    def __init__(self, *, peaks: bool = False) -> None:
        self._filter = Filter([("ebur128", f"metadata=1:peak={'true' if peaks else 'none'}")])
        self._last: dict[str, str] = {}

    def hear(self, sound: Samples) -> float:
        """The loudest moment (400 ms) of these samples, in LUFS."""
        return max((self._note(out) for out in self._filter.pass_on(sound)), default=SILENCE)

    def total(self) -> Loudness:
        """Of all that was heard."""
        for out in self._filter.rest():
            self._note(out)
        peak = float(self._last.get("lavfi.r128.true_peaks_ch0", 0))
        lufs = float(self._last.get("lavfi.r128.I", SILENCE))
        return Loudness(max(SILENCE, lufs), 20 * log10(peak) if peak > 0 else float("-inf"))

    def _note(self, out: AudioFrame) -> float:
        self._last = dict(out.metadata) or self._last
        moment = float(self._last.get("lavfi.r128.M", SILENCE))
        return moment if moment > SILENCE else SILENCE


def limited(sound: Iterable[Samples], gain: float) -> Iterator[Samples]:
    """Louder by so many decibels, but never above the ceiling, between the samples neither."""
    chain = Filter(
        [
            ("aresample", str(4 * RATE)),
            ("alimiter", f"level=disabled:limit={10 ** (CEILING / 20):.6f}:attack=5:release=80:latency=1"),
            ("aresample", str(RATE)),
            ("aformat", "sample_fmts=flt:channel_layouts=mono"),
        ]
    )
    factor = np.float32(10 ** (gain / 20))
    for block in sound:
        yield from (samples_of(out) for out in chain.pass_on(block * factor))
    yield from (samples_of(out) for out in chain.rest())


def mastered(mix: Path, loudness: float, length: int, to: Path) -> Loudness:
    """Write a mix as loud as it should be; says how loud it became. What limiting takes away is given again."""
    gain = TARGET - loudness if loudness > SILENCE else 0.0
    measured = _written(limited(blocks(mix), gain), length, to)
    yields = 1.0
    for _ in range(TRIES):
        if measured.lufs <= SILENCE or abs(measured.lufs - TARGET) <= NEAR:
            break
        step = (TARGET - measured.lufs) / yields
        gain, before = gain + step, measured.lufs
        measured = _written(limited(blocks(mix), gain), length, to)
        yields = min(1.0, max(LEAST, (measured.lufs - before) / step))
    return measured


def _written(sound: Iterable[Samples], length: int, to: Path) -> Loudness:
    meter, left = Meter(peaks=True), length
    with Lossless(to) as file:
        for part in sound:
            kept = part[:left]
            left -= len(kept)
            if len(kept):
                meter.hear(kept)
                file.add(kept)
        assert left == 0, "a filter keeps every sample"
    return meter.total()
