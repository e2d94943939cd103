"""What becomes of a room's group, in the room."""

from causerie.db import Tx
from causerie.floor.live import LiveRoom
from causerie.groups.roll import keepers
from causerie.rooms.events import KeepersChanged


async def look_after_anew(tx: Tx, live: LiveRoom) -> None:
    """Whoever looks after the room's group by now may do what goes with it, and nobody else."""
    now = await keepers(tx.connection, live.room.group_id) if live.room.group_id is not None else {}
    if now != live.room.keepers:
        tx.emit(KeepersChanged(now))
