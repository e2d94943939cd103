"""What happened to the queue itself."""

from dataclasses import dataclass

from causerie.floor.order import Key


@dataclass(frozen=True)
class Listed:
    """Something on the shortlist. `since` tells a hand from the next one of the same person."""

    key: Key
    since: int


@dataclass(frozen=True)
class ShortlistSet:
    """The shortlist as it is now, in the host's order."""

    listed: tuple[Listed, ...]


Event = ShortlistSet
