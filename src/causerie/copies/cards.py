"""Pictures we draw: the cover of a copy without one, and the still card of each chapter."""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from PIL import Image, ImageDraw

from causerie.copies.chapters import Placed
from causerie.copies.covers import COVER_SIDE, square
from causerie.copies.days import began
from causerie.copies.errors import CoverRefused
from causerie.copies.headings import heading
from causerie.copies.lettering import Letters, Style, backwards
from causerie.copies.plan import Plan

WIDE, HIGH = 1280, 720
PREVIEW = (1200, 630)
EVENING, RAISED, PAPER, FAINT = "#17332B", "#224339", "#F4F2EA", "#B4BEB2"
LAMP, SLIP, INK, SOFT = "#F2B652", "#EFE2C3", "#1C221E", "#4B4A3B"
MARGIN = 88
SMOOTH = 4
LEADING = 1.14


@dataclass(frozen=True)
class Words:
    """What a picture says about the room."""

    title: str
    host: str
    day: str
    language: str


def words(plan: Plan) -> Words:
    day = format_date(began(plan).date(), "long", locale=_locale(plan.language))
    return Words(plan.title, plan.host, day, plan.language)


def cover(plan: Plan) -> Image.Image:
    """The host's picture; one drawn of title, host and day where there is none, or none that can be read."""
    if plan.cover is not None:
        try:
            return square(plan.cover)
        except CoverRefused:
            pass
    return drawn(words(plan))


def drawn(says: Words) -> Image.Image:
    """A cover of words: the title under the open circle, who held the room, and when."""
    picture = Image.new("RGB", (COVER_SIDE, COVER_SIDE), EVENING)
    on, inner, margin = ImageDraw.Draw(picture), COVER_SIDE - 2 * 120, 120
    back = backwards(says.title)
    emblem(picture, (COVER_SIDE - margin - 200 if back else margin, margin), 200)
    title, lines = fitting(says.title, (150, 124, 100, 80), inner, 700)
    title.draw(on, lines, (margin, 420), inner, PAPER)
    host, day = Letters(Style("furniture", 60, 600)), Letters(Style("furniture", 48))
    at = host.draw(on, host.lines(says.host, inner, 1), (margin, COVER_SIDE - margin - 140), inner, LAMP)
    day.draw(on, day.lines(says.day, inner, 1), (margin, at), inner, FAINT)
    return picture


def card(says: Words, chapter: Placed | None, cover: Image.Image) -> Image.Image:
    """What is seen while a chapter is heard: its question on a slip under the lamp, or the room itself."""
    picture = Image.new("RGB", (WIDE, HIGH), EVENING)
    if chapter is None:
        _room(picture, says, cover)
    else:
        _slip(picture, says, chapter)
    return picture


def preview(says: Words, text: str, asker: str | None) -> Image.Image:
    """What is seen where an answer's page is linked: its question, who asked it, and in which room."""
    wide, high, margin, side = *PREVIEW, 64, 76
    picture = Image.new("RGB", PREVIEW, EVENING)
    on, inner, back = ImageDraw.Draw(picture), wide - 2 * margin, backwards(text)
    emblem(picture, (wide - margin - side if back else margin, 36), side)
    room, left = Letters(Style("furniture", 30, 600)), margin + (0 if back else side + 28)
    room.draw(on, room.lines(says.title, inner - side - 28, 1), (left, 56), inner - side - 28, PAPER)
    on.rounded_rectangle([margin - 24, 140, wide - margin + 24, high - 92], 18, SLIP)
    question, lines = fitting(text, (68, 60, 52, 46, 40), inner - 24, 290 if asker else 340)
    question.draw(on, lines, (margin + 12, 168), inner - 24, INK)
    if asker:
        name = Letters(Style("furniture", 30, 600))
        said = heading(says.language, "asked_by", name=asker)
        name.draw(on, name.lines(said, inner - 24, 1), (margin + 12, high - 152), inner - 24, SOFT)
    foot = Letters(Style("furniture", 28, 500))
    foot.draw(on, foot.lines(f"{says.host} · {says.day}", inner, 1), (margin, high - 62), inner, FAINT)
    return picture


def emblem(on: Image.Image, at: tuple[int, int], side: int) -> None:
    """An open circle of listeners; the bead takes the free seat and closes it by speaking."""
    large = Image.new("RGBA", (side * SMOOTH, side * SMOOTH))
    draw, unit = ImageDraw.Draw(large), side * SMOOTH / 32
    draw.arc(_round(14.9 * unit, 16 * unit, 14.1 * unit), 45.4, 314.6, "#F1E5CA", round(4.6 * unit))
    for end in (7.6, 24.4):
        draw.ellipse(_round(23.2 * unit, end * unit, 2.3 * unit), "#F1E5CA")
    draw.ellipse(_round(27.4 * unit, 16 * unit, 4 * unit), LAMP)
    small = large.resize((side, side), Image.Resampling.LANCZOS)
    on.paste(small, at, small)


def _room(picture: Image.Image, says: Words, cover: Image.Image) -> None:
    """Cover on the side reading begins, title and host beside it."""
    side, gap = 480, 56
    back, on = backwards(says.title), ImageDraw.Draw(picture)
    picture.paste(cover.resize((side, side)), (WIDE - MARGIN - side if back else MARGIN, (HIGH - side) // 2 - 12))
    left, inner = (MARGIN if back else MARGIN + side + gap), WIDE - 2 * MARGIN - side - gap
    title, lines = fitting(says.title, (64, 52, 42), inner, 330)
    at = title.draw(on, lines, (left, 140), inner, PAPER)
    host = Letters(Style("furniture", 30, 600))
    host.draw(on, host.lines(says.host, inner, 2), (left, at + 24), inner, LAMP)


def _slip(picture: Image.Image, says: Words, chapter: Placed) -> None:
    on, inner = ImageDraw.Draw(picture), WIDE - 2 * MARGIN
    room = Letters(Style("furniture", 26, 500))
    room.draw(on, room.lines(says.title, inner, 1), (MARGIN, 40), inner, FAINT)
    on.rounded_rectangle([MARGIN - 24, 100, WIDE - MARGIN + 24, HIGH - 84], 18, SLIP)
    text = chapter.question or chapter.title
    question, lines = fitting(text, (64, 56, 48, 42, 36), inner - 48, 380)
    question.draw(on, lines, (MARGIN + 24, 140), inner - 48, INK)
    if chapter.asker:
        asker = Letters(Style("furniture", 30, 600))
        said = heading(says.language, "asked_by", name=chapter.asker)
        asker.draw(on, asker.lines(said, inner - 48, 1), (MARGIN + 24, HIGH - 152), inner - 48, SOFT)


def fitting(text: str, sizes: tuple[int, ...], width: float, high: float) -> tuple[Letters, list[str]]:
    """The largest size in which all of it fits; cut short in the smallest."""
    for size in sizes:
        letters = Letters(Style("voice", size, 500, LEADING))
        most = int(high / (size * LEADING))
        lines = letters.lines(text, width, most + 1)
        if len(lines) <= most:
            return letters, lines
    return letters, letters.lines(text, width, most)


def _round(x: float, y: float, radius: float) -> list[float]:
    return [x - radius, y - radius, x + radius, y + radius]


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
