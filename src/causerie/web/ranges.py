"""Which bytes of a file are wanted (RFC 9110, 14): one range, or all of it."""

import re

from causerie.errors import Invalid

ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class RangeOutside(Invalid):
    """`size`: how long the file is."""

    code, text = "file.range", "The file has no such bytes."

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size


def wanted(said: str, size: int) -> tuple[int, int] | None:
    """From one byte to before another; none where all of it is wanted, or what is said is no single range."""
    found = ONE.fullmatch(said.strip().replace(" ", "")) if len(said) < 100 else None
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        last = int(found[2])
        begins, ends = max(0, size - last), size
    else:
        begins, ends = int(found[1]), min(size, int(found[2] or size) + 1 if found[2] else size)
        if found[2] and int(found[2]) < begins:
            return None
    if begins >= ends:
        raise RangeOutside(size)
    return begins, ends
