"""What must be so before anything is done."""

from causerie.accounts.errors import NameNeeded
from causerie.accounts.people import Person
from causerie.floor.live import LiveRoom
from causerie.floor.rules import authority, may
from causerie.ids import PersonId
from causerie.rooms.errors import MayNot, NeverOnAir, NoChair, NotLive, RoomEndedAlready


def allowed(live: LiveRoom, person: Person, verb: str, *, on: PersonId | None = None) -> None:
    """Their authority covers it, and the room has not ended; or `MayNot`, `RoomEndedAlready`."""
    if not may(live, person.id, verb, on=on):
        raise MayNot
    going_on(live)


def named(person: Person) -> str:
    """The name one asks, votes and speaks by; or `NameNeeded`."""
    if not person.name:
        raise NameNeeded
    return person.name


def may_speak(live: LiveRoom, person: PersonId) -> None:
    """Not a screener, who is never on air, and somebody leads the room; or `NeverOnAir`, `NoChair`."""
    if authority(live, person) == "screener":
        raise NeverOnAir
    if live.room.chair_empty_since is not None:
        raise NoChair


def going_on(live: LiveRoom) -> None:
    """Not over yet; or `RoomEndedAlready`."""
    if live.room.phase == "ended":
        raise RoomEndedAlready


def on_air(live: LiveRoom) -> None:
    """Live just now; or `NotLive`."""
    if live.room.phase != "live":
        raise NotLive
