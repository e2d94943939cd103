"""Who listens by HLS: they come again and again, and are here as long as they do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from causerie.ids import PersonId

HERE_FOR = 20.0


@dataclass
class Follower:
    """`id`: what tells them from others; `by`: who it is, where that is known; `since`: in ms of the wall clock;
    `parts` is called when they are gone.
    """

    id: str
    room: str
    by: PersonId | None
    since: int
    parts: Callable[[], None]
    seen: float = 0.0
    format: ClassVar = "hls"
    waits: ClassVar = 0
    """They fetch what they want when they want it."""
    bytes: ClassVar = None
    """Whoever keeps segments between us and them may have given them theirs."""


class Followers:
    """By name, with when they were seen last; `now` is in seconds."""

    def __init__(self) -> None:
        self._all: dict[str, Follower] = {}

    def __len__(self) -> int:
        return len(self._all)

    def is_known(self, name: str, now: float) -> bool:
        """Whether they were here before, and so still are."""
        if (known := self._all.get(name)) is not None:
            known.seen = now
        return known is not None

    def comes(self, follower: Follower, now: float) -> None:
        """Somebody new."""
        follower.seen = now
        self._all[follower.id] = follower

    def of(self, room: str) -> list[Follower]:
        """Those of one room."""
        return [one for one in self._all.values() if one.room == room]

    def forget(self, name: str) -> None:
        """They were sent out, or their room is over."""
        if (known := self._all.pop(name, None)) is not None:
            known.parts()

    def sweep(self, now: float) -> None:
        for name in [name for name, one in self._all.items() if now - one.seen > HERE_FOR]:
            self.forget(name)
