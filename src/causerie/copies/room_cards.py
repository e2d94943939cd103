"""What is seen where a room is linked: its title, who holds it and when, beside its cover."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

from causerie.copies.cards import EVENING, FAINT, LAMP, PAPER, PREVIEW, emblem, fitting
from causerie.copies.lettering import Letters, Style, backwards

MARGIN = 72
WINDOW = (360, 450)


@dataclass(frozen=True)
class Shown:
    """What the card says. `when` is empty where nothing is set."""

    title: str
    host: str
    when: str
    place: str


def room_card(says: Shown, cover: bytes | None) -> Image.Image:
    """Drawn as pages of our room are at night; a cover stands on the side where reading ends."""
    wide, high = PREVIEW
    picture = Image.new("RGB", PREVIEW, EVENING)
    on, back = ImageDraw.Draw(picture), backwards(says.title)
    inner = wide - 2 * MARGIN - (WINDOW[0] + 56 if cover else 0)
    left = wide - MARGIN - inner if back else MARGIN
    emblem(picture, (left + inner - 84 if back else left, 60), 84)
    title, lines = fitting(says.title, (76, 64, 54, 46, 40), inner, 270)
    title.draw(on, lines, (left, 176), inner, PAPER)
    for text, at, fill, weight in (
        (says.host, 172, LAMP, 600),
        (says.when, 124, PAPER, 500),
        (says.place, 82, FAINT, 400),
    ):
        letters = Letters(Style("furniture", 30, weight))
        (line,) = letters.lines(text, inner, 1) or [""]
        aside = inner - letters.width(line) if back and not backwards(line) else 0
        letters.draw(on, [line], (left + aside, high - at), inner - aside, fill)
    if cover is not None:
        _window(picture, cover, MARGIN if back else wide - MARGIN - WINDOW[0])
    return picture


def as_file(picture: Image.Image) -> bytes:
    """Small enough that every program that shows previews fetches it."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()


def _window(on: Image.Image, cover: bytes, left: int) -> None:
    """The cover behind an arch, as everywhere."""
    with Image.open(io.BytesIO(cover)) as found:
        shown = ImageOps.fit(found.convert("RGB"), WINDOW)
    large = Image.new("L", (WINDOW[0] * 2, WINDOW[1] * 2), 0)
    arch, side = ImageDraw.Draw(large), WINDOW[0] * 2
    arch.ellipse([0, 0, side, side], 255)
    arch.rounded_rectangle([0, side // 2, side, WINDOW[1] * 2], 24, 255)
    on.paste(shown, (left, (PREVIEW[1] - WINDOW[1]) // 2), large.resize(WINDOW, Image.Resampling.LANCZOS))
