"""What becomes of a room's group, in the room."""

from collections.abc import Mapping

from causerie.db import Tx
from causerie.floor.live import LiveRoom
from causerie.groups.charter import Records
from causerie.groups.state import Role
from causerie.ids import PersonId
from causerie.rooms import actions as rooms
from causerie.rooms.events import KeepersChanged, RecordsAgreed


async def look_after_anew(tx: Tx, live: LiveRoom, *, keepers: Mapping[PersonId, Role], records: Records) -> None:
    """Whoever looks after the room's group by now may do what goes with it, and what its charter says holds."""
    if keepers != live.room.keepers:
        tx.emit(KeepersChanged(keepers))
    if records != live.room.records:
        tx.emit(RecordsAgreed(records))


async def as_the_charter_says(tx: Tx, live: LiveRoom, records: Records) -> None:
    """A room that was planned before its charter said whether it is recorded is recorded as the charter says."""
    settings = live.room.settings
    if records == "never":
        await rooms.set_otherwise(tx, live.room, recording="off", record_from_start=False)
    if records == "must":
        rule = "each" if settings.recording == "off" else settings.recording
        await rooms.set_otherwise(tx, live.room, recording=rule, record_from_start=True)
