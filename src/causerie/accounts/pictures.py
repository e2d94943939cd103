"""Somebody's picture: read with care and drawn anew, so that nothing but the picture is passed on."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor

from PIL import Image, ImageOps

from causerie.accounts.errors import PictureRefused

SIDE = 512
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
# One at a time: forty megapixels are 160 megabytes while they are looked at.
thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")


async def portrait(picture: bytes) -> bytes:
    """A JPEG, square and upright, without a word about where and when it was taken; or `PictureRefused`."""
    return await asyncio.get_running_loop().run_in_executor(thread, drawn, picture)


def drawn(picture: bytes) -> bytes:
    if len(picture) > MOST_BYTES:
        raise PictureRefused
    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as found:
            return jpeg(_square(found))
    except Exception as fault:  # what a spoiled picture makes of Pillow's parsers is told nowhere
        raise PictureRefused from fault


def _square(picture: Image.Image) -> Image.Image:
    """Its size is looked at before a pixel is; of what moves only the first picture is."""
    if picture.width * picture.height > MOST_PIXELS:
        raise PictureRefused
    picture.draft("RGB", (SIDE, SIDE))
    # Small first: forty megapixels are in memory twice, not five times.
    picture.thumbnail((4 * SIDE, 4 * SIDE))
    return on_paper(ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGBA"), (SIDE, SIDE)))


def on_paper(picture: Image.Image) -> Image.Image:
    """What can be seen through has the colour of the page behind it."""
    return Image.alpha_composite(Image.new("RGBA", picture.size, "#F4F2EA"), picture).convert("RGB")


def jpeg(picture: Image.Image) -> bytes:
    """As a file, without a word about where and when it was taken."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()
