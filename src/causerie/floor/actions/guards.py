"""What must be so before anything is done."""

from causerie.accounts.decisions import standing
from causerie.accounts.errors import NameNeeded
from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.live import LiveRoom
from causerie.floor.rules import authority, can, may_ask, may_come_up
from causerie.ids import PersonId
from causerie.questions.errors import BoxClosed, MembersAsk
from causerie.rooms import life
from causerie.rooms.errors import AskedAmongMembers, GroupNeeded, MayNot, NeverOnAir, NoChair, NotLive, RoomHidden
from causerie.rooms.state import CLOSED, Visibility
from causerie.stage.errors import GuestsListen


def allowed(live: LiveRoom, person: Person, verb: str, *, on: PersonId | None = None) -> None:
    """Their authority covers it, and the room goes on; or `MayNot`, or a refusal that says why it does not."""
    permitted(live, person, verb, on=on)
    going_on(live)


def permitted(live: LiveRoom, person: Person, verb: str, *, on: PersonId | None = None) -> None:
    """Their authority covers it, whatever became of the room; or `MayNot`."""
    if not can(live, person, verb, on=on):
        raise MayNot


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


def can_come_up(live: LiveRoom, person: Person) -> None:
    """An account, or a guest whom the room lets on its stage; or `GuestsListen`."""
    if not may_come_up(live, person):
        raise GuestsListen


def going_on(live: LiveRoom) -> None:
    """Not over yet, and not missed; or a refusal that says which."""
    life.going_on(live.room)


def box_open(live: LiveRoom) -> None:
    """The box takes questions and votes, after the end too where the host wants that; or `BoxClosed`."""
    kept_open = live.room.phase == "ended" and live.room.settings.box_after_end
    if (live.room.over or live.room.phase == "missed") and not kept_open:
        raise BoxClosed


def among_askers(live: LiveRoom, person: Person) -> None:
    """Among those whom the room lets ask, whatever they go by; or `MembersAsk`."""
    if not may_ask(live, person):
        raise MembersAsk


async def may_be_seen(tx: Tx, live: LiveRoom, wanted: Visibility) -> None:
    """It can be for these; or `GroupNeeded`, `AskedAmongMembers`, or `RoomHidden` by those who run this place."""
    room = live.room
    if wanted == "group" and room.group_id is None:
        raise GroupNeeded
    if room.visibility in CLOSED and wanted != room.visibility and live.questions.all:
        raise AskedAmongMembers
    if wanted == "public" and await standing(tx.connection, room.id, "room.hide") is not None:
        raise RoomHidden


def on_air(live: LiveRoom) -> None:
    """Live just now; or `NotLive`."""
    if live.room.phase != "live":
        raise NotLive
