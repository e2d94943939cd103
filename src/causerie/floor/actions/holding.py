"""A room is held in another group, or in none, before it begins."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.grouped import as_the_charter_says, ask_among
from causerie.floor.actions.guards import allowed
from causerie.floor.live import LiveRoom
from causerie.groups.queries import group_of_id
from causerie.groups.roll import keepers
from causerie.groups.state import Group
from causerie.rooms import actions as rooms
from causerie.rooms import life
from causerie.rooms.errors import AskedAmongMembers, GroupAway, GroupByHost, GroupNeeded
from causerie.rooms.store import store


async def hold_in(tx: Tx, live: LiveRoom, host: Person, *, group: str | None) -> Group | None:
    """Have it held in the group of this handle, as its charter lets its host, or in none; the group it is held in.

    Whoever was told of it stays told; who looks after the group, and who comes in, are those of the new one.
    """
    allowed(live, host, "room.plan")
    if live.room.host != host.id:
        raise GroupByHost
    life.to_come(live.room)
    held = await rooms.where_held(tx, host, group)
    if (held.id if held else None) == live.room.group_id:
        return held
    left = await _left(tx, live, host)
    if held is None and live.room.visibility == "group":
        raise GroupNeeded
    await _take(tx, live, held)
    await tx.audit("room.group", actor=host.id, room=live.room.id)
    if left is not None:  # its log keeps that, and nothing of what becomes of the room elsewhere
        await tx.audit("group.room_left", actor=host.id, group=left.id)
    return held


async def _left(tx: Tx, live: LiveRoom, host: Person) -> Group | None:
    """The group it was held in, where it may leave it; or `GroupAway`, `AskedAmongMembers`."""
    if live.room.group_id is None:
        return None
    found = await group_of_id(tx.connection, live.room.group_id, host.id)
    if found is None:
        return None
    if found[0].suspended_at is not None:
        raise GroupAway
    if (found[0].private or live.room.visibility == "group") and live.questions.all:
        raise AskedAmongMembers
    return found[0]


async def _take(tx: Tx, live: LiveRoom, held: Group | None) -> None:
    """In a private group nobody else finds it, and it is recorded as the charter says."""
    kept = await keepers(tx.connection, held.id) if held is not None else {}
    await store(tx, live.room.id, life.hold_in(live.room, held, kept))
    await ask_among(tx, live, live.room.settings.who_asks, group=held.id if held is not None else None)
    if held is not None and held.private and live.room.visibility != "invited":
        await store(tx, live.room.id, life.show_to(live.room, "unlisted"))
    if held is not None:
        await as_the_charter_says(tx, live, held.charter.records)
