"""What becomes of a copy in time: it is begun, made, made anew, or cannot be. Only actions write."""

from causerie.copies import contents, store
from causerie.copies.contents import Contents
from causerie.copies.edits import Edits
from causerie.copies.planning import chapters_of, told
from causerie.copies.queries import copy_by_id, copy_of_room
from causerie.copies.state import Copy
from causerie.db import Tx
from causerie.errors import Refusal
from causerie.ids import RoomId, new_id, secret
from causerie.recordings import actions as recordings
from causerie.recordings.live import RecordedRoom


async def begin(tx: Tx, room: RoomId) -> None:
    """Have a copy of a room that is over; wanting it twice is wanting it once."""
    if await store.there(tx, room):
        return
    copy = Copy(new_id(), secret(), room, "processing", "private", 0, 0, 0, tx.now)
    await store.add(tx, copy)
    await store.want(tx, copy, Edits())


async def again(tx: Tx, room: RoomId) -> None:
    """Have it made anew, since somebody is not to be in it any more: nobody sees what is there from now on."""
    if (copy := await copy_of_room(tx.connection, room)) is None:
        return
    await store.want(tx, copy, copy.edits)
    await store.change(tx, copy.id, made=0, generation=copy.generation + 1)
    await store.empty_clips(tx, copy.id)


async def outline(tx: Tx, copy: Copy) -> None:
    """The chapters as its edits want them, with addresses that stay theirs."""
    of = await told(tx.connection, copy.room)
    await store.keep(tx, await chapters_of(tx.connection, copy, of))


async def made(tx: Tx, live: RecordedRoom, copy_id: str, number: int, held: Contents) -> bool:
    """This edition is what people see from now on; not where another is wanted by now."""
    copy = await copy_by_id(tx.connection, copy_id)
    if copy is None or copy.wanted != number:
        return False
    await store.made(tx, copy, number, contents.written(held))
    await store.place(tx, copy.id, held.chapters)
    await store.empty_clips(tx, copy.id)
    await _taken(tx, live, failed=False)
    return True


async def failed(tx: Tx, live: RecordedRoom, copy_id: str, number: int, refusal: Refusal) -> None:
    """This edition cannot be made; what is there of an earlier one stays."""
    copy = await copy_by_id(tx.connection, copy_id)
    if copy is None or copy.wanted != number:
        return
    await store.change(tx, copy.id, state="failed", failed_code=refusal.code, failed_text=refusal.text)
    await _taken(tx, live, failed=True)


async def _taken(tx: Tx, live: RecordedRoom, *, failed: bool) -> None:
    """Each take of the room has its copy, or has none."""
    for take in live.recording.takes:
        await recordings.copied(tx, live, take=take, failed=failed)
