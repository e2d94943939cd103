"""Text in pictures, in the fonts of the page: broken into lines, from right to left where it is so written.

A letter that none of our fonts has (an emoji, say) is left out: an empty box says less than nothing.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby
from pathlib import Path
from typing import Literal

from PIL import ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

HOUSE = Path(__file__).parents[1]
FOLDERS = (HOUSE / "_web" / "fonts", HOUSE.parents[1] / "frontend" / "public" / "fonts")
"""As built, and as it lies in a checkout."""

Hand = Literal["voice", "furniture"]
"""What somebody said or wrote is set in the one; all that stands around it in the other."""

FONTS: dict[Hand, tuple[str, ...]] = {
    "voice": ("newsreader-latin-opsz-normal.woff2", "noto-naskh-arabic-arabic-wght-normal.woff2"),
    "furniture": ("hanken-grotesk-latin-wght-normal.woff2", "vazirmatn-arabic-wght-normal.woff2"),
}
ARABIC = 1
NOWHERE = "\U0010fffd"
"""A letter that no font has: it shows what a font draws for those."""
ON_LINE = 0.9
"""Where letters stand, of a line's height; the same for all fonts in it."""
ALONE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Signs that steer and are not seen."""


@dataclass(frozen=True)
class Style:
    """How text is set."""

    hand: Hand
    size: int
    weight: int = 400
    leading: float = 1.2


@dataclass(frozen=True)
class Run:
    """Letters of one font, in one direction."""

    text: str
    font: int
    backwards: bool


class Letters:
    """Text of one style."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.fonts = [_font(name, style.size, style.weight) for name in FONTS[style.hand]]

    def readable(self, text: str) -> str:
        """What of it can be shown, on one line."""
        kept = (letter for letter in unicodedata.normalize("NFC", ALONE.sub("", text)) if self._font_of(letter) >= 0)
        return " ".join("".join(kept).split())

    def width(self, text: str) -> float:
        return sum(self._width(run) for run in self._runs(text, backwards(text)))

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """Broken where words end; what does not fit ends in dots."""
        made = [""]
        for word in self._words(self.readable(text), width):
            longer = f"{made[-1]} {word}".strip()
            made[-1:] = [longer] if self.width(longer) <= width else [made[-1], word]
        made = [line for line in made if line]
        return made if len(made) <= most else [*made[: most - 1], self._cut(made[most - 1], width)]

    def draw(
        self, on: ImageDraw.ImageDraw, lines: list[str], at: tuple[float, float], width: float, fill: str
    ) -> float:
        """Draw these lines below each other, from the side all of it begins on; says where the next would be."""
        (x, y), back = at, backwards(" ".join(lines))
        for line in lines:
            runs = list(self._runs(line, back))
            left = x + width - sum(map(self._width, runs)) if back else x
            for run in reversed(runs) if back else runs:
                place = (left, y + ON_LINE * self.style.size)
                on.text(place, run.text, fill, self.fonts[run.font], "ls", direction=_direction(run))
                left += self._width(run)
            y += self.style.size * self.style.leading
        return y

    def _words(self, text: str, width: float) -> Iterator[str]:
        """Words, those that are longer than a line in parts."""
        for word in text.split():
            while word and self.width(word) > width:
                fits = max(1, next(at for at in range(1, len(word) + 1) if self.width(word[:at]) > width) - 1)
                yield word[:fits]
                word = word[fits:]
            if word:
                yield word

    def _cut(self, line: str, width: float) -> str:
        while line and self.width(f"{line}…") > width:
            line = line[:-1].rstrip()
        return f"{line}…"

    def _width(self, run: Run) -> float:
        return self.fonts[run.font].getlength(run.text, direction=_direction(run))

    def _runs(self, line: str, whole: bool) -> Iterator[Run]:
        """Parts of one font and direction, in the order in which they are read."""
        both = zip(line, sides(line, whole), strict=True)
        whose = [(letter, self._font_for(letter, back), back) for letter, back in both]
        for (font, back), letters in groupby(whose, key=lambda one: one[1:]):
            yield Run("".join(letter for letter, *_ in letters), font, back)

    def _font_for(self, letter: str, back: bool) -> int:
        """What stands among Arabic letters is set with them where their font has it."""
        return ARABIC if back and self._has(ARABIC, letter) else max(0, self._font_of(letter))

    def _font_of(self, letter: str) -> int:
        return next((at for at in range(len(self.fonts)) if self._has(at, letter)), -1)

    def _has(self, font: int, letter: str) -> bool:
        return letter.isspace() or _draws(FONTS[self.style.hand][font], letter)


def backwards(text: str) -> bool:
    """Whether it is read from right to left: its first letter that has a direction says so."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((found in {"R", "AL"} for found in directions if found in {"L", "R", "AL"}), False)


def sides(text: str, whole: bool) -> list[bool]:
    """Of each letter, whether it stands in something read from right to left.

    Spaces and signs go with what is on both sides of them, and with the whole line where that differs: as Unicode's
    rules have it (UAX 9, N1 and N2), without their levels.
    """
    before, after = accumulate(map(_side, text), _or), accumulate(map(_side, reversed(text)), _or)
    pairs = zip(before, reversed(list(after)), strict=True)
    return [bool(one) if one == other else whole for one, other in pairs]


def _side(letter: str) -> bool | None:
    found = unicodedata.bidirectional(letter)
    return found in {"R", "AL"} if found in {"L", "R", "AL", "EN", "AN"} else None


def _or(known: bool | None, side: bool | None) -> bool | None:
    return known if side is None else side


def _direction(run: Run) -> Literal["rtl", "ltr"]:
    return "rtl" if run.backwards else "ltr"


@cache
def _font(name: str, size: int, weight: int) -> FreeTypeFont:
    path = next(folder / name for folder in FOLDERS if (folder / name).exists())
    font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
    axes = font.get_variation_axes()
    font.set_variation_by_axes([weight if axis.get("name") == b"Weight" else _optical(axis, size) for axis in axes])
    return font


def _optical(axis: ImageFont.Axis, size: int) -> float:
    """The other axis is the size it is drawn for."""
    return min(max(size, axis["minimum"] or 0), axis["maximum"] or size)


@cache
def _draws(name: str, letter: str) -> bool:
    font = _font(name, 40, 400)
    return bytes(font.getmask(letter)) != bytes(font.getmask(NOWHERE))
