"""Removing people, banning them, letting them in again."""

from collections.abc import Iterable

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.questions import moves as asking
from causerie.questions import store as questions
from causerie.rooms import actions as rooms
from causerie.rooms import leading
from causerie.rooms.audience import doors
from causerie.rooms.audience import store as audience
from causerie.rooms.errors import NotOneself
from causerie.rooms.store import store as room_store
from causerie.safety import moves as keeping_out
from causerie.safety import store as safety
from causerie.safety.bans import Ban
from causerie.stage import moves as staging
from causerie.stage import store as stage
from causerie.stage.encoders import take_tokens_back


def may_remove(live: LiveRoom, by: Person, person: PersonId, verb: str = "room.remove") -> None:
    """Their authority covers removing this person; nobody removes themselves."""
    allowed(live, by, verb, on=person)
    if person == by.id:
        raise NotOneself


async def remove(tx: Tx, live: LiveRoom, by: Person, *, person: PersonId, ids: Iterable[PersonId]) -> None:
    """Out of the room, with everything they had there; they may come back."""
    may_remove(live, by, person)
    await out(tx, live, sorted({person, *ids}))
    await tx.audit("room.remove", actor=by.id, room=live.room.id, subject=person)


async def ban(tx: Tx, live: LiveRoom, by: Person, *, given: Ban, hit: Iterable[PersonId]) -> None:
    """Out of the room and not back; `hit` are those present whom it sends out, their neighbours among them."""
    may_remove(live, by, given.person, "room.ban")
    await out(tx, live, sorted({*given.ids, *hit}))
    await safety.store(tx, live.room.id, keeping_out.ban(given))
    await tx.audit("room.ban", actor=by.id, room=live.room.id, subject=given.person)


async def unban(tx: Tx, live: LiveRoom, by: Person, *, ban: str) -> None:
    """Let somebody come again."""
    allowed(live, by, "room.ban")
    await safety.store(tx, live.room.id, keeping_out.lift(live.safety, ban, by=by.id, now=tx.now))
    await tx.audit("room.unban", actor=by.id, room=live.room.id, subject=live.safety.bans[ban].person)


def places_of(live: LiveRoom) -> set[PersonId]:
    """Everybody who has a place on stage or on the way to it, here or not; bots left out."""
    stage = live.stage
    bots = {seat.person for seat in stage.seats.values() if seat.bot}
    return {*stage.seats, *stage.hands, *stage.invitations, *stage.waiting, *stage.backstage} - bots


async def out(tx: Tx, live: LiveRoom, people: Iterable[PersonId]) -> None:
    """Seats, hands, invitations, roles and encoders of these people are gone; what was picked for one is open again.

    Who was asked to be host is not any more.
    """
    called = live.questions.next
    everybody = list(people)
    await take_tokens_back(tx, live.room.id, *everybody)
    await audience.store(tx, live.room.id, doors.send_out(live.audience, everybody))
    for person in everybody:
        await rooms.take_role(tx, live.room, person)
        await room_store(tx, live.room.id, leading.decline(live.room, person))
        await stage.store(tx, live.room.id, staging.remove(live.stage, person))
        if called is not None and called.person == person:
            await questions.store(tx, live.room.id, asking.put_back(live.questions, called.id))
