"""Clips of a copy: cut, made of each edition, taken away. Only actions write."""

from sqlalchemy import delete, func, insert, select, update

from causerie.copies.clip_plan import LONGEST, SHORTEST
from causerie.copies.contents import Contents
from causerie.copies.errors import (
    ClipLong,
    ClipOutside,
    ClipShort,
    ClipSilent,
    ClipTitle,
    ClipUnknown,
    CopyNotReady,
    TooManyClips,
)
from causerie.copies.files import AUDIOGRAM, CLIP_M4A, CLIP_MP3, PREVIEW
from causerie.copies.models import clips
from causerie.copies.queries import clip_by_name, edition_made
from causerie.copies.state import Clip, Copy
from causerie.db import Tx
from causerie.errors import Refusal
from causerie.ids import PersonId, new_id, secret
from causerie.texts import one_line

MOST, TITLE = 100, 255
SECOND = 1000


async def cut_clip(tx: Tx, copy: Copy, by: PersonId, *, begins: int, ends: int, title: str) -> Clip:
    """Have a piece of the copy made, by itself; `begins` and `ends` are milliseconds of what people see now."""
    seen = await edition_made(tx.connection, copy)
    if seen is None or seen.contents is None:
        raise CopyNotReady
    there = select(func.count()).where(clips.c.copy == copy.id, clips.c.state != "gone")
    if (await tx.connection.scalar(there) or 0) >= MOST:
        raise TooManyClips
    said = one_line(title)
    if not 1 <= len(said) <= TITLE:
        raise ClipTitle
    first, last = chosen(seen.contents, begins, ends)
    clip = Clip(new_id(), secret(), copy.id, said, first, last, "processing", copy.made, by, tx.now)
    await tx.run(insert(clips).values({name: getattr(clip, name) for name in Clip.__dataclass_fields__}))
    await tx.audit("clip.make", actor=by, room=copy.room, subject=clip.id)
    return clip


async def take_away(tx: Tx, copy: Copy, by: PersonId, *, name: str) -> None:
    """Nobody finds this clip any more; its row goes when its files have gone."""
    clip = await clip_by_name(tx.connection, name)
    if clip is None or clip.copy != copy.id:
        raise ClipUnknown
    await tx.run(update(clips).where(clips.c.id == clip.id).values(state="gone"))
    await tx.audit("clip.delete", actor=by, room=copy.room, subject=clip.id)


async def clip_made(tx: Tx, clip: Clip, number: int, *, sound: str, video: str) -> bool:
    """It is there, as this edition of the copy has it; not where it was taken away meanwhile."""
    there = {"state": "ready", "made_at": tx.now, "sound": sound, "video": video, "failed_code": None}
    return await _becomes(tx, clip, number, there)


async def clip_failed(tx: Tx, clip: Clip, number: int, refusal: Refusal) -> None:
    """This edition has no such clip; the next one may."""
    await _becomes(tx, clip, number, {"state": "failed", "sound": None, "video": None, "failed_code": refusal.code})


async def forget_clip(tx: Tx, clip: Clip) -> None:
    """Its files have gone."""
    await tx.run(delete(clips).where(clips.c.id == clip.id))


def chosen(held: Contents, begins: int, ends: int) -> tuple[int, int]:
    """The moments of the room's clock between two places of a copy; refused where there can be no clip."""
    if begins < 0 or ends > held.length:
        raise ClipOutside
    if ends - begins < SHORTEST * SECOND:
        raise ClipShort
    if ends - begins > LONGEST * SECOND:
        raise ClipLong
    if not any(spoke < ends and begins < until for voice in held.voices for spoke, until in voice.spans):
        raise ClipSilent
    return held.moment(begins), _moment_before(held, ends)


def under(clip: Clip) -> str | None:
    """Where the files of a clip lie; none while it is being made."""
    return clip.sound.removesuffix(CLIP_M4A) if clip.sound is not None else None


def files_of(clip: Clip) -> set[str]:
    """The keys of all files of a clip that is there."""
    folder = under(clip)
    if folder is None:
        return set()
    return {folder + name for name in (CLIP_M4A, CLIP_MP3, AUDIOGRAM, PREVIEW)}


async def _becomes(tx: Tx, clip: Clip, number: int, values: dict[str, object]) -> bool:
    waits = clips.c.id == clip.id, clips.c.state == "processing"
    return bool((await tx.run(update(clips).where(*waits).values({**values, "edition": number}))).rowcount)


def _moment_before(held: Contents, at: int) -> int:
    """Which moment is heard last before this place: at a cut, the one before it."""
    part = next(part for part in reversed(held.kept) if part.at < at)
    return min(part.ends, part.begins + at - part.at)
