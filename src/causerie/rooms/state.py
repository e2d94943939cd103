"""A room's plan and the phase of its life."""

from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import Literal

from causerie.ids import PersonId, RoomId
from causerie.rooms import events as happened
from causerie.rooms.roles import Helper
from causerie.rooms.settings import RoomSettings

Phase = Literal["scheduled", "live", "ended"]
Visibility = Literal["public", "unlisted"]


@dataclass(frozen=True)
class Room:
    """One talk. `name` is what stands in its address."""

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
    settings: RoomSettings = field(default_factory=RoomSettings)
    helpers: dict[PersonId, Helper] = field(default_factory=dict)

    @property
    def phase(self) -> Phase:
        if self.ended_at is not None:
            return "ended"
        return "live" if self.started_at is not None else "scheduled"


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
    return replace(room, settings=event.settings)


@fold.register
def _(event: happened.RoleGiven, room: Room) -> Room:
    rest = _without(room, event.person)
    return replace(room, helpers={**rest, event.person: Helper(event.person, event.name, event.role, event.at)})


@fold.register
def _(event: happened.RoleTaken, room: Room) -> Room:
    return replace(room, helpers=_without(room, event.person))


def _without(room: Room, person: PersonId) -> dict[PersonId, Helper]:
    return {id: helper for id, helper in room.helpers.items() if id != person}
