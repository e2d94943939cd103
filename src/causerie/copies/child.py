"""The process in which a copy is made, beside the rooms: `python -m causerie.copies.child PLAN.json FOLDER`.

Lines on its standard output say how far it is, each a JSON object: `{"part": "sound", "share": 0.42}`, at the end
`{"done": true}`, or `{"refused": {"code": …, "text": …}}` with exit status 3. Killed and started again it goes on with
the first part that is not there.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from types import FrameType
from typing import Any

from causerie.copies.files import REFUSED
from causerie.copies.making import made
from causerie.copies.plan import read
from causerie.errors import Refusal

LOW = 15


class Progress:
    """Tells each hundredth once."""

    def __init__(self) -> None:
        self._last, self._lock = ("", -1), Lock()

    def tell(self, part: str, share: float) -> None:
        with self._lock:
            now = (part, int(100 * share))
            if now != self._last:
                self._last = now
                say({"part": part, "share": now[1] / 100})


def say(what: dict[str, Any]) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)


def main(arguments: list[str]) -> int:
    """Make the copy that a plan describes."""
    plan, folder = map(Path, arguments)
    return answered(lambda told: made(read(plan.read_bytes()), folder.absolute(), told))


def answered(make: Callable[[Callable[[str, float], None]], None]) -> int:
    """Make something at low priority, telling how far it is; the exit status says whether it is there."""
    os.nice(LOW)
    signal.signal(signal.SIGTERM, _leave)
    try:
        make(Progress().tell)
    except Refusal as refusal:
        say({"refused": {"code": refusal.code, "text": refusal.text}})
        return REFUSED
    say({"done": True})
    return 0


def _leave(number: int, _: FrameType | None) -> None:
    """Asked to end: what is half made is taken away first."""
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
