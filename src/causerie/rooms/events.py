"""What happened to a room."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from causerie.groups.charter import Records
from causerie.groups.state import Group
from causerie.groups.state import Role as GroupRole
from causerie.ids import PersonId
from causerie.rooms.roles import Given, Leader
from causerie.rooms.settings import RoomSettings
from causerie.rooms.zones import Start

WhyEnding = Literal["no_chair", "length"]
WhyHost = Literal["handed", "lost", "chair", "returned"]


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
    """A host set the room otherwise; all settings as they are now.

    `held_since`: where the safety delay changed, from when on what was said still waits.
    """

    settings: RoomSettings
    held_since: int | None = None


@dataclass(frozen=True)
class MomentDumped:
    """A host took out what the audience had not heard yet: from one moment to before another."""

    begins: int
    ends: int


@dataclass(frozen=True)
class RoleGiven:
    """Somebody has a part of the host's authority, instead of any they had."""

    person: PersonId
    name: str
    role: Given
    at: int
    portrait: str | None = None


@dataclass(frozen=True)
class RoleTaken:
    """Somebody has no part of the host's authority any more."""

    person: PersonId


@dataclass(frozen=True)
class HostAsked:
    """The host, or who runs this place, asks somebody to lead the room instead."""

    person: PersonId
    name: str
    by: PersonId
    by_name: str


@dataclass(frozen=True)
class HostUnasked:
    """Somebody is asked no more."""

    person: PersonId
    why: Literal["accepted", "declined", "withdrawn"]


@dataclass(frozen=True)
class HostChanged:
    """Somebody else leads the room. `lost`: whose chair it is again when they come back."""

    to: Leader
    why: WhyHost
    lost: Leader | None = None


@dataclass(frozen=True)
class LeaderLeft:
    """A host or co-host has no line to the room any more."""

    person: PersonId
    at: int


@dataclass(frozen=True)
class LeaderCame:
    """A host or co-host is here again."""

    person: PersonId


@dataclass(frozen=True)
class ChairEmpty:
    """Nobody leads the room: neither its host nor a co-host is here."""

    at: int


@dataclass(frozen=True)
class ChairFilled:
    """Somebody leads the room again."""


@dataclass(frozen=True)
class EndNear:
    """The room ends soon if nothing is done."""

    at: int
    why: WhyEnding


@dataclass(frozen=True)
class EndLifted:
    """It goes on."""


@dataclass(frozen=True)
class BackstageOpened:
    """Hosts and speakers meet before the room is live."""

    at: int


@dataclass(frozen=True)
class RoomCancelled:
    """The room will not take place, for good."""

    at: int


@dataclass(frozen=True)
class RoomMissed:
    """Nobody came to lead it: the room did not take place."""

    at: int


@dataclass(frozen=True)
class RoomReopened:
    """A room that did not take place begins after all."""

    at: int


@dataclass(frozen=True)
class RoomMoved:
    """The room starts at another time; or, where none is set any more, when its host is ready."""

    start: Start | None


@dataclass(frozen=True)
class RoomAnnounced:
    """A draft is a plan from now on: people can find it."""


@dataclass(frozen=True)
class VisibilityChanged:
    """Who finds the room and may come in is otherwise from now on."""

    visibility: Literal["public", "unlisted", "group", "invited"]


@dataclass(frozen=True)
class RoomReworded:
    """The room is called or described otherwise."""

    title: str
    description: str
    language: str


@dataclass(frozen=True)
class RoomTagged:
    """The room is about this."""

    tags: tuple[str, ...]


@dataclass(frozen=True)
class RoomCovered:
    """The room has another picture, or none."""

    cover: str | None


@dataclass(frozen=True)
class RoomExtended:
    """The room may go on until then."""

    to: int


@dataclass(frozen=True)
class HostLate:
    """The room should have begun, and nobody is here to lead it."""

    since: int


@dataclass(frozen=True)
class HostArrived:
    """Somebody is here to lead it, late."""


@dataclass(frozen=True)
class LinkTaken:
    """A speaker link belongs to who used it first."""

    link: str
    person: PersonId
    name: str


@dataclass(frozen=True)
class LinkGone:
    """A speaker link was taken back."""

    link: str


@dataclass(frozen=True)
class RoomHeld:
    """The room is held in this group from now on, or in none; who looks after it there."""

    group: Group | None
    keepers: Mapping[PersonId, GroupRole]


@dataclass(frozen=True)
class KeepersChanged:
    """Others look after the room's group, or otherwise; who, and as what. Written down by the group."""

    keepers: Mapping[PersonId, GroupRole]


@dataclass(frozen=True)
class RecordsAgreed:
    """The charter of the room's group says otherwise whether its rooms are recorded. Written down by the group."""

    records: Records


@dataclass(frozen=True)
class AskersChanged:
    """Others may ask: the members of the room's group alone, these; or everybody.

    Written down with the settings, and by the group.
    """

    askers: frozenset[PersonId] | None


@dataclass(frozen=True)
class LinkTried:
    """Somebody tried a speaker link that another uses."""

    name: str
    by: str | None


Event = (
    RoomStarted
    | RoomEnded
    | RoomSet
    | MomentDumped
    | RoleGiven
    | RoleTaken
    | HostAsked
    | HostUnasked
    | HostChanged
    | LeaderLeft
    | LeaderCame
    | ChairEmpty
    | ChairFilled
    | EndNear
    | EndLifted
    | BackstageOpened
    | RoomCancelled
    | RoomMissed
    | RoomReopened
    | RoomMoved
    | RoomAnnounced
    | RoomReworded
    | VisibilityChanged
    | RoomTagged
    | RoomCovered
    | RoomExtended
    | HostLate
    | HostArrived
    | LinkTaken
    | LinkGone
    | RoomHeld
    | KeepersChanged
    | RecordsAgreed
    | AskersChanged
    | LinkTried
)
