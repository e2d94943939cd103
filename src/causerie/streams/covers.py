"""A room's cover, small enough to go before a stream."""

import asyncio
import io
from collections import OrderedDict

from PIL import Image

from causerie.accounts.pictures import jpeg, thread
from causerie.streams.labels import SIDE

KEPT = 64


class Covers:
    """Those that were drawn lately, by where each lies."""

    def __init__(self) -> None:
        self._all: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        return self._all.get(key)

    def keep(self, key: str, cover: bytes) -> None:
        self._all[key] = cover
        if len(self._all) > KEPT:
            self._all.popitem(last=False)


async def small(picture: bytes) -> bytes:
    """The same picture, drawn small."""
    return await asyncio.get_running_loop().run_in_executor(thread, _drawn, picture)


def _drawn(picture: bytes) -> bytes:
    with Image.open(io.BytesIO(picture), formats=("JPEG",)) as found:
        found.draft("RGB", (SIDE, SIDE))
        found.thumbnail((SIDE, SIDE))
        return jpeg(found.convert("RGB"))
