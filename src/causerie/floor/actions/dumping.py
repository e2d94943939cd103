"""Taking out what was said just now, before the audience hears it."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed
from causerie.floor.live import LiveRoom
from causerie.rooms import actions as rooms
from causerie.rooms.moves import may_dump as can_be


def may_dump(live: LiveRoom, by: Person) -> None:
    """Their authority covers it, and the audience hears the room later than it is said."""
    allowed(live, by, "room.dump")
    can_be(live.room)


async def dump(tx: Tx, live: LiveRoom, by: Person, *, at: int) -> None:
    """Nobody in the audience hears what they had not heard at this moment, then or in the copy."""
    may_dump(live, by)
    await rooms.dump(tx, live.room, at=at)
    await tx.audit("room.dump", actor=by.id, room=live.room.id)
