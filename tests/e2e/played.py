"""What can be heard in a file that the copy gave out: which pitches, in each fifth of a second."""

import io
from collections.abc import Collection

import av
import numpy as np

RATE = 48_000
WINDOW = RATE // 5
# A voice in the mix is far above this, and what the codecs add is far below.
HEARD = 0.01


def pitches(file: bytes, among: Collection[int]) -> list[set[int]]:
    """The pitches that sound in a sound file, window by window."""
    sound = _samples(file)
    windows = sound[: len(sound) // WINDOW * WINDOW].reshape(-1, WINDOW)
    return [{hz for hz in among if _level(window, hz) > HEARD} for window in windows]


def within(heard: list[set[int]], begins: float, ends: float) -> set[int]:
    """All that sounds between two moments, in seconds; windows on an edge are left out."""
    chosen = heard[int(begins * RATE / WINDOW) + 1 : int(ends * RATE / WINDOW)]
    return set[int]().union(*chosen)


def shared(heard: list[set[int]], pitch: int) -> list[int]:
    """The windows in which this pitch sounds."""
    return [number for number, found in enumerate(heard) if pitch in found]


def _samples(file: bytes) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    one_kind = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(io.BytesIO(file)) as opened:
        parts = [same.to_ndarray().reshape(-1) for part in opened.decode(audio=0) for same in one_kind.resample(part)]
    return np.concatenate(parts).astype(np.float32)


def _level(window: "np.ndarray[tuple[int], np.dtype[np.float32]]", hz: int) -> float:
    """How loud one pitch is: the correlation with it, whatever its phase (1 is full scale)."""
    turn = np.exp(-2j * np.pi * hz * np.arange(len(window)) / RATE) * np.hanning(len(window))
    return float(abs(window @ turn) * 4 / len(window))
