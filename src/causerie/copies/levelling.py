"""Everybody as loud as everybody else: slowly, so that nobody hears it happen."""

import numpy as np
from numpy.typing import NDArray

from causerie.copies.loudness import SILENCE
from causerie.copies.sound import Samples

Levels = NDArray[np.float64]
"""The loudest moment of each second, in LUFS."""

TARGET = -18.0
FLOOR = -50.0
"""Below it nobody speaks."""
BESIDE = 12.0
"""So much quieter than this person speaks is not they, but the room around them."""
AROUND = 30
"""Seconds before and after that say how loud somebody is just now."""
STEADY = 5.0
"""Until somebody has spoken so many seconds, how they speak all evening counts more."""
MOST = 18.0


def gains(levels: Levels) -> Levels:
    """By how many decibels each second is raised or lowered."""
    voiced = levels > FLOOR
    if not voiced.any():
        return np.zeros(len(levels))
    voiced &= levels > _decibels(_power(levels[voiced]).mean()) - BESIDE
    usual = _power(levels[voiced]).mean()
    window = np.ones(2 * AROUND + 1)
    spoken = np.convolve(np.where(voiced, _power(levels), 0), window)[AROUND : AROUND + len(levels)]
    seconds = np.convolve(voiced, window)[AROUND : AROUND + len(levels)]
    around = (np.maximum(spoken, 0) + STEADY * usual) / (seconds + STEADY)
    return np.clip(TARGET - _decibels(around), -MOST, MOST)


def levelled(sound: Samples, gain: Levels, second: int) -> Samples:
    """One second of somebody's sound at the level it should have, without a step to its neighbours."""
    before, now, after = (gain[min(max(at, 0), len(gain) - 1)] for at in (second - 1, second, second + 1))
    ends = 10 ** (np.array([before + now, now + after]) / 40)
    return sound * np.linspace(float(ends[0]), float(ends[1]), len(sound), dtype=np.float32)


def quiet(seconds: int) -> Levels:
    """Of somebody who has said nothing yet."""
    return np.full(seconds, SILENCE)


def _power(decibels: Levels) -> Levels:
    return 10 ** (decibels / 10)


def _decibels(power: Levels) -> Levels:
    return 10 * np.log10(power)
