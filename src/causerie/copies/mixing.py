"""All speakers together: each at the same level, summed, a second at a time."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from causerie.copies.levelling import Levels, gains, levelled
from causerie.copies.loudness import Meter
from causerie.copies.sound import BLOCK, Lossless, Samples, blocks

ROOM = np.float32(1 / 8)
"""Several speak at once, and nothing is cut off before the limiter: 18 dB of room in 24 bits."""


def mixed(
    files: Sequence[Path], levels: Sequence[Levels], length: int, to: Path, told: Callable[[float], None]
) -> float:
    """Write everybody's sound as one, with room above; says how loud that is, in LUFS."""
    wanted, meter = [gains(level) for level in levels], Meter()
    sounds = [blocks(path) for path in files]
    with Lossless(to, bits=24) as file:
        for second, begins in enumerate(range(0, length, BLOCK)):
            together = np.zeros(min(BLOCK, length - begins), np.float32)
            _add(together, [next(sound) for sound in sounds], wanted, second)
            meter.hear(together)
            file.add(together)
            told(begins / length)
    return meter.total().lufs


def _add(together: Samples, parts: Sequence[Samples], wanted: Sequence[Levels], second: int) -> None:
    for part, gain in zip(parts, wanted, strict=True):
        if part.any():
            together += ROOM * levelled(part, gain, second)
