"""Each step of a room's life, decided on its present state."""

from dataclasses import replace
from typing import Any

from causerie.rooms import events as happened
from causerie.rooms.errors import RoomEndedAlready
from causerie.rooms.events import Event
from causerie.rooms.state import Room


def start(room: Room, *, now: int) -> list[Event]:
    """Go live: one deliberate act; starting twice is starting once."""
    if room.phase == "ended":
        raise RoomEndedAlready
    return [happened.RoomStarted(now)] if room.phase == "scheduled" else []


def set_otherwise(room: Room, **changed: Any) -> list[Event]:
    """Change some settings; what is as it was changes nothing."""
    settings = replace(room.settings, **changed)
    return [happened.RoomSet(settings)] if settings != room.settings else []


def end(room: Room, *, now: int) -> list[Event]:
    return [happened.RoomEnded(now)] if room.phase != "ended" else []
