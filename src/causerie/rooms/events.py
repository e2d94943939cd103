"""What happened to a room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RoomStarted:
    """The room is live."""

    at: int


@dataclass(frozen=True)
class RoomEnded:
    """The room is over, for good."""

    at: int


Event = RoomStarted | RoomEnded
