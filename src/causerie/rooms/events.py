"""What happened to a room."""

from dataclasses import dataclass

from causerie.ids import PersonId
from causerie.rooms.roles import Given
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


@dataclass(frozen=True)
class RoleGiven:
    """Somebody has a part of the host's authority, instead of any they had."""

    person: PersonId
    name: str
    role: Given
    at: int


@dataclass(frozen=True)
class RoleTaken:
    """Somebody has no part of the host's authority any more."""

    person: PersonId


Event = RoomStarted | RoomEnded | RoomSet | RoleGiven | RoleTaken
