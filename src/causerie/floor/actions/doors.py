"""Locking the room, knocking, letting in; the raid button and its way back."""

from collections.abc import Collection

from causerie.accounts.people import Person, cleaned
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, going_on, named
from causerie.floor.actions.safety import out
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.rooms.audience import doors
from causerie.rooms.audience import store as audience
from causerie.rooms.audience.events import Raider
from causerie.stage import silence
from causerie.stage import store as stage


async def lock(tx: Tx, live: LiveRoom, by: Person, *, inside: frozenset[PersonId]) -> None:
    """Let nobody new in; `inside` are all who are here or were in the last ten minutes."""
    allowed(live, by, "room.lock")
    await audience.store(tx, live.room.id, doors.lock(live.audience, inside, by=by.id, now=tx.now))
    await tx.audit("room.lock", actor=by.id, room=live.room.id)


async def unlock(tx: Tx, live: LiveRoom, by: Person) -> None:
    """Open the door to everybody."""
    allowed(live, by, "room.lock")
    await audience.store(tx, live.room.id, doors.unlock(live.audience))
    await tx.audit("room.unlock", actor=by.id, room=live.room.id)


async def knock(
    tx: Tx, live: LiveRoom, person: Person, ids: frozenset[PersonId], *, name: str | None, note: str | None
) -> None:
    """Ask to be let in, under one's own name or, where one has none, the one that is given."""
    going_on(live)
    called = person.name or (cleaned(name) if name else named(person))
    events = doors.knock(live.audience, person.id, ids, called, note, now=tx.now)
    await audience.store(tx, live.room.id, events)


async def stop_knocking(tx: Tx, live: LiveRoom, person: PersonId) -> None:
    await audience.store(tx, live.room.id, doors.stop_knocking(live.audience, person))


async def answer_knock(tx: Tx, live: LiveRoom, by: Person, *, person: PersonId, let_in: bool) -> None:
    """Let somebody in who knocks, or not."""
    allowed(live, by, "knock.answer")
    await audience.store(tx, live.room.id, doors.answer(live.audience, person, let_in=let_in))
    await tx.audit("knock.let_in" if let_in else "knock.refuse", actor=by.id, room=live.room.id, subject=person)


async def raid(tx: Tx, live: LiveRoom, by: Person, *, people: Collection[Raider], inside: frozenset[PersonId]) -> None:
    """Lock, send out all of these, mute everybody on stage but hosts; in one turn."""
    allowed(live, by, "room.raid")
    await stage.store(tx, live.room.id, silence.mute_all(live.stage, by=by.id))
    await out(tx, live, [one.person for one in people])
    await audience.store(tx, live.room.id, doors.raid(live.audience, people, inside, by=by.id, now=tx.now))
    await tx.audit("room.raid", actor=by.id, room=live.room.id)


async def undo_raid(tx: Tx, live: LiveRoom, by: Person, *, person: PersonId | None) -> None:
    """Let one of those sent out back in, or all."""
    allowed(live, by, "room.raid")
    await audience.store(tx, live.room.id, doors.undo_raid(live.audience, person))
    await tx.audit("raid.undo", actor=by.id, room=live.room.id, subject=person)
