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
_thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")


async def portrait(picture: bytes) -> bytes:
    """A JPEG, square and upright, without a word about where and when it was taken; or `PictureRefused`."""
    return await asyncio.get_running_loop().run_in_executor(_thread, drawn, picture)


def drawn(picture: bytes) -> bytes:
    if len(picture) > MOST_BYTES:
        raise PictureRefused
    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as found:
            return _jpeg(_square(found))
    except Exception as fault:  # what a spoiled picture makes of Pillow's parsers is told nowhere
        raise PictureRefused from fault


def _square(picture: Image.Image) -> Image.Image:
    """Its size is looked at before a pixel is; of what moves only the first picture is."""
    if picture.width * picture.height > MOST_PIXELS:
        raise PictureRefused
    picture.draft("RGB", (SIDE, SIDE))
    # Small first: forty megapixels are in memory twice, not five times.
    picture.thumbnail((4 * SIDE, 4 * SIDE))
    fitted = ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGBA"), (SIDE, SIDE))
    paper = Image.new("RGBA", fitted.size, "#F4F2EA")
    return Image.alpha_composite(paper, fitted).convert("RGB")


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()
