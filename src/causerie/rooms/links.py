"""Personal speaker links: the first use binds one to a person; it leads to an invitation, never on air."""

from dataclasses import dataclass

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.accounts.people import cleaned, hashed
from causerie.db import Tx
from causerie.ids import PersonId, RoomId, new_id, secret
from causerie.rooms.errors import LinkInUse, LinkNotThere, TooManyLinks
from causerie.rooms.models import speaker_links

MOST = 50


@dataclass(frozen=True)
class SpeakerLink:
    """For whom it was made, and who uses it: `by` is the name they go by."""

    id: str
    room: RoomId
    name: str
    person: PersonId | None
    by: str | None


async def make_link(tx: Tx, room: RoomId, name: str) -> tuple[SpeakerLink, str]:
    """A new link for somebody of this name, and what opens it."""
    made = await tx.run(select(func.count()).select_from(speaker_links).where(speaker_links.c.room == room))
    if (made.scalar() or 0) >= MOST:
        raise TooManyLinks
    link, token = SpeakerLink(new_id(), room, cleaned(name), None, None), secret()
    row = {"id": link.id, "hash": hashed(token), "room": room, "name": link.name, "made_at": tx.now}
    await tx.run(insert(speaker_links).values(row))
    return link, token


async def usable(tx: Tx, token: str, person: PersonId) -> SpeakerLink:
    """The link, for who uses it first and nobody after them; or `LinkNotThere`, `LinkInUse`."""
    link = await link_of(tx.connection, token)
    if link is None:
        raise LinkNotThere
    if link.person not in (None, person):
        raise LinkInUse
    return link


async def link_of(connection: AsyncConnection, token: str) -> SpeakerLink | None:
    """The link a secret opens."""
    found = await connection.execute(_LINK.where(speaker_links.c.hash == hashed(token)))
    row = found.mappings().first()
    return SpeakerLink(**row) if row else None


async def links_of(connection: AsyncConnection, room: RoomId) -> list[SpeakerLink]:
    """All links of a room, in the order they were made."""
    found = await connection.execute(_LINK.where(speaker_links.c.room == room).order_by(speaker_links.c.id))
    return [SpeakerLink(**row) for row in found.mappings()]


_OWN = (speaker_links.c.id, speaker_links.c.room, speaker_links.c.name, speaker_links.c.person)
_LINK = select(*_OWN, people.c.name.label("by")).outerjoin(people, people.c.id == speaker_links.c.person)
