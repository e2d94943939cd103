"""How each speaker's voice rises and falls in a clip: what their ring follows."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from causerie.copies.sound import Samples
from causerie.copies.timeline import RATE

FPS = 25
FRAME = RATE // FPS
FAINT, LOUD = -50.0, -14.0
"""Decibels at which a ring begins to open, and at which it is wide."""
RISES, FALLS = 0.6, 0.18
"""Of the way to where the voice is, in each picture: the ring opens at once and closes like a breath."""
HEARD = FPS // 2
"""Pictures with a voice: who is heard for less than half a second only coughed."""
MOST = 6

Breath = NDArray[np.float64]
"""How open a ring is in each picture, from 0 to 1."""


@dataclass(frozen=True)
class Voice:
    """Somebody who is heard in a clip."""

    name: str
    breath: Breath


def voices(sounds: Iterable[tuple[str, Samples]]) -> list[Voice]:
    """Those who are heard, in their order; of many, those who are heard most."""
    levels = [(name, _levels(sound)) for name, sound in sounds]
    found = [(int((level > 0).sum()), number) for number, (_, level) in enumerate(levels)]
    most = sorted(sorted((one for one in found if one[0] >= HEARD), reverse=True)[:MOST], key=lambda one: one[1])
    return [Voice(levels[number][0], breathed(levels[number][1])) for _, number in most]


def breathed(levels: Breath) -> Breath:
    """As a ring follows a voice."""
    at, followed = 0.0, np.zeros(len(levels))
    for number, level in enumerate(levels):
        at += (level - at) * (RISES if level > at else FALLS)
        followed[number] = at
    return followed


def _levels(sound: Samples) -> Breath:
    """How loud each picture's worth of sound is, from 0 to 1."""
    padded = np.pad(sound, (0, -len(sound) % FRAME)).reshape(-1, FRAME)
    power = np.mean(np.square(padded, dtype=np.float64), axis=1)
    decibels = 10 * np.log10(np.maximum(power, 1e-12))
    levels: Breath = np.clip((decibels - FAINT) / (LOUD - FAINT), 0, 1)
    return levels
