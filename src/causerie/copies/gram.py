"""What an audiogram shows, and where: room and host, the question on its slip, who speaks, the words, the wave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from causerie.copies.captions import Cue, named, one_after_another
from causerie.copies.cards import EVENING, FAINT, INK, LAMP, PAPER, SLIP, SOFT, emblem, fitting
from causerie.copies.headings import heading
from causerie.copies.lettering import Letters, Style, backwards
from causerie.copies.rings import REST, Oval, ringed, step
from causerie.copies.sound import Samples
from causerie.copies.voices import Voice

SIDE, MARGIN = 1080, 64
INNER = SIDE - 2 * MARGIN
COVER, SIGN, BESIDE = 88, 56, 24
SLIP_TOP, SLIP_FOOT = 184, 486
OVALS, NAMES = 640, 788
WORDS, WORDS_HIGH = 836, 96
WAVE, WAVE_HIGH = 952, 76
BARS, BAR = 119, 8
"""How many bars the wave has, and pixels from one to the next."""
APART = 280
HALVES = (76, 76, 76, 72, 56, 48)
"""Half the width of a portrait, by how many there are."""

LINES = Letters(Style("furniture", 36, 500, 1.3))


@dataclass(frozen=True)
class Gram:
    """One audiogram; without a cover of the host's our sign stands there."""

    title: str
    asker: str | None
    room: str
    host: str
    language: str
    cover: Image.Image | None
    voices: Sequence[Voice]
    said: Sequence[Cue]
    sound: Samples


def ground(gram: Gram) -> Image.Image:
    """All that stays, with the rings at rest and the wave unplayed."""
    picture = Image.new("RGB", (SIDE, SIDE), EVENING)
    _head(picture, gram)
    _slip(picture, gram)
    _names(picture, gram)
    for voice, oval in zip(gram.voices, ovals(len(gram.voices)), strict=True):
        picture.paste(ringed(voice.name, oval.half, 0), oval.corner)
    picture.paste(wave(gram.sound, REST), (MARGIN, WAVE))
    return picture


def drawn(gram: Gram) -> Image.Image:
    """What one sees before it plays: everybody's ring half open, the wave lit."""
    picture = ground(gram)
    for voice, oval in zip(gram.voices, ovals(len(gram.voices)), strict=True):
        picture.paste(ringed(voice.name, oval.half, step(0.5)), oval.corner)
    picture.paste(wave(gram.sound, LAMP), (MARGIN, WAVE))
    return picture


def ovals(count: int) -> list[Oval]:
    """Where so many people stand."""
    apart = min(APART, INNER / max(1, count))
    left = SIDE / 2 - apart * (count - 1) / 2
    return [Oval(round(left + apart * number), OVALS, HALVES[count - 1]) for number in range(count)]


def wave(sound: Samples, colour: str) -> Image.Image:
    """How loud the clip is from its begin to its end, in bars."""
    picture = Image.new("RGB", (INNER, WAVE_HIGH), EVENING)
    on, middle = ImageDraw.Draw(picture), WAVE_HIGH / 2
    for number, share in enumerate(_bars(sound)):
        half = max(2.0, share * (middle - 1))
        on.rounded_rectangle([number * BAR + 1, middle - half, number * BAR + 5, middle + half], 2, colour)
    return picture


def words(lines: Sequence[str]) -> Image.Image:
    """What is being said."""
    picture = Image.new("RGB", (INNER, WORDS_HIGH), EVENING)
    LINES.draw(ImageDraw.Draw(picture), list(lines), (0, 0), INNER, PAPER)
    return picture


def screens(said: Sequence[Cue]) -> Iterator[tuple[float, tuple[str, ...]]]:
    """From when on which lines are shown: two at a time, each as long as it has letters; at the end of words none."""
    for cue in one_after_another(said):
        lines = LINES.lines(named(cue), INNER, len(cue.text))
        pairs = [tuple(lines[at : at + 2]) for at in range(0, len(lines), 2)]
        letters, at = sum(map(len, lines)) or 1, cue.begins
        for pair in pairs:
            yield at, pair
            at += (cue.ends - cue.begins) * sum(map(len, pair)) / letters
        yield cue.ends, ()


def _head(picture: Image.Image, gram: Gram) -> None:
    """Cover, room and host, on the side reading begins."""
    back, on = backwards(gram.room), ImageDraw.Draw(picture)
    if gram.cover is None:
        emblem(picture, (SIDE - MARGIN - COVER if back else MARGIN, MARGIN), COVER)
    else:
        picture.paste(gram.cover.resize((COVER, COVER)), (SIDE - MARGIN - COVER if back else MARGIN, MARGIN))
        emblem(picture, (MARGIN if back else SIDE - MARGIN - SIGN, MARGIN + (COVER - SIGN) // 2), SIGN)
    inner = INNER - COVER - SIGN - 2 * BESIDE
    left = MARGIN + (SIGN if back else COVER) + BESIDE
    room, host = Letters(Style("furniture", 32, 600)), Letters(Style("furniture", 28))
    at = room.draw(on, room.lines(gram.room, inner, 1), (left, MARGIN + 4), inner, PAPER)
    host.draw(on, host.lines(gram.host, inner, 1), (left, at), inner, FAINT)


def _slip(picture: Image.Image, gram: Gram) -> None:
    on, inner = ImageDraw.Draw(picture), INNER - 72
    on.rounded_rectangle([MARGIN, SLIP_TOP, SIDE - MARGIN, SLIP_FOOT], 20, SLIP)
    high = SLIP_FOOT - SLIP_TOP - 60 - (44 if gram.asker else 0)
    title, lines = fitting(gram.title, (68, 60, 52, 46, 40, 34), inner, high)
    title.draw(on, lines, (MARGIN + 36, SLIP_TOP + 28), inner, INK)
    if gram.asker:
        asker = Letters(Style("furniture", 30, 600))
        said = heading(gram.language, "asked_by", name=gram.asker)
        asker.draw(on, asker.lines(said, inner, 1), (MARGIN + 36, SLIP_FOOT - 62), inner, SOFT)


def _names(picture: Image.Image, gram: Gram) -> None:
    on, letters, count = ImageDraw.Draw(picture), Letters(Style("furniture", 26, 500)), len(gram.voices)
    inner = min(APART, INNER / max(1, count)) - 16
    for voice, oval in zip(gram.voices, ovals(count), strict=True):
        for line in letters.lines(voice.name, inner, 1):
            wide = letters.width(line)
            letters.draw(on, [line], (oval.x - wide / 2, NAMES), wide, PAPER)


def _bars(sound: Samples) -> list[float]:
    parts = [float(np.sqrt(np.mean(np.square(part)))) for part in np.array_split(sound, BARS) if len(part)]
    loudest = max(parts, default=0.0)
    return [(part / loudest) ** 0.7 if loudest else 0.0 for part in parts]
