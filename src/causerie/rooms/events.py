"""What happened to a room."""

from dataclasses import dataclass

from causerie.rooms.settings import RoomSettings


@dataclass(frozen=True)
class RoomStarted:
    """The room is live."""

    at: int


@dataclass(frozen=True)
class RoomEnded:
    """The room is over, for good."""

    at: int


@dataclass(frozen=True)
class RoomSet:
    """A host set the room otherwise; all settings as they are now."""

    settings: RoomSettings


Event = RoomStarted | RoomEnded | RoomSet
