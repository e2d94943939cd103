"""What those who lead a room do with its copy: they show it, change it, and take it away. Only actions write."""

from collections.abc import Callable
from dataclasses import replace

from causerie.accounts.decisions import About, decide
from causerie.accounts.people import Person
from causerie.copies import outline, store
from causerie.copies.changes import Stands
from causerie.copies.edits import Edits
from causerie.copies.errors import CopyMayNot, CopyNotReady
from causerie.copies.planning import Told, plan, told
from causerie.copies.queries import answers_of, copy_by_id, copy_of_room, edition_made
from causerie.copies.rules import Right, may_unpublish, rights
from causerie.copies.state import Answer, Copy, Visibility
from causerie.copies.timeline import timeline
from causerie.db import Tx
from causerie.recordings import actions as recordings
from causerie.recordings.live import RecordedRoom
from causerie.rooms.state import Room

Change = Callable[[Stands], Edits]


def allowed(room: Room, person: Person, right: Right) -> None:
    """It is theirs to do; or `CopyMayNot`."""
    if right not in rights(room, person):
        raise CopyMayNot


async def show(
    tx: Tx, copy: Copy, room: Room, person: Person, visibility: Visibility, *, reason: str | None = None
) -> None:
    """Let everybody see it, or only who has its link; or nobody but hosts, and every link to its files is dead.

    Those who run this place, and do not lead its room, say why; whose room it was reads it.
    """
    if not (may_unpublish(copy, room, person) if visibility == "private" else "publish" in rights(room, person)):
        raise CopyMayNot
    if visibility != "private" and not copy.made:
        raise CopyNotReady
    if visibility == copy.visibility:
        return
    published = copy.published_at or (tx.now if visibility == "published" else None)
    generation = copy.generation + (visibility == "private")
    await store.change(tx, copy.id, visibility=visibility, generation=generation, published_at=published)
    why = None if "publish" in rights(room, person) else await _said_why(tx, copy, room, person, reason or "")
    await tx.audit(f"copy.{visibility}", actor=person.id, room=room.id, subject=copy.id, reason=why)


async def _said_why(tx: Tx, copy: Copy, room: Room, person: Person, reason: str) -> str:
    """The reason, kept for whose room it was; or `ReasonNeeded`."""
    about = About(copy.id, room.title, f"/c/{copy.name}")
    return (await decide(tx, "copy.hide", room.host, by=person.id, reason=reason, about=about)).reason


async def edit(tx: Tx, copy_id: str, room: Room, person: Person, change: Change, *, cover: bytes | None = None) -> None:
    """Change what is wanted of it, and have it made anew; refused where nothing of it would be left."""
    allowed(room, person, "edit")
    copy = await copy_by_id(tx.connection, copy_id)
    made = await edition_made(tx.connection, copy) if copy else None
    if copy is None or made is None or made.contents is None:
        raise CopyNotReady
    of = await told(tx.connection, copy.room)
    known = await answers_of(tx.connection, copy.id)
    edits = change(Stands(copy.edits, _stand(copy, of, copy.edits, known), made.contents, of.evening))
    if edits == copy.edits:
        return
    stand = _stand(copy, of, edits, known)
    timeline(plan(of, stand, replace(copy, edits=edits), cover=None))
    await store.want(tx, copy, edits)
    await store.keep(tx, stand)
    if cover is not None:
        await store.keep_cover(tx, copy.id, cover)


def _stand(copy: Copy, of: Told, edits: Edits, known: list[Answer]) -> list[Answer]:
    stand = outline.chapters(copy.id, of.turns, known, edits, edits.trim_ends or of.evening.ends)
    return [*stand, *outline.later(known, edits)]


async def delete(tx: Tx, live: RecordedRoom, copy: Copy, *, by: str) -> None:
    """Take it away with all that it was made of; the room has no copy any more, and gets none."""
    await store.forget(tx, copy.id)
    gone = {"deleted_at": tx.now, "visibility": "private", "made": 0, "edits": "{}", "failed_text": None}
    await store.change(tx, copy.id, state="failed", generation=copy.generation + 1, **gone)
    await recordings.drop(tx, live)
    await tx.audit("copy.delete", actor=by, room=copy.room, subject=copy.id)


async def outlive(tx: Tx, live: RecordedRoom, *, by: str) -> None:
    """It was kept as long as copies are kept here."""
    if (copy := await copy_of_room(tx.connection, live.room.id)) is not None:
        await delete(tx, live, copy, by=by)
