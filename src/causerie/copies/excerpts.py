"""Some samples out of the middle of a file, exactly those."""

from pathlib import Path

import numpy as np
from av.audio.frame import AudioFrame

from causerie.copies.sound import Samples, opened
from causerie.copies.timeline import RATE

EARLIER = RATE // 2
"""Read from so much before: what a coder says first after a jump leans on what it has not heard."""
FULL = {"s16": 2.0**15, "s32": 2.0**31}


def excerpt(path: Path, begins: int, count: int) -> Samples:
    """So many samples of one of our files from this one on; silence where it has no more."""
    found = np.zeros(count, np.float32)
    with opened(path) as file:
        stream = file.streams.audio[0]
        if begins > EARLIER:
            file.seek(begins - EARLIER, stream=stream)
        for frame in file.decode(stream):
            at = _place(frame) - begins
            if at >= count:
                break
            part = _samples(frame)[max(0, -at) :]
            at = max(0, at)
            found[at : at + len(part)] = part[: count - at]
    return found


def _place(frame: AudioFrame) -> int:
    """The number of its first sample."""
    assert frame.pts is not None
    assert frame.time_base is not None
    return round(frame.pts * frame.time_base * RATE)


def _samples(frame: AudioFrame) -> Samples:
    sound = frame.to_ndarray().reshape(-1)
    return (sound / FULL.get(frame.format.name, 1.0)).astype(np.float32)
