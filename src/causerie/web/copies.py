"""Copies over HTTP: a route parses, calls one action or query, and answers. What one may not know of is not there."""

import asyncio
import base64
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import StreamingResponse

from causerie.accounts.people import Person
from causerie.copies import changes, hosting, leaving
from causerie.copies.covers import jpeg, square
from causerie.copies.errors import CopyMayNot, CopyUnknown, CoverRefused
from causerie.copies.hosting import Change
from causerie.copies.own import own_part, packed
from causerie.copies.queries import copy_by_id, copy_by_name, copy_of_room, edition_made
from causerie.copies.rules import may_see, own_tracks, rights
from causerie.copies.shown import shown
from causerie.copies.state import Copy, Visibility
from causerie.rooms.queries import room_by_id, room_by_name, with_helpers
from causerie.rooms.state import Room
from causerie.web.copy_views import Look, view
from causerie.web.files import link_for
from causerie.web.house import House, house, open_to, who

copies = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Who = Annotated[Person | None, Depends(who)]
Place = Annotated[int, Field(ge=-(1 << 40), le=1 << 40)]
Title = Annotated[str, Field(max_length=2000)]
Chapter = Annotated[str, Field(max_length=26)]
# A cover of fourteen megabytes, as text.
LARGEST_COVER = 20 * 1024 * 1024


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Show(Body):
    """`reason`: asked of those who run this place, and of nobody else."""

    visibility: Visibility
    reason: Annotated[str, Field(max_length=2000)] | None = None


class Trim(Body):
    edit: Literal["trim"]
    begins: Place
    ends: Place


class OfChapter(Body):
    edit: Literal["hide", "show", "join"]
    chapter: Chapter


class Rename(Body):
    edit: Literal["rename"]
    chapter: Chapter
    title: Title


class Move(Body):
    edit: Literal["move"]
    chapter: Chapter
    begins: Place


class Add(Body):
    edit: Literal["split", "add"]
    begins: Place
    title: Title


class Cover(Body):
    edit: Literal["cover"]
    picture: Annotated[str, Field(max_length=LARGEST_COVER)]


class Grant(Body):
    grant: bool


OF_CHAPTER = {"hide": changes.hide, "show": changes.show, "join": changes.join}
Edit = Annotated[Trim | OfChapter | Rename | Move | Add | Cover, Field(discriminator="edit")]


@dataclass(frozen=True)
class Found:
    """A copy, its room, and who asks."""

    copy: Copy
    room: Room
    person: Person | None

    @property
    def somebody(self) -> Person:
        """Who asks; a visitor may do nothing with it."""
        if self.person is None:
            raise CopyMayNot
        return self.person


async def found(request: Request, name: str) -> Found:
    """The copy at this address, where this person may know of it."""
    async with house(request).database.read() as connection:
        copy = await copy_by_name(connection, name)
        room = await room_by_id(connection, copy.room) if copy else None
    return await _seen(request, copy, room)


async def _seen(request: Request, copy: Copy | None, room: Room | None) -> Found:
    person = await who(request)
    if copy is None or room is None:
        raise CopyUnknown
    async with house(request).database.read() as connection:
        led = await with_helpers(connection, room)
    if not may_see(copy, led, person) or not await open_to(request, room):
        raise CopyUnknown
    return Found(copy, led, person)


@copies.get("/copies/{name}")
async def one(request: Request, response: Response, name: str) -> dict[str, Any]:
    """The copy, as its page shows it to this person."""
    return await viewed(request, response, await found(request, name))


@copies.get("/rooms/{name}/copy")
async def of_room(request: Request, response: Response, home: Home, name: str) -> dict[str, Any]:
    """The copy of a room."""
    async with home.database.read() as connection:
        room = await room_by_name(connection, name)
        copy = await copy_of_room(connection, room.id) if room else None
    return await viewed(request, response, await _seen(request, copy, room))


@copies.post("/copies/{name}/visibility")
async def show(request: Request, response: Response, home: Home, name: str, said: Show) -> dict[str, Any]:
    """Show it to everybody, to who has its link, or to nobody."""
    at = await found(request, name)
    await home.database.write(
        lambda tx: hosting.show(tx, at.copy, at.room, at.somebody, said.visibility, reason=said.reason),
    )
    return await _again(request, response, at)


@copies.post("/copies/{name}/edits")
async def edit(request: Request, response: Response, home: Home, name: str, said: Edit) -> dict[str, Any]:
    """Change it; it is made anew meanwhile."""
    at = await found(request, name)
    hosting.allowed(at.room, at.somebody, "edit")
    picture = await _picture(said) if isinstance(said, Cover) else None
    change = partial(hosting.edit, copy_id=at.copy.id, room=at.room, person=at.somebody, cover=picture)
    await home.database.write(partial(change, change=_change(said)))
    home.copying.jobs.hint()
    return await _again(request, response, at)


@copies.delete("/copies/{name}", status_code=204)
async def delete(request: Request, home: Home, name: str) -> None:
    """Take it away, with everything that was made of it and what it was made of."""
    at = await found(request, name)
    hosting.allowed(at.room, at.somebody, "delete")
    await home.rooms.act_in(at.room.id, lambda tx, live: hosting.delete(tx, live, at.copy, by=at.somebody.id))


@copies.post("/copies/{name}/withdraw", status_code=204)
async def withdraw(request: Request, home: Home, name: str) -> None:
    """Leave it: at once, or by asking the host where a yes was the condition of speaking."""
    at = await found(request, name)
    await home.rooms.act_in(at.room.id, lambda tx, live: leaving.withdraw_from(tx, live, at.somebody))


@copies.get("/rooms/{name}/part")
async def part(response: Response, home: Home, person: Who, name: str) -> dict[str, Any]:
    """What is kept of oneself in a room's copy, also while that is its hosts' alone: one's own track."""
    response.headers["cache-control"] = "no-store"
    async with home.database.read() as connection:
        room = await room_by_name(connection, name)
        copy = await copy_of_room(connection, room.id) if room else None
        edition = await edition_made(connection, copy) if copy else None
    mine = sorted(own_tracks(edition.contents if edition else None, person.id)) if person else []
    if copy is None or not mine:
        raise CopyUnknown
    return {"track": link_for(home, copy, mine[0], person)}


@copies.get("/rooms/{name}/part.zip", response_class=StreamingResponse)
async def part_to_keep(home: Home, person: Who, name: str) -> StreamingResponse:
    """All that a room holds of oneself, as one file; whoever has no part in it finds none."""
    async with home.database.read() as connection:
        room = await room_by_name(connection, name)
        copy = await copy_of_room(connection, room.id) if room else None
        own = await own_part(connection, copy, room, person.id) if room and copy and person else None
    if own is None:
        raise CopyUnknown
    headers = {"content-disposition": 'attachment; filename="part.zip"', "cache-control": "no-store"}
    return StreamingResponse(packed(own, home.copying.storage), headers=headers, media_type="application/zip")


@copies.post("/rooms/{name}/withdraw", status_code=204)
async def withdraw_of_room(home: Home, person: Who, name: str) -> None:
    """The same for who may not see the copy; whoever was recorded may, whatever was done to them since."""
    async with home.database.read() as connection:
        room = await room_by_name(connection, name)
    if room is None or person is None:
        raise CopyUnknown
    await home.rooms.act_in(room.id, lambda tx, live: leaving.withdraw_from(tx, live, person))


@copies.post("/copies/{name}/withdrawals/{id}", status_code=204)
async def answer(request: Request, home: Home, name: str, id: str, said: Grant) -> None:
    """The host's answer to who wants to leave; those who run this place can let them go."""
    at = await found(request, name)
    if at.somebody.id not in {at.room.host, *at.room.admins} and not (at.somebody.admin and said.grant):
        raise CopyMayNot
    by = at.somebody.id
    await home.rooms.act_in(at.room.id, lambda tx, live: leaving.answer(tx, live, at.copy, id, grant=said.grant, by=by))


async def viewed(request: Request, response: Response, at: Found) -> dict[str, Any]:
    """For this person alone, now: the links in it are theirs."""
    response.headers["cache-control"] = "no-store"
    home = house(request)
    async with home.database.read() as connection:
        edits = "edit" in rights(at.room, at.person)
        whole = await shown(connection, at.copy, at.room, to_hosts=edits, now=home.clock.now())
    return view(Look(home, whole, at.person))


async def _again(request: Request, response: Response, at: Found) -> dict[str, Any]:
    """As it is after it was changed."""
    async with house(request).database.read() as connection:
        copy = await copy_by_id(connection, at.copy.id)
    if copy is None:
        raise CopyUnknown
    return await viewed(request, response, Found(copy, at.room, at.person))


def _change(said: Trim | OfChapter | Rename | Move | Add | Cover) -> Change:
    match said:
        case Trim():
            return partial(changes.trim, begins=said.begins, ends=said.ends)
        case OfChapter():
            return partial(OF_CHAPTER[said.edit], chapter=said.chapter)
        case Rename():
            return partial(changes.rename, chapter=said.chapter, title=said.title)
        case Move():
            return partial(changes.move, chapter=said.chapter, at=said.begins)
        case Add():
            return partial(changes.add, at=said.begins, title=said.title)
        case Cover():
            return changes.cover


async def _picture(said: Cover) -> bytes:
    """The cover, drawn anew, in a thread: nobody waits for a picture."""
    try:
        picture = base64.b64decode(said.picture.rpartition(",")[2], validate=True)
    except ValueError:
        raise CoverRefused from None
    return await asyncio.to_thread(lambda: jpeg(square(picture)))
