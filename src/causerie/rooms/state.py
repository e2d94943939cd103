"""A room's plan and the phase of its life."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import Any, Literal

from causerie.clock import HOUR, MINUTE, SECOND
from causerie.groups.charter import Records
from causerie.groups.rules import ADMINS
from causerie.groups.state import Group, Joining
from causerie.groups.state import Role as GroupRole
from causerie.ids import PersonId, RoomId
from causerie.rooms import events as happened
from causerie.rooms.roles import Expected, Helper, Leader
from causerie.rooms.settings import RoomSettings
from causerie.rooms.zones import Start

Phase = Literal["draft", "scheduled", "backstage", "live", "ended", "cancelled", "missed"]
LENGTH = 6 * HOUR
# Everybody finds it; who has its link comes in; members of its group alone; who is invited, and nobody else.
Visibility = Literal["public", "unlisted", "group", "invited"]
CLOSED: tuple[Visibility, ...] = ("group", "invited")


@dataclass(frozen=True)
class Ending:
    """When the room ends if nothing is done, and why."""

    at: int
    why: happened.WhyEnding


def phase_at(
    ended: int | None,
    cancelled: int | None,
    started: int | None,
    missed: int | None,
    backstage: int | None,
    *,
    draft: bool,
) -> Phase:
    """What a room is by the moments it has come to."""
    passed: tuple[tuple[int | None, Phase], ...] = (
        (ended, "ended"),
        (cancelled, "cancelled"),
        (started, "live"),
        (missed, "missed"),
        (backstage, "backstage"),
    )
    return next((phase for at, phase in passed if at is not None), "draft" if draft else "scheduled")


@dataclass(frozen=True)
class Room:
    """One talk. `name` is what stands in its address.

    `away`: since when which of its leaders have no line. `links`: speaker links that are in use, and by whom.
    `group_id`: the group it is held in; its handle and name are gone with the group. `keepers`: who looks after it;
    `records`: whether its charter has rooms recorded. `askers`: the members of its group, where they alone ask.
    `local_start`: what the clocks of `zone` show when it begins, as 2027-03-28T20:30; `local_again`: the second time.
    `dumped`: what hosts took out before the audience heard it, from when to when, in order.
    `held_since`: what was said before, the audience heard when it was to hear it less late; after a restart nothing is
    known of that, and nothing waits.
    """

    id: RoomId
    name: str
    title: str
    description: str
    visibility: Visibility
    language: str
    host: PersonId
    host_name: str
    host_portrait: str | None = None
    cover: str | None = None
    starts_at: int | None = None
    started_at: int | None = None
    ended_at: int | None = None
    backstage_at: int | None = None
    cancelled_at: int | None = None
    missed_at: int | None = None
    extended_to: int | None = None
    draft: bool = False
    settings: RoomSettings = field(default_factory=RoomSettings)
    helpers: dict[PersonId, Helper] = field(default_factory=dict)
    heir: PersonId | None = None
    heir_name: str | None = None
    heir_by: str | None = None
    lost_host: PersonId | None = None
    lost_host_name: str | None = None
    lost_host_portrait: str | None = None
    away: dict[PersonId, int] = field(default_factory=dict)
    chair_empty_since: int | None = None
    ending: Ending | None = None
    late_since: int | None = None
    links: dict[str, Expected] = field(default_factory=dict)
    group_id: str | None = None
    group_handle: str | None = None
    group_name: str | None = None
    group_private: bool | None = None
    group_joining: Joining | None = None
    keepers: Mapping[PersonId, GroupRole] = field(default_factory=dict)
    records: Records = "may"
    askers: frozenset[PersonId] | None = None
    zone: str | None = None
    local_start: str | None = None
    local_again: bool = False
    tags: tuple[str, ...] = ()
    dumped: tuple[tuple[int, int], ...] = ()
    held_since: int = field(default=0, compare=False)

    @property
    def start(self) -> Start | None:
        """When it is to begin, where that is set."""
        if self.starts_at is None:
            return None
        return Start(self.starts_at, self.zone, self.local_start, self.local_again)

    @property
    def leader(self) -> Leader:
        return Leader(self.host, self.host_name, self.host_portrait)

    @property
    def lost(self) -> Leader | None:
        """Whose chair it is again when they come back."""
        if self.lost_host is None:
            return None
        return Leader(self.lost_host, self.lost_host_name or "", self.lost_host_portrait)

    @property
    def leaders(self) -> set[PersonId]:
        """Those whose coming and going matters to who leads."""
        return {self.host, *self.cohosts} | ({self.lost_host} if self.lost_host else set())

    @property
    def cohosts(self) -> set[PersonId]:
        return {helper.person for helper in self.helpers.values() if helper.role == "cohost"}

    @property
    def admins(self) -> set[PersonId]:
        """Who owns the room's group, or is an admin of it."""
        return {person for person, role in self.keepers.items() if role in ADMINS}

    @property
    def phase(self) -> Phase:
        moments = (self.ended_at, self.cancelled_at, self.started_at, self.missed_at, self.backstage_at)
        return phase_at(*moments, draft=self.draft)

    @property
    def over(self) -> bool:
        """Nothing is done in it any more."""
        return self.phase in ("ended", "cancelled")

    @property
    def to_come(self) -> bool:
        return self.phase in ("scheduled", "backstage")

    @property
    def ends_at(self) -> int | None:
        """When it has been as long as rooms are, where it has begun."""
        return (self.extended_to or self.started_at + LENGTH) if self.started_at is not None else None

    def planned_end(self, now: int) -> int | None:
        """When it is expected to end: after its planned length and what it was extended by; then, at the latest."""
        if self.started_at is None or self.ends_at is None:
            return None
        planned = self.ends_at - LENGTH + self.settings.length * MINUTE
        return planned if now < planned < self.ends_at else self.ends_at

    @property
    def expected(self) -> dict[PersonId, Expected]:
        """Who came by a speaker link of their own; their seats wait for them as a host's does."""
        return {one.person: one for one in self.links.values()}

    @property
    def captioner(self) -> bool:
        """Whether somebody is there to type what is said."""
        return any(helper.role == "captioner" for helper in self.helpers.values())

    @property
    def safety_delay(self) -> int:
        """How much later than those on stage the audience hears it, in milliseconds."""
        return self.settings.safety_delay * SECOND

    def took_out(self, moment: int) -> bool:
        """Whether a host took this moment out before the audience heard it."""
        return any(begins <= moment < ends for begins, ends in self.dumped)

    @property
    def led(self) -> bool:
        """Whether somebody who leads it is here."""
        return any(person not in self.away for person in self.leaders)


def set_for(start: Start | None) -> dict[str, Any]:
    """What a plan says of when it begins; nothing where that is when its host is ready."""
    if start is None:
        return {"starts_at": None, "zone": None, "local_start": None, "local_again": False}
    return {"starts_at": start.at, "zone": start.zone, "local_start": start.local, "local_again": start.again}


def held(group: Group | None) -> dict[str, Any]:
    """What a plan says of the group it is held in."""
    if group is None:
        return dict.fromkeys(("group_id", "group_handle", "group_name", "group_private", "group_joining"))
    about = {"group_handle": group.handle, "group_name": group.name, "group_private": group.private}
    return {"group_id": group.id, "group_joining": group.joining, **about}


@singledispatch
def fold(_event: object, room: Room) -> Room:
    """The room after an event; events of others leave it as it is."""
    return room


@fold.register
def _(event: happened.RoomStarted, room: Room) -> Room:
    return replace(room, started_at=event.at)


@fold.register
def _(event: happened.RoomEnded, room: Room) -> Room:
    return replace(room, ended_at=event.at)


@fold.register
def _(event: happened.RoomSet, room: Room) -> Room:
    return replace(room, settings=event.settings, held_since=max(room.held_since, event.held_since or 0))


@fold.register
def _(event: happened.MomentDumped, room: Room) -> Room:
    return replace(room, dumped=(*room.dumped, (event.begins, event.ends)))


@fold.register
def _(event: happened.RoleGiven, room: Room) -> Room:
    rest = room if event.role == "cohost" else _leads_no_more(room, event.person)
    return replace(rest, helpers={**_without(room, event.person), event.person: _helper(event)})


@fold.register
def _(event: happened.RoleTaken, room: Room) -> Room:
    return replace(_leads_no_more(room, event.person), helpers=_without(room, event.person))


@fold.register
def _(event: happened.HostAsked, room: Room) -> Room:
    return replace(room, heir=event.person, heir_name=event.name, heir_by=event.by_name)


@fold.register
def _(_event: happened.HostUnasked, room: Room) -> Room:
    return replace(room, heir=None, heir_name=None, heir_by=None)


@fold.register
def _(event: happened.HostChanged, room: Room) -> Room:
    to, lost = event.to, event.lost
    return replace(
        room,
        host=to.person,
        host_name=to.name,
        host_portrait=to.portrait,
        lost_host=lost.person if lost else None,
        lost_host_name=lost.name if lost else None,
        lost_host_portrait=lost.portrait if lost else None,
    )


@fold.register
def _(event: happened.LeaderLeft, room: Room) -> Room:
    return replace(room, away={**room.away, event.person: event.at})


@fold.register
def _(event: happened.LeaderCame, room: Room) -> Room:
    return replace(room, away={id: at for id, at in room.away.items() if id != event.person})


@fold.register
def _(event: happened.ChairEmpty, room: Room) -> Room:
    return replace(room, chair_empty_since=event.at)


@fold.register
def _(_event: happened.ChairFilled, room: Room) -> Room:
    return replace(room, chair_empty_since=None)


@fold.register
def _(event: happened.EndNear, room: Room) -> Room:
    return replace(room, ending=Ending(event.at, event.why))


@fold.register
def _(_event: happened.EndLifted, room: Room) -> Room:
    return replace(room, ending=None)


@fold.register
def _(event: happened.BackstageOpened, room: Room) -> Room:
    return replace(room, backstage_at=event.at)


@fold.register
def _(event: happened.RoomCancelled, room: Room) -> Room:
    return replace(room, cancelled_at=event.at)


@fold.register
def _(event: happened.RoomMissed, room: Room) -> Room:
    return replace(room, missed_at=event.at, late_since=None)


@fold.register
def _(event: happened.RoomReopened, room: Room) -> Room:
    return replace(room, starts_at=event.at, missed_at=None, backstage_at=None, local_start=None, local_again=False)


@fold.register
def _(event: happened.RoomMoved, room: Room) -> Room:
    return replace(room, **set_for(event.start), late_since=None)


@fold.register
def _(_event: happened.RoomAnnounced, room: Room) -> Room:
    return replace(room, draft=False)


@fold.register
def _(event: happened.RoomReworded, room: Room) -> Room:
    return replace(room, title=event.title, description=event.description, language=event.language)


@fold.register
def _(event: happened.VisibilityChanged, room: Room) -> Room:
    return replace(room, visibility=event.visibility)


@fold.register
def _(event: happened.RoomTagged, room: Room) -> Room:
    return replace(room, tags=event.tags)


@fold.register
def _(event: happened.RoomCovered, room: Room) -> Room:
    return replace(room, cover=event.cover)


@fold.register
def _(event: happened.RoomExtended, room: Room) -> Room:
    return replace(room, extended_to=event.to)


@fold.register
def _(event: happened.HostLate, room: Room) -> Room:
    return replace(room, late_since=event.since)


@fold.register
def _(_event: happened.HostArrived, room: Room) -> Room:
    return replace(room, late_since=None)


@fold.register
def _(event: happened.LinkTaken, room: Room) -> Room:
    return replace(room, links={**room.links, event.link: Expected(event.person, event.name)})


@fold.register
def _(event: happened.RoomHeld, room: Room) -> Room:
    records = event.group.charter.records if event.group is not None else "may"
    return replace(room, **held(event.group), keepers=event.keepers, records=records)


@fold.register
def _(event: happened.KeepersChanged, room: Room) -> Room:
    return replace(room, keepers=event.keepers)


@fold.register
def _(event: happened.AskersChanged, room: Room) -> Room:
    return replace(room, askers=event.askers)


@fold.register
def _(event: happened.RecordsAgreed, room: Room) -> Room:
    return replace(room, records=event.records)


@fold.register
def _(event: happened.LinkGone, room: Room) -> Room:
    return replace(room, links={link: one for link, one in room.links.items() if link != event.link})


def _leads_no_more(room: Room, person: PersonId) -> Room:
    """Their coming and going does not matter any more, until they are given authority again."""
    if person in (room.host, room.lost_host):
        return room
    return replace(room, away={id: at for id, at in room.away.items() if id != person})


def _helper(given: happened.RoleGiven) -> Helper:
    return Helper(given.person, given.name, given.role, given.at, given.portrait)


def _without(room: Room, person: PersonId) -> dict[PersonId, Helper]:
    return {id: helper for id, helper in room.helpers.items() if id != person}
