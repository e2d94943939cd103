"""What the world may see of a clip."""

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.copies.answer_pages import AnswerPage, Face, heard_between, page_of
from causerie.copies.clips import under
from causerie.copies.contents import Contents
from causerie.copies.files import AUDIOGRAM, CLIP_M4A, CLIP_MP3, PREVIEW
from causerie.copies.queries import clip_by_name, copy_by_id, edition_made
from causerie.copies.state import Clip, Copy
from causerie.rooms.queries import room_by_id
from causerie.rooms.state import Room


@dataclass(frozen=True)
class SeenClip:
    """A clip that others may see; its page says of it what an answer's says, and its files are named by their keys."""

    room: Room
    copy: Copy
    page: AnswerPage
    film: str
    m4a: str
    mp3: str
    preview: str


async def seen_clip(connection: AsyncConnection, name: str) -> SeenClip | None:
    """The clip at this address; none while it is being made, or where nobody but hosts may see its copy."""
    clip = await clip_by_name(connection, name)
    copy = await copy_by_id(connection, clip.copy) if clip else None
    edition = await edition_made(connection, copy) if copy and copy.seen else None
    room = await room_by_id(connection, copy.room) if copy else None
    if clip is None or copy is None or room is None or edition is None or edition.contents is None:
        return None
    if (folder := under(clip)) is None:
        return None
    page = _page(clip, copy, room, edition.contents)
    keys = (folder + name for name in (AUDIOGRAM, CLIP_M4A, CLIP_MP3, PREVIEW))
    return SeenClip(room, copy, page, *keys)


def _page(clip: Clip, copy: Copy, room: Room, held: Contents) -> AnswerPage:
    begins, ends = held.at(clip.begins), held.at(clip.ends)
    names = {voice.person: voice.name for voice in held.voices}
    page = page_of(clip.name, clip.title, copy, room, held, begins, ends)
    return replace(page, who=tuple(Face(names[who]) for who in heard_between(held, begins, ends)))
