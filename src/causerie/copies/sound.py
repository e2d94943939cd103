"""Sound in blocks, to and from files of our own. Nothing here ever opens anything but a file of this machine."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from numpy.typing import NDArray

from causerie.copies.timeline import RATE

Samples = NDArray[np.float32]

BLOCK = RATE
"""A second at a time: fifty speakers are ten megabytes."""
TICK = Fraction(1, RATE)
FILES_ONLY = {"protocol_whitelist": "file"}
OURS_ONLY = {**FILES_ONLY, "format_whitelist": "flac,mp3,mov,mp4,m4a,3gp,3g2,mj2"}


def opened(path: Path) -> InputContainer:
    """A media file to read."""
    return av.open(f"file:{path}", "r", options=OURS_ONLY)


def begun(path: Path, kind: str, options: dict[str, str] | None = None) -> OutputContainer:
    """A media file to write; the same sound gives the same bytes."""
    wanted = {"fflags": "+bitexact", **FILES_ONLY, **(options or {})}
    return av.open(f"file:{path}", "w", format=kind, container_options=wanted)


def frame(sound: Samples, at: int) -> AudioFrame:
    """One channel of sound, so many samples behind the beginning."""
    made = AudioFrame.from_ndarray(sound.reshape(1, -1), format="flt", layout="mono")
    made.sample_rate, made.pts, made.time_base = RATE, at, TICK
    return made


class Lossless:
    """A FLAC file that is being written. `bits` is 16, or 24 for what is worked on further."""

    def __init__(self, path: Path, *, bits: int = 16, tags: dict[str, str] | None = None) -> None:
        self._file = begun(path, "flac")
        self._file.metadata.update(tags or {})
        self._stream: AudioStream = self._file.add_stream("flac", rate=RATE)
        self._stream.layout = "mono"
        self._stream.format = "s16" if bits == 16 else "s32"
        self._at = 0

    def add(self, sound: Samples) -> None:
        """What comes next; louder than full is full."""
        self._file.mux(self._stream.encode(frame(sound, self._at)))
        self._at += len(sound)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if kind is None:
                self._file.mux(self._stream.encode(None))


def blocks(path: Path, block: int = BLOCK) -> Iterator[Samples]:
    """A file's sound, so many samples at a time, the last time what is left."""
    rest = np.zeros(0, np.float32)
    for part in _parts(path):
        rest = np.concatenate([rest, part])
        while len(rest) >= block:
            yield rest[:block]
            rest = rest[block:]
    if len(rest):
        yield rest


def _parts(path: Path) -> Iterator[Samples]:
    one_kind = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with opened(path) as file:
        for part in file.decode(audio=0):
            yield from (samples_of(same) for same in one_kind.resample(part))


def samples_of(made: AudioFrame) -> Samples:
    """What is in a frame of one channel."""
    return made.to_ndarray().reshape(-1).astype(np.float32, copy=False)
