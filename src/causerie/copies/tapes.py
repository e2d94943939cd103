"""What somebody said after the room, as a track beside those of the evening."""

from collections.abc import Iterator

import numpy as np

from causerie.copies.plan import Spoken
from causerie.copies.sound import Samples, blocks
from causerie.copies.timeline import samples


class Tape:
    """A later answer, which is read as a log is: `spans`, and sound on the room's clock."""

    torn: int | None = None
    lost = 0

    def __init__(self, spoken: Spoken) -> None:
        self._spoken = spoken

    def spans(self) -> list[tuple[int, int]]:
        return [(self._spoken.begins, self._spoken.ends)]

    def sound(self, begins: int) -> "Playing":
        return Playing(blocks(self._spoken.file), samples(self._spoken.begins - begins))


class Playing:
    """Silence until its moment, then what was said, then silence."""

    def __init__(self, sound: Iterator[Samples], wait: int) -> None:
        self._sound, self._wait, self._rest = sound, wait, np.zeros(0, np.float32)

    def read(self, count: int) -> bytes:
        """The next samples as 32-bit floats, little endian."""
        block, at = np.zeros(count, "<f4"), min(count, max(0, self._wait))
        self._wait -= at
        while at < count:
            if not len(self._rest):
                self._rest = next(self._sound, self._rest)
            part = self._rest[: count - at]
            if not len(part):
                break
            block[at : at + len(part)] = part
            self._rest, at = self._rest[len(part) :], at + len(part)
        return block.tobytes()
