"""Each step of a room's life before it is live, and how long it may be."""

from collections.abc import Mapping
from dataclasses import replace

from causerie.clock import DAY, MINUTE
from causerie.groups.state import Group, Role
from causerie.ids import PersonId
from causerie.rooms import events as happened
from causerie.rooms.errors import (
    BeforeOnly,
    NotLive,
    RoomCancelledAlready,
    RoomEndedAlready,
    RoomMissedIt,
    StartTooFar,
    StillDraft,
    TooLateToReopen,
    TooLong,
)
from causerie.rooms.events import Event
from causerie.rooms.leading import GRACE
from causerie.rooms.state import Room, Visibility
from causerie.rooms.zones import Start

HORIZON = 366 * DAY
LATE, MISSED = 2 * MINUTE, 30 * MINUTE
REOPENED_WITHIN = DAY
WARNED = 10 * MINUTE
LONGEST = DAY


def going_on(room: Room) -> None:
    """Neither over nor missed; or a refusal that says which."""
    if room.phase == "ended":
        raise RoomEndedAlready
    if room.phase == "cancelled":
        raise RoomCancelledAlready
    if room.phase == "missed":
        raise RoomMissedIt


def announced(room: Room) -> None:
    """Not a draft any more; or `StillDraft`."""
    if room.phase == "draft":
        raise StillDraft


def to_come(room: Room) -> None:
    """Not begun yet; or a refusal that says what became of it."""
    going_on(room)
    if not (room.to_come or room.phase == "draft"):
        raise BeforeOnly


def announce(room: Room, *, now: int) -> list[Event]:
    """Let people find a room that was a draft. Announcing twice is announcing once."""
    going_on(room)
    if room.phase != "draft":
        return []
    if room.starts_at is not None and room.starts_at <= now:
        raise StartTooFar
    return [happened.RoomAnnounced()]


def reword(room: Room, *, title: str, description: str, language: str) -> list[Event]:
    """Call it or describe it otherwise, before it begins."""
    to_come(room)
    said = (title, description, language)
    return [happened.RoomReworded(*said)] if said != (room.title, room.description, room.language) else []


def show_to(room: Room, visibility: Visibility) -> list[Event]:
    """Have it stand on the home page or not, before it begins; whoever knows its address comes in by it."""
    to_come(room)
    return [happened.VisibilityChanged(visibility)] if visibility != room.visibility else []


def hold_in(room: Room, group: Group | None, keepers: Mapping[PersonId, Role]) -> list[Event]:
    """Have it held in this group, looked after by these, or in none, before it begins."""
    to_come(room)
    return [happened.RoomHeld(group, keepers)] if (group.id if group else None) != room.group_id else []


def tag(room: Room, tags: tuple[str, ...]) -> list[Event]:
    """Be about this, until it is over."""
    going_on(room)
    return [happened.RoomTagged(tags)] if tags != room.tags else []


def show_cover(room: Room, cover: str | None) -> list[Event]:
    """Have another picture, or none, until it is over."""
    going_on(room)
    return [happened.RoomCovered(cover)] if cover != room.cover else []


def set_agenda(room: Room, agenda: tuple[str, ...]) -> list[Event]:
    """Mean to speak of this, before it begins."""
    to_come(room)
    settings = replace(room.settings, agenda=agenda)
    return [happened.RoomSet(settings)] if settings != room.settings else []


def open_backstage(room: Room, *, now: int) -> list[Event]:
    """Let hosts and speakers meet before it begins."""
    to_come(room)
    announced(room)
    return [happened.BackstageOpened(now)] if room.phase == "scheduled" else []


def cancel(room: Room, *, now: int) -> list[Event]:
    """It will not take place. Cancelling twice is cancelling once."""
    if room.phase in ("live", "ended"):
        raise BeforeOnly
    return [happened.RoomCancelled(now)] if room.phase != "cancelled" else []


def move(room: Room, start: Start | None, *, now: int) -> list[Event]:
    """Have it start at another time, within a year from now; or when its host is ready, at no time that is set."""
    to_come(room)
    if start is not None and not now < start.at <= now + HORIZON:
        raise StartTooFar
    at = start.at if start is not None else None
    return [happened.RoomMoved(start)] if at != room.starts_at else []


def reopen(room: Room, *, now: int) -> list[Event]:
    """Begin after all, within a day, with all its questions."""
    if room.to_come:
        return []
    if room.missed_at is None or room.phase != "missed" or now > room.missed_at + REOPENED_WITHIN:
        raise TooLateToReopen
    return [happened.RoomReopened(now)]


def extend(room: Room, minutes: int, *, now: int) -> list[Event]:
    """Give it more time, up to a day from now."""
    if room.phase != "live" or room.ends_at is None:
        raise NotLive
    to = room.ends_at + minutes * MINUTE
    if to > now + LONGEST:
        raise TooLong
    lifted: list[Event] = [happened.EndLifted()] if room.ending and room.ending.why == "length" else []
    return [happened.RoomExtended(to), *lifted]


def due(room: Room, now: int) -> list[Event]:
    """What time alone brings about: nobody comes to lead it, or it has nearly been as long as rooms are."""
    if room.to_come and room.starts_at is not None and _nobody_leads(room, now):
        if now >= room.starts_at + MISSED:
            return [happened.RoomMissed(now)]
        return [happened.HostLate(room.starts_at)] if now >= room.starts_at + LATE and room.late_since is None else []
    if room.phase == "live" and room.ends_at is not None and room.ending is None and now >= room.ends_at - WARNED:
        return [happened.EndNear(room.ends_at, "length")]
    return []


def over(room: Room, now: int) -> bool:
    """Whether it has been as long as rooms are."""
    return room.phase == "live" and room.ends_at is not None and now >= room.ends_at


def _nobody_leads(room: Room, now: int) -> bool:
    return all(room.away.get(person, now) <= now - GRACE for person in room.leaders)
