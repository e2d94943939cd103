"""A plan is told more of: what it is about, and its picture."""

from collections.abc import Iterable

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed
from causerie.floor.live import LiveRoom
from causerie.rooms import life, zones
from causerie.rooms.covers import key_of
from causerie.rooms.store import store
from causerie.rooms.tags import tags


async def tag_room(tx: Tx, live: LiveRoom, host: Person, *, about: Iterable[str]) -> None:
    """Have it found by these words."""
    allowed(live, host, "room.plan")
    await store(tx, live.room.id, life.tag(live.room, tags(about)))
    await tx.audit("room.tag", actor=host.id, room=live.room.id)


async def show_cover(tx: Tx, live: LiveRoom, host: Person, *, address: str | None) -> str | None:
    """Show this picture, or none. The file that nobody needs any more, where there was one."""
    allowed(live, host, "room.plan")
    before = live.room.cover
    await store(tx, live.room.id, life.show_cover(live.room, address))
    await tx.audit("room.cover", actor=host.id, room=live.room.id)
    return key_of(before)


async def keep_to_clock(tx: Tx, live: LiveRoom) -> None:
    """Clocks there go otherwise than was known when it was planned: it begins when they show what its host meant."""
    room = live.room
    if room.zone is None or room.local_start is None or not room.to_come:
        return
    meant = zones.nearest(room.local_start, room.zone, again=room.local_again)
    if meant.at > tx.now:
        await store(tx, room.id, life.move(room, meant, now=tx.now))
