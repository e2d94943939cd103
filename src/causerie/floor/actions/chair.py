"""Who leads: handing over, and who does when the host is away."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, going_on, named
from causerie.floor.actions.rooms import over
from causerie.floor.live import LiveRoom
from causerie.floor.rules import may_take_chair
from causerie.ids import PersonId
from causerie.rooms import events as happened
from causerie.rooms import leading, life
from causerie.rooms.errors import AccountNeeded, MayNot
from causerie.rooms.roles import Leader
from causerie.rooms.store import store
from causerie.stage import moves as staging
from causerie.stage import store as stage


async def hand_over(
    tx: Tx, live: LiveRoom, host: Person, *, person: PersonId | None, name: str = "", guest: bool = False
) -> None:
    """Ask somebody to be host, who must accept; nobody takes the asking back. A guest has no room of their own."""
    allowed(live, host, "room.hand_over")
    if guest:
        raise AccountNeeded
    asked = leading.ask(live.room, person, name, by=leader(host)) if person else leading.unask(live.room)
    await store(tx, live.room.id, asked)
    await tx.audit("room.hand_over", actor=host.id, room=live.room.id, subject=person)


async def accept_host(tx: Tx, live: LiveRoom, person: Person) -> None:
    """Lead the room from now on; the host before is co-host."""
    going_on(live)
    await _led(tx, live, leading.accept(live.room, leader(person), now=tx.now))


async def decline_host(tx: Tx, live: LiveRoom, person: Person) -> None:
    """*Not now*: everything stays as it is."""
    await store(tx, live.room.id, leading.decline(live.room, person.id))


async def take_chair(tx: Tx, live: LiveRoom, person: Person) -> None:
    """Lead a room that nobody leads."""
    going_on(live)
    events = leading.take_chair(live.room, leader(person), now=tx.now)
    if not may_take_chair(live, person):
        raise MayNot
    await _led(tx, live, events)


async def lose_leader(tx: Tx, live: LiveRoom, person: PersonId) -> None:
    """A host or co-host has no line any more."""
    await store(tx, live.room.id, leading.lose(live.room, person, now=tx.now))


async def find_leader(tx: Tx, live: LiveRoom, person: PersonId) -> None:
    """A host or co-host is here again."""
    await _led(tx, live, leading.find(live.room, person, now=tx.now))


async def sweep_chair(tx: Tx, live: LiveRoom) -> None:
    """What time alone brings about in the life of the room, and in who leads it."""
    await _led(tx, live, _due(live, tx.now))


async def end_is_here(tx: Tx, live: LiveRoom) -> bool:
    """End a room whose time is up; whether it was."""
    if not _is_over(live, tx.now):
        return False
    await end_by_itself(tx, live)
    return True


async def end_by_itself(tx: Tx, live: LiveRoom) -> None:
    """It is over without anybody's press; a bot's room goes on."""
    if _tires(live):
        await over(tx, live)
        await tx.audit("room.end", actor=live.room.host, room=live.room.id)


def chair_is_due(live: LiveRoom, now: int) -> bool:
    """Whether a sweep would change who leads, or end the room."""
    return _is_over(live, now) or bool(_due(live, now))


def _due(live: LiveRoom, now: int) -> list[happened.Event]:
    """A bot is here as long as its voice is on stage."""
    host = live.stage.seats.get(live.room.host)
    return [] if host is not None and host.bot else [*leading.due(live.room, now), *life.due(live.room, now)]


def _is_over(live: LiveRoom, now: int) -> bool:
    """Nobody has led it for too long, or it has been as long as rooms are."""
    return _tires(live) and live.room.phase == "live" and (leading.over(live.room, now) or life.over(live.room, now))


def _tires(live: LiveRoom) -> bool:
    """A bot never does."""
    host = live.stage.seats.get(live.room.host)
    return host is None or not host.bot


def leader(person: Person) -> Leader:
    return Leader(person.id, named(person), person.portrait)


async def _led(tx: Tx, live: LiveRoom, events: list[happened.Event]) -> None:
    """Write who leads; the seats of the two are called by what they are now."""
    await store(tx, live.room.id, events)
    for event in events:
        if isinstance(event, happened.HostChanged):
            calls = [
                *staging.call(live.stage, event.to.person, "host"),
                *staging.call(live.stage, live.room.host, "cohost"),
            ]
            await stage.store(tx, live.room.id, calls)
            await tx.audit(f"host.{event.why}", actor=event.to.person, room=live.room.id, subject=live.room.host)
