"""What hosts want to hear before all else, and the line as they put it themselves."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor import moves, store
from causerie.floor.actions.guards import allowed
from causerie.floor.errors import NotByHand
from causerie.floor.live import LiveRoom
from causerie.floor.order import Key


async def shortlist(tx: Tx, live: LiveRoom, host: Person, *, entry: Key, on: bool) -> None:
    """Put a question or a hand on the shortlist, or take it off."""
    allowed(live, host, "floor.shortlist")
    await store.store(tx, live.room.id, moves.shortlist(live.floor, live.waiting(()), entry, on=on))
    await tx.audit("floor.shortlist", actor=host.id, room=live.room.id, subject=entry[1])


async def move(tx: Tx, live: LiveRoom, host: Person, *, entry: Key, before: Key | None) -> None:
    """Put something before another of the shortlist, or at its end."""
    allowed(live, host, "floor.shortlist")
    await store.store(tx, live.room.id, moves.move(live.floor, live.waiting(()), entry, before=before))
    await tx.audit("floor.move", actor=host.id, room=live.room.id, subject=entry[1])


async def place(tx: Tx, live: LiveRoom, host: Person, *, entry: Key, before: Key | None) -> None:
    """Put something before another of the line, or at its end, where the hosts order it by hand."""
    allowed(live, host, "floor.place")
    if live.room.settings.policy != "by_hand":
        raise NotByHand
    await store.store(tx, live.room.id, moves.place(live.floor, live.queue((), tx.now), entry, before=before))
    await tx.audit("floor.place", actor=host.id, room=live.room.id, subject=entry[1])
