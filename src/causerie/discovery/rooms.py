"""Rooms by their words: first those whose title says them all, then by description, agenda and tags; newer first."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.discovery.lookup import lookup
from causerie.discovery.pages import Page, paged
from causerie.discovery.seeing import findable
from causerie.discovery.wanted import Place, Wanted
from causerie.rooms.models import room_terms, rooms
from causerie.rooms.queries import rooms_by_id
from causerie.rooms.state import Room

TITLED, TOLD = 0, 1


async def found_rooms(connection: AsyncConnection, wanted: Wanted) -> Page[Room]:
    """A page of rooms that one may know of."""
    found: list[tuple[str, Place]] = []
    for rank in (TITLED, TOLD):
        if len(found) <= wanted.most and (wanted.after is None or wanted.after.rank <= rank):
            found += await _of_rank(connection, wanted, rank)
    page = paged(found, wanted.most)
    there = await rooms_by_id(connection, page.found)
    return Page([there[id] for id in page.found if id in there], page.next)


async def _of_rank(connection: AsyncConnection, wanted: Wanted, rank: int) -> list[tuple[str, Place]]:
    index = lookup(connection, room_terms, wanted.words, first=("title",))
    begun = wanted.after.number if wanted.after is not None and wanted.after.rank == rank else None
    found = (
        select(rooms.c.id, index.number)
        .select_from(index.source.join(rooms, rooms.c.id == room_terms.c.room))
        .where(index.in_rank(rank), findable(wanted), *([index.number < begun] if begun is not None else []))
        .order_by(index.number.desc())
        .limit(wanted.most + 1)
    )
    if wanted.rooms is not None:
        beside = room_terms.alias("beside")
        found = found.where(index.number.in_(select(beside.c.number).where(beside.c.room.in_(wanted.rooms))))
    return [(id, Place(rank, number)) for id, number in await connection.execute(found)]
