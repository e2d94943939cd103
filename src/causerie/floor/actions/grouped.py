"""What becomes of a room's group, in the room."""

from collections.abc import Mapping

from causerie.db import Tx
from causerie.floor.live import LiveRoom
from causerie.groups.charter import Records
from causerie.groups.roll import roll
from causerie.groups.state import Role
from causerie.ids import PersonId
from causerie.rooms import actions as rooms
from causerie.rooms.errors import AskersNeedGroup
from causerie.rooms.events import AskersChanged, KeepersChanged, RecordsAgreed
from causerie.rooms.settings import WhoAsks


async def look_after_anew(tx: Tx, live: LiveRoom, *, keepers: Mapping[PersonId, Role], records: Records) -> None:
    """Whoever looks after the room's group by now may do what goes with it, and what its charter says holds."""
    if keepers != live.room.keepers:
        tx.emit(KeepersChanged(keepers))
    if records != live.room.records:
        tx.emit(RecordsAgreed(records))


async def ask_among(tx: Tx, live: LiveRoom, who: WhoAsks, *, group: str | None) -> None:
    """These may ask in a room that is held there: its members as they are now; or `AskersNeedGroup`."""
    askers = await roll(tx.connection, group) if who == "members" and group is not None else None
    if who == "members" and askers is None:
        raise AskersNeedGroup
    _say(tx, live, askers)


async def ask_among_anew(tx: Tx, live: LiveRoom, *, members: frozenset[PersonId] | None) -> None:
    """Others are in the room's group than were: where members alone ask, it is these. Everybody, where it is gone.

    A room that began to let members alone ask since they were looked up did so with those of that moment.
    """
    if live.room.askers is None:
        return
    if members is None:
        await rooms.set_otherwise(tx, live.room, who_asks="everyone")
    _say(tx, live, members)


def _say(tx: Tx, live: LiveRoom, askers: frozenset[PersonId] | None) -> None:
    if askers != live.room.askers:
        tx.emit(AskersChanged(askers))


async def as_the_charter_says(tx: Tx, live: LiveRoom, records: Records) -> None:
    """A room that was planned before its charter said whether it is recorded is recorded as the charter says."""
    settings = live.room.settings
    if records == "never":
        await rooms.set_otherwise(tx, live.room, recording="off", record_from_start=False)
    if records == "must":
        rule = "each" if settings.recording == "off" else settings.recording
        await rooms.set_otherwise(tx, live.room, recording=rule, record_from_start=True)
