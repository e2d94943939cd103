"""Covers and cards: drawn in our fonts, and from the host's own picture only what it shows."""

import io
import struct
import zlib
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from causerie.copies.cards import EVENING, HIGH, WIDE, card, cover, drawn, words
from causerie.copies.chapters import Placed
from causerie.copies.covers import COVER_SIDE, jpeg, square
from causerie.copies.errors import CoverRefused
from causerie.copies.lettering import Letters, Style, backwards, sides
from tests.copies.evening import plan

QUESTION = Placed(0, 9, "Who speaks?", "Nour", "Who speaks for the river when the town says it does?", "answer")
STYLE = Style("voice", 40)


def picture(kind: str, size: tuple[int, int] = (300, 200), colour: str = "#CC0000", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG that says it is this large, whatever is in it."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(pixels)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said)) for name, said in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def letters_on(made: Image.Image) -> np.ndarray:
    """Where something other than the ground is."""
    ground = np.array(Image.new("RGB", (1, 1), EVENING))[0, 0].astype(int)
    return np.argwhere(np.abs(np.asarray(made).astype(int) - ground).sum(axis=2) > 60)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_hosts_picture_is_made_square(kind: str):
    made = square(picture(kind))

    assert made.size == (COVER_SIDE, COVER_SIDE)
    assert np.abs(np.asarray(made).reshape(-1, 3).mean(axis=0) - [204, 0, 0]).max() < 4


def test_where_it_was_taken_is_not_passed_on():
    exif = Image.Exif()
    exif[0x010E] = "my kitchen"

    made = jpeg(square(picture("JPEG", exif=exif)))

    assert b"kitchen" not in made
    assert Image.open(io.BytesIO(made)).getexif() == {}


def test_a_picture_taken_with_a_turned_camera_is_upright():
    both = Image.new("RGB", (300, 300), "#CC0000")
    both.paste("#0000CC", (150, 0, 300, 300))
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    both.save(out, "JPEG", exif=exif)

    made = square(out.getvalue())

    assert [made.getpixel((700, at))[2] > 100 for at in (200, 1200)] == [False, True]  # a quarter turn clockwise


def test_behind_what_one_sees_through_there_is_paper():
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")

    assert square(out.getvalue()).getpixel((700, 700)) == (0xF4, 0xF2, 0xEA)


def of_one_bit(size: tuple[int, int]) -> bytes:
    """A true picture, small as a file, and large when it is read."""
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    return out.getvalue()


LIES = {
    "more than we read": of_one_bit((7_000, 6_000)),
    "larger than any picture": png(30_000, 30_000, bytes(9000)),
    "larger than its pixels": png(2_000, 2_000, bytes(9000)),
    "cut off": picture("JPEG", (900, 900))[:700],
    "too long": picture("PNG") + bytes(21 * 1024 * 1024),
    "another kind": picture("GIF"),
    "spoiled in the middle": bytes(7).join(picture("PNG").partition(b"IDAT")[::2]),
    "no picture": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "nothing": b"",
}


@pytest.mark.parametrize("lie", LIES)
def test_what_is_no_picture_or_lies_is_refused_and_one_is_drawn(lie: str):
    with pytest.raises(CoverRefused):
        square(LIES[lie])

    assert cover(replace(plan(), cover=LIES[lie])) == drawn(words(plan()))


def test_a_drawn_cover_begins_where_its_writing_begins():
    left = letters_on(drawn(words(plan("Rivers"))))
    right = letters_on(drawn(words(plan("أنهار"))))

    title = [part[(part[:, 0] > 420) & (part[:, 0] < 700)][:, 1] for part in (left, right)]
    assert title[0].min() < 160 < title[0].max() < COVER_SIDE / 2
    assert COVER_SIDE / 2 < title[1].min() < title[1].max() < COVER_SIDE - 100


@pytest.mark.parametrize(
    "title", ["🦦" * 300, "w" * 300, "W " * 150, "ل" * 300, "", "a\u0301" * 100, "حق Loire 2026 نهر"]
)
def test_any_title_stays_inside(title: str):
    for made in (drawn(words(plan(title))), card(words(plan(title)), None, Image.new("RGB", (9, 9), EVENING))):
        where = letters_on(made)
        assert where[:, 1].min() >= 60
        assert where[:, 1].max() < made.width - 60
        assert where[:, 0].max() < made.height - 20


@pytest.mark.parametrize("question", [QUESTION.question, "Why? " * 51, "لماذا؟ " * 36, None])
def test_a_card_shows_its_question_on_a_slip(question: str | None):
    made = card(words(plan()), replace(QUESTION, question=question), Image.new("RGB", (9, 9)))

    assert made.size == (WIDE, HIGH)
    assert made.getpixel((WIDE // 2, 110)) == (0xEF, 0xE2, 0xC3)
    outside = np.asarray(made)[HIGH - 80 :]
    assert (outside == np.array([0x17, 0x33, 0x2B])).all(), "the slip ends above the foot"


def test_a_letter_no_font_has_is_left_out():
    assert Letters(STYLE).readable("a 🦦 \u202e river\u200b") == "a river"


def test_lines_break_between_words_and_end_in_dots():
    letters = Letters(STYLE)
    width = letters.width("a river has ")

    assert letters.lines("a river has rights", width, 2) == ["a river has", "rights"]
    assert letters.lines("a river has rights", width, 1)[0].endswith("…")
    assert all(letters.width(line) <= width for line in letters.lines("river" * 20, width, 9))


def test_a_line_has_the_direction_of_its_first_letter():
    assert [backwards(text) for text in ("river", "نهر river", "12 نهر", "12", "")] == [False, True, True, False, False]


def test_the_line_of_another_writing_keeps_to_the_side_of_the_whole():
    says = replace(words(plan("نهر " + "Loire " * 8)), host="", day="")

    lowest = letters_on(drawn(says))
    second = lowest[(lowest[:, 0] > 600) & (lowest[:, 0] < 720)][:, 1]

    assert second.max() > COVER_SIDE - 180


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("river 18", "........"),
        ("نهر", "RRR"),
        ("18 نهر", "..RRRR"),
        ("نهر Loire 18", "RRRR........"),
        ("Loire نهر.", "......RRR."),
        ("", ""),
    ],
)
def test_spaces_and_signs_go_with_what_is_around_them(text: str, wanted: str):
    assert "".join("R" if side else "." for side in sides(text, backwards(text))) == wanted
