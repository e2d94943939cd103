"""The picture of a plan: read with care and drawn anew, so that nothing but the picture is passed on."""

import asyncio
import io

from PIL import Image, ImageOps

from causerie.accounts.pictures import FORMATS, jpeg, on_paper, thread
from causerie.rooms.errors import CoverUnusable

SIDE = 1600
"""Pixels of the longer side that is kept: enough for a card, a wide window and the cover of a copy."""
LONGEST_SIDE = 8000
MOST_BYTES = 12 * 1024 * 1024
FOLDER = "covers/"


async def cover(picture: bytes) -> bytes:
    """A JPEG, upright, without a word about where and when it was taken; or `CoverUnusable`."""
    return await asyncio.get_running_loop().run_in_executor(thread, drawn, picture)


def drawn(picture: bytes) -> bytes:
    if len(picture) > MOST_BYTES:
        raise CoverUnusable
    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as found:
            return jpeg(_small(found))
    except Exception as fault:  # what a spoiled picture makes of Pillow's parsers is told nowhere
        raise CoverUnusable from fault


def key_of(address: str | None) -> str | None:
    """Where a cover lies that somebody gave; what came with the program lies nowhere."""
    return address.removeprefix("/") if address is not None and address.startswith(f"/{FOLDER}") else None


def _small(picture: Image.Image) -> Image.Image:
    """Its size, and whether it moves, is looked at before a pixel is."""
    if max(picture.size) > LONGEST_SIDE or getattr(picture, "is_animated", False):
        raise CoverUnusable
    picture.draft("RGB", (SIDE, SIDE))
    picture.thumbnail((SIDE, SIDE))
    return on_paper(ImageOps.exif_transpose(picture).convert("RGBA"))
