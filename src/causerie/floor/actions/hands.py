"""Wishing to speak."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, can_come_up, going_on, named
from causerie.floor.live import LiveRoom
from causerie.stage import moves as staging
from causerie.stage import store as stage
from causerie.texts import one_line


async def raise_hand(tx: Tx, live: LiveRoom, person: Person, *, note: str | None) -> None:
    """Wish to speak. Raising twice keeps the place."""
    going_on(live)
    name = named(person)
    can_come_up(live, person)
    said = one_line(note or "") or None
    await stage.store(tx, live.room.id, staging.raise_hand(live.stage, person.id, name, note=said, now=tx.now))


async def lower_hand(tx: Tx, live: LiveRoom, person: Person) -> None:
    await stage.store(tx, live.room.id, staging.lower_hand(live.stage, person.id))


async def lower_all(tx: Tx, live: LiveRoom, host: Person) -> None:
    """A host has all hands down; whoever still wishes to speak raises theirs again."""
    allowed(live, host, "hand.lower_all")
    await stage.store(tx, live.room.id, staging.lower_all(live.stage))
    await tx.audit("hand.lower_all", actor=host.id, room=live.room.id)
