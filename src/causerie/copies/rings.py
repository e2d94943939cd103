"""A speaker in an audiogram: an oval with their initials, and around it a ring that opens as they speak."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw

from causerie.copies.cards import EVENING, INK, LAMP, SMOOTH
from causerie.copies.lettering import Letters, Style

PAPERS = ("#C9B58A", "#D9A88A", "#A9B79A", "#AFC0BB", "#BFA9A6", "#D6B07F")
REST = "#33564B"
"""A ring while nobody speaks."""
STEPS = 24
TALL = 5 / 4
"""A portrait is an oval, four to five."""
GAP, THIN, WIDE, GLOW = 0.1, 0.035, 0.2, 0.34
"""Of the oval's half width: between it and the ring, the ring at rest, the ring open, the light around."""

Colours = NDArray[np.float64]


@dataclass(frozen=True)
class Oval:
    """Where one stands, and how large: half its width."""

    x: int
    y: int
    half: int

    @property
    def reach(self) -> tuple[int, int]:
        """How far its light goes to the side and up; even, as colours lie on every second pixel."""
        light = self.half * (GAP + WIDE + GLOW)
        return _even(self.half + light), _even(self.half * TALL + light)

    @property
    def corner(self) -> tuple[int, int]:
        across, up = self.reach
        return _even(self.x - across), _even(self.y - up)


def step(breath: float) -> int:
    """Which of the drawn rings this is."""
    return min(STEPS - 1, max(0, round(breath * (STEPS - 1))))


def ringed(name: str, half: int, at: int) -> Image.Image:
    """A portrait with its ring so far open, on the colour of the evening."""
    share = at / (STEPS - 1)
    distance = _distance(half)
    inner = half * GAP
    outer = inner + half * (THIN + (WIDE - THIN) * share)
    colour = _colour(REST) + (_colour(LAMP) - _colour(REST)) * min(1.0, share * 4)
    light = share * 0.3 * np.exp(-np.maximum(distance - outer, 0) / (half * GLOW / 4)) * _edge(distance - inner)
    picture = np.asarray(_portrait(name, half), np.float64)
    for alpha, paint in ((light, _colour(LAMP)), (_edge(distance - inner) * _edge(outer - distance), colour)):
        picture = picture + alpha[..., None] * (paint - picture)
    return Image.fromarray(np.rint(picture).astype(np.uint8))


def initials(name: str) -> str:
    """First letters of the first and the last name."""
    words = name.split()
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0].upper() for word in ends)


def paper(name: str) -> str:
    """One of six papers for somebody without a picture; the same as on the page (`frontend/src/ui/portrait.ts`)."""
    total = 0x811C9DC5
    for letter in name:
        total = (total ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return PAPERS[(total >> 8) % len(PAPERS)]


@cache
def _portrait(name: str, half: int) -> Image.Image:
    across, up = Oval(0, 0, half).reach
    large = Image.new("RGB", (2 * across * SMOOTH, 2 * up * SMOOTH), EVENING)
    tall = half * TALL
    sides = [(across - half) * SMOOTH, (up - tall) * SMOOTH, (across + half) * SMOOTH, (up + tall) * SMOOTH]
    ImageDraw.Draw(large).ellipse(sides, paper(name))
    picture = large.resize((2 * across, 2 * up), Image.Resampling.LANCZOS)
    letters = Letters(Style("voice", round(half * 0.8), 500))
    shown = letters.readable(initials(name))
    left, top = across - letters.width(shown) / 2, up - letters.style.size * 0.62
    letters.draw(ImageDraw.Draw(picture), [shown], (left, top), letters.width(shown), INK)
    return picture


@cache
def _distance(half: int) -> Colours:
    """How far each pixel is outside of the oval, in pixels; less than nothing inside."""
    across, up = Oval(0, 0, half).reach
    x, y = np.meshgrid(np.arange(2 * across) + 0.5 - across, np.arange(2 * up) + 0.5 - up)
    tall = half * TALL
    share = np.hypot(x / half, y / tall)
    steep = np.hypot(x / half**2, y / tall**2)
    distance: Colours = share * (share - 1) / np.maximum(steep, 1e-9)
    return distance


def _edge(distance: Colours) -> Colours:
    """How much of each pixel lies beyond an edge."""
    covered: Colours = np.clip(distance + 0.5, 0, 1)
    return covered


def _colour(name: str) -> Colours:
    return np.array(ImageColor.getrgb(name)[:3], np.float64)


def _even(number: float) -> int:
    return int(number) // 2 * 2
