"""What those who lead do about a recording, and what time alone brings about."""

from collections.abc import Mapping

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, on_air
from causerie.floor.actions.invitations import followed
from causerie.groups.errors import AlwaysRecorded, NeverRecorded
from causerie.ids import QuestionId, new_id
from causerie.recordings import moves
from causerie.recordings.following import without_yes
from causerie.recordings.live import RecordedRoom
from causerie.recordings.state import CatchUp
from causerie.recordings.store import store
from causerie.stage import moves as staging
from causerie.stage.encoders import take_tokens_back

RIGHT = "room.record"


async def start(tx: Tx, live: RecordedRoom, host: Person) -> None:
    """Want a take: everybody on stage is asked, and it begins with the first yes."""
    allowed(live, host, RIGHT)
    on_air(live)
    if live.room.records == "never":
        raise NeverRecorded
    rule = live.room.settings.recording
    await store(tx, live.room.id, moves.request(live.recording, take=new_id(), rule=rule, now=tx.now))
    await tx.audit("recording.start", actor=host.id, room=live.room.id)


async def pause(tx: Tx, live: RecordedRoom, host: Person) -> None:
    """Leave a gap of silence."""
    allowed(live, host, RIGHT)
    await store(tx, live.room.id, moves.pause(live.recording, now=tx.now))
    await tx.audit("recording.pause", actor=host.id, room=live.room.id)


async def resume(tx: Tx, live: RecordedRoom, host: Person) -> None:
    """Go on after a pause."""
    allowed(live, host, RIGHT)
    on_air(live)
    await store(tx, live.room.id, moves.resume(live.recording, now=tx.now))
    await tx.audit("recording.resume", actor=host.id, room=live.room.id)


async def stop(tx: Tx, live: RecordedRoom, host: Person) -> None:
    """End the take; where every room of a group is recorded it ends with the room."""
    allowed(live, host, RIGHT)
    if live.room.records == "must":
        raise AlwaysRecorded
    await store(tx, live.room.id, moves.stop(live.recording, now=tx.now))
    await tx.audit("recording.stop", actor=host.id, room=live.room.id)


async def go_on(tx: Tx, live: RecordedRoom) -> None:
    """The program is back, and so is the recording."""
    await store(tx, live.room.id, moves.go_on(live.recording, now=tx.now))


async def sweep(tx: Tx, live: RecordedRoom) -> None:
    """Whoever is on stage on condition of a yes and has not said it has had their time."""
    for person in without_yes(live, tx.now):
        await followed(tx, live, staging.move_down(live.stage, person))
        await take_tokens_back(tx, live.room.id, person)


async def close(tx: Tx, live: RecordedRoom, *, take: str) -> None:
    """What was said in a take that was stopped is on the disk."""
    await store(tx, live.room.id, moves.close(live.recording, take, now=tx.now))


async def erase(tx: Tx, live: RecordedRoom, *, track: str) -> None:
    """The log of somebody who took back their yes is gone."""
    await store(tx, live.room.id, moves.erase(live.recording, track, now=tx.now))


async def copied(tx: Tx, live: RecordedRoom, *, take: str, failed: bool = False) -> None:
    """The copy of a take is made, or could not be."""
    await store(tx, live.room.id, moves.copied(live.recording, take, failed=failed, now=tx.now))


async def drop(tx: Tx, live: RecordedRoom) -> None:
    """The copy is deleted, and what it was made of with it."""
    await store(tx, live.room.id, moves.drop(live.recording, now=tx.now))


async def catch_up(tx: Tx, live: RecordedRoom, *, there: Mapping[QuestionId, CatchUp]) -> None:
    """These answers can be heard while the room goes on, and no others; none of anybody who has left it meanwhile."""
    await store(tx, live.room.id, moves.catch_up(live.recording, there))
