"""Each step of a room's life, decided on its present state."""

from dataclasses import replace
from typing import Any

from causerie.ids import PersonId
from causerie.rooms import events as happened
from causerie.rooms.errors import HostAlready, NoSafetyDelay, NotLive
from causerie.rooms.events import Event
from causerie.rooms.life import announced, going_on
from causerie.rooms.roles import Given, Leader
from causerie.rooms.state import Room


def start(room: Room, *, now: int) -> list[Event]:
    """Go live: one deliberate act; starting twice is starting once."""
    going_on(room)
    announced(room)
    arrived: list[Event] = [happened.HostArrived()] if room.late_since is not None else []
    return [*arrived, happened.RoomStarted(now)] if room.to_come else []


def set_otherwise(room: Room, *, now: int, **changed: Any) -> list[Event]:
    """Change some settings; what is as it was changes nothing."""
    settings = replace(room.settings, **changed)
    if settings == room.settings:
        return []
    delayed = settings.safety_delay != room.settings.safety_delay
    return [happened.RoomSet(settings, now - room.safety_delay if delayed else None)]


def may_dump(room: Room) -> None:
    """The audience hears it later than it is said; or a refusal that says why not."""
    if room.phase != "live":
        raise NotLive
    if not room.safety_delay:
        raise NoSafetyDelay


def dump(room: Room, *, at: int) -> list[Event]:
    """Take out what the audience had not heard at this moment; what was taken out before stays so, once."""
    may_dump(room)
    before = max((ends for _, ends in room.dumped), default=room.started_at or 0)
    begins = max(before, at - room.safety_delay, room.held_since)
    return [happened.MomentDumped(begins, at)] if begins < at else []


def give_role(room: Room, to: Leader, role: Given, *, here: bool, now: int) -> list[Event]:
    """Give somebody a part of the host's authority; who has this part keeps it, and since when."""
    if to.person == room.host:
        raise HostAlready
    had = room.helpers.get(to.person)
    if had and had.role == role:
        return []
    away: list[Event] = [happened.LeaderLeft(to.person, now)] if role == "cohost" and not here else []
    return [happened.RoleGiven(to.person, to.name, role, now, to.portrait), *away]


def take_role(room: Room, person: PersonId) -> list[Event]:
    return [happened.RoleTaken(person)] if person in room.helpers else []


def end(room: Room, *, now: int) -> list[Event]:
    return [happened.RoomEnded(now)] if room.phase != "ended" else []
