"""What is no picture, or too much of one, at every door that takes one: refused in words, and nothing is written."""

import base64
import io
import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from tests.copies.shelf import NAME
from tests.filled import Filled, filled
from tests.place import opened

MEGABYTE = 1 << 20
DOORS = {
    "a face": ("PUT", "/api/v1/me/picture", {}),
    "a group": ("PUT", "/api/v1/groups/loire/cover", {}),
    "a copy": ("POST", f"/api/v1/copies/{NAME}/edits", {"edit": "cover"}),
}


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(side: int, *, frames: int = 0) -> bytes:
    """A picture of one colour in a few kilobytes, however wide; it moves where it has frames (APNG)."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    moves = chunk(b"acTL", struct.pack(">II", frames, 0)) if frames else b""
    packed = zlib.compressobj(9)
    rows = b"".join(packed.compress(bytes(1 + side // 8)) for _ in range(side)) + packed.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + moves + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif(frames: int) -> bytes:
    """Ever so many pictures in one."""
    out = io.BytesIO()
    every = [Image.new("P", (8, 8), n % 2) for n in range(frames)]
    every[0].save(out, "GIF", save_all=True, append_images=every[1:])
    return out.getvalue()


def webp(side: int) -> bytes:
    """The head of one that moves, and is as large as the format can say (WebP container, extended)."""
    size = (side - 1).to_bytes(3, "little")
    head = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + size + size
    moves = b"ANIM" + struct.pack("<I", 6) + bytes(6)
    return b"RIFF" + struct.pack("<I", 4 + len(head) + len(moves)) + b"WEBP" + head + moves


PICTURES = {
    "ten thousand pixels wide": lambda: png(10_000),
    "moving, and as wide": lambda: png(10_000, frames=10_000),
    "a thousand pictures in one": lambda: gif(1_000),
    "as large as can be said": lambda: webp(16_384),
    "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><rect width='9' height='9'/></svg>",
    "a page": lambda: b"<!doctype html><script>alert(1)</script>",
}


@pytest.fixture
async def everything(tmp_path: Path, database_url: str) -> AsyncIterator[Filled]:
    async with opened(tmp_path / "data", url=database_url) as place:
        yield await filled(place)


async def sent(of: Filled, door: str, content: bytes) -> tuple[int, str, int, list[str]]:
    """The status and the code, how often was written meanwhile, and the files that came."""
    method, path, more = DOORS[door]
    database, storage = of.place.causerie.database, of.place.causerie.house.copying.storage
    commits, files = database.commits, storage.keys("")
    said = {**more, "picture": base64.b64encode(content).decode()}
    async with of.place.browser(of.cookies["host"]) as browser:
        answer = await browser.request(method, path, json=said)
    return answer.status_code, answer.json()["code"], database.commits - commits, sorted({*storage.keys("")} - {*files})


@pytest.mark.parametrize("door", DOORS)
async def test_what_is_no_picture_is_refused_and_nothing_is_written(everything: Filled, door: str):
    met = {name: await sent(everything, door, made()) for name, made in PICTURES.items()}

    code = {"a face": "picture.refused"}.get(door, "cover.unreadable")
    assert met == dict.fromkeys(PICTURES, (422, code, 0, []))


@pytest.mark.parametrize("door", DOORS)
async def test_fifty_megabytes_are_not_even_read(everything: Filled, door: str):
    assert await sent(everything, door, bytes(50 * MEGABYTE)) == (413, "body.too_large", 0, [])
