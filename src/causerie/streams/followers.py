"""Who listens by HLS: they come again and again, and are here as long as they do."""

from collections.abc import Callable
from dataclasses import dataclass

HERE_FOR = 20.0


@dataclass
class _Follower:
    seen: float
    parts: Callable[[], None]


class Followers:
    """By name, with when they were seen last; `now` is in seconds."""

    def __init__(self) -> None:
        self._all: dict[str, _Follower] = {}

    def __len__(self) -> int:
        return len(self._all)

    def is_known(self, name: str, now: float) -> bool:
        """Whether they were here before, and so still are."""
        if (known := self._all.get(name)) is not None:
            known.seen = now
        return known is not None

    def comes(self, name: str, parts: Callable[[], None], now: float) -> None:
        """Somebody new; `parts` is called when they are here no more."""
        self._all[name] = _Follower(now, parts)

    def forget(self, name: str) -> None:
        """They were sent out, or their room is over."""
        if (known := self._all.pop(name, None)) is not None:
            known.parts()

    def sweep(self, now: float) -> None:
        for name in [name for name, one in self._all.items() if now - one.seen > HERE_FOR]:
            self.forget(name)
