"""The host's own cover: read with care and drawn anew, so that nothing but the picture is passed on."""

import io

from PIL import Image, ImageOps

from causerie.copies.errors import CoverRefused

COVER_SIDE = 1400
"""Pixels; the least that podcast directories take."""
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


def square(cover: bytes) -> Image.Image:
    """A cover as directories want it: square, 1,400 pixels, upright; refused where it is no picture or lies."""
    if len(cover) > MOST_BYTES:
        raise CoverRefused
    try:
        with Image.open(io.BytesIO(cover), formats=FORMATS) as picture:
            return _drawn(picture)
    except Exception as error:  # what a spoiled picture makes of Pillow's parsers is told nowhere
        raise CoverRefused from error


def jpeg(picture: Image.Image) -> bytes:
    """As a file, without a word about where and when it was taken."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _drawn(picture: Image.Image) -> Image.Image:
    """Its size is looked at before a pixel is."""
    if picture.width * picture.height > MOST_PIXELS:
        raise CoverRefused
    picture.draft("RGB", (COVER_SIDE, COVER_SIDE))
    # Small first: forty megapixels are in memory twice, not five times.
    small = ImageOps.fit(picture.convert("RGBA"), (COVER_SIDE, COVER_SIDE))
    paper = Image.new("RGBA", small.size, "#F4F2EA")
    return Image.alpha_composite(paper, ImageOps.exif_transpose(small)).convert("RGB")
