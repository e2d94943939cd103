"""Groups over HTTP: a route parses, calls one action or query, and answers. What one may not know of is not there."""

import asyncio
import base64
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts.people import Person
from causerie.copies.covers import jpeg, square
from causerie.copies.errors import CoverRefused
from causerie.copies.queries import copies_in_group, copies_of
from causerie.db import Tx
from causerie.groups import actions, queries, roll
from causerie.groups.actions.guards import account
from causerie.groups.charter import Charter, Openers, Recording, Records
from causerie.groups.errors import GroupMayNot, GroupUnknown
from causerie.groups.rules import may, may_know
from causerie.groups.state import Group, Joining, Standing
from causerie.notices import of_groups
from causerie.rooms.queries import held_in, many_held_in, on_air_in
from causerie.web.group_views import (
    calendar_of,
    feed_of,
    group_view,
    lets_open,
    line,
    member_line,
    news_of,
    rooms_of,
)
from causerie.web.house import House, house, open_to, who

groups = APIRouter(prefix="/api/v1")

Text = Annotated[str, Field(max_length=20_000)]
Word = Annotated[str, Field(max_length=2000)]
# A cover of fourteen megabytes, as text.
LARGEST_COVER = 20 * 1024 * 1024


async def signed_in(request: Request) -> Person:
    """Somebody with an account: who has none does nothing with groups, whichever there are."""
    return account(await who(request))


Home = Annotated[House, Depends(house)]
Who = Annotated[Person | None, Depends(who)]
Me = Annotated[Person, Depends(signed_in)]
Handle = Annotated[str, Path(max_length=100)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewGroup(Body):
    handle: Word
    name: Word
    description: Text = ""
    private: bool = False
    joining: Joining = "open"
    hidden_list: bool = False


class Edited(Body):
    name: Word
    description: Text
    private: bool
    joining: Joining
    hidden_list: bool


class Agreed(Body):
    opens: Openers
    recording: Recording
    quiet_from: Annotated[str, Field(max_length=5)] | None = None
    quiet_to: Annotated[str, Field(max_length=5)] | None = None
    zone: Annotated[str, Field(max_length=60)] = "UTC"
    text: Text = ""
    records: Records = "may"


class Cover(Body):
    picture: Annotated[str, Field(max_length=LARGEST_COVER)] | None


class Deletion(Body):
    with_rooms: bool


# ---- lists ----


@groups.get("/groups")
async def every(
    response: Response, home: Home, person: Who, after: Annotated[str, Query(pattern=r"^\w{26}$")] | None = None
) -> dict[str, Any]:
    """One's own groups, and those that anybody finds: the newest first, a page at a time."""
    response.headers["cache-control"] = "no-store"
    async with home.database.read() as connection:
        own = await queries.groups_of(connection, person.id) if person is not None and after is None else []
        found = await queries.public_groups(connection, person.id if person else None, after=after)
        page = found[: queries.PAGE]
        ids = [group.id for group, _ in own] + [group.id for group in page]
        members, live = await queries.counted(connection, ids), await on_air_in(connection, ids)
    return {
        "own": [
            {**line(group, members, live), "role": role, "may_open": lets_open(group, Standing(role), person)}
            for group, role in own
        ],
        "groups": [line(group, members, live) for group in page],
        "next": page[-1].id if len(found) > queries.PAGE else None,
    }


@groups.post("/groups", status_code=201)
async def found(home: Home, me: Me, said: NewGroup) -> dict[str, str]:
    """Found a group; one owns it."""
    group, _ = await home.database.write(partial(actions.found, by=me, **said.model_dump()))
    return {"handle": group.handle}


# ---- one of them ----


@groups.get("/groups/{handle}")
async def one(request: Request, response: Response, home: Home, person: Who, handle: Handle) -> dict[str, Any]:
    """A group, as its page shows it to this person."""
    response.headers["cache-control"] = "no-store"
    group, standing = await seen(request, handle)
    async with home.database.read() as connection:
        members = (await queries.counted(connection, [group.id])).get(group.id, 0)
        people, asks = await roll.look_after(connection, group.id), await roll.many_asks(connection, group.id)
        rooms = await held_in(connection, group.id)
        made = await copies_of(connection, (room.id for room in rooms if room.ended_at is not None))
        since = await roll.member_since(connection, group.id, person.id) if person and group.private else {}
    known = await open_to(request, *rooms)
    shown = [room for room in known if room.visibility in ("public", "group") or group.private]
    copied = {room.name: made[room.id].name for room in shown if room.id in made and made[room.id].seen}
    return {
        **group_view(group, standing, person, asks=asks),
        "members": members,
        "looked_after_by": [member_line(member) for member in people],
        **rooms_of(home, shown),
        "copies": copied,
        "feed": feed_of(group, (made[room.id] for room in known if room.id in made)),
        "news": news_of(group),
        "calendar": calendar_of(group, home.cookies.key, since),
    }


@groups.put("/groups/{handle}", status_code=204)
async def edit(home: Home, me: Me, handle: Handle, said: Edited) -> None:
    """Call it or describe it otherwise, have it joined otherwise."""
    await home.database.write(partial(actions.edit, by=me, handle=handle, **said.model_dump()))
    await told(home, handle)


@groups.put("/groups/{handle}/charter", status_code=204)
async def set_charter(home: Home, me: Me, handle: Handle, said: Agreed) -> None:
    """Agree on something else."""
    charter = Charter(**said.model_dump())
    await home.database.write(partial(actions.set_charter, by=me, handle=handle, charter=charter))
    await told(home, handle)


@groups.put("/groups/{handle}/cover", status_code=204)
async def set_cover(request: Request, home: Home, me: Me, handle: Handle, said: Cover) -> None:
    """Give it a cover, or none."""
    group, standing = await seen(request, handle)
    if not may(standing.role, "group.edit"):  # nobody has a picture drawn that is not theirs to show
        raise GroupMayNot
    drawn = await _drawn(said.picture) if said.picture is not None else None
    await home.database.write(partial(actions.set_cover, by=me, handle=group.handle, picture=drawn))


@groups.get("/groups/{handle}/cover", response_class=Response)
async def cover(request: Request, home: Home, handle: Handle) -> Response:
    """Its cover, for whoever may know of the group."""
    group, _ = await seen(request, handle)
    async with home.database.read() as connection:
        picture = await queries.cover_of(connection, group.id)
    if picture is None:
        raise GroupUnknown
    headers = {"cache-control": "private, no-cache", "etag": f'"{group.cover}"', "x-content-type-options": "nosniff"}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(picture, media_type="image/jpeg", headers=headers)


# ---- its end ----


@groups.get("/groups/{handle}/deletion")
async def what_would_go(request: Request, home: Home, _: Me, handle: Handle) -> dict[str, int]:
    """What deleting it with its rooms would take along; said beforehand."""
    group, standing = await seen(request, handle)
    if not may(standing.role, "group.delete"):
        raise GroupMayNot
    async with home.database.read() as connection:
        to_come, past = await many_held_in(connection, group.id)
        copies = await copies_in_group(connection, group.id)
    return {"to_come": to_come, "past": past, "copies": copies}


@groups.put("/groups/{handle}/deletion")
async def delete(home: Home, me: Me, handle: Handle, said: Deletion) -> dict[str, int]:
    """Have it go in a week."""

    async def goes(tx: Tx) -> int:
        goes_at = await actions.delete(tx, me, handle, with_rooms=said.with_rooms)
        await of_groups.tell_of_end(tx, me, handle, goes_at=goes_at)
        return goes_at

    goes_at, _ = await home.database.write(goes)
    home.notices.look()
    return {"goes_at": goes_at}


@groups.delete("/groups/{handle}/deletion", status_code=204)
async def undo_deletion(home: Home, me: Me, handle: Handle) -> None:
    """It stays as it was."""
    await home.database.write(partial(actions.undo_deletion, by=me, handle=handle))


# ---- what all of them need ----


async def seen(request: Request, handle: str) -> tuple[Group, Standing]:
    """The group and how who asks stands to it; or `GroupUnknown`, whether it is there or not."""
    home, person = house(request), await who(request)
    async with home.database.read() as connection:
        found = await queries.group_at(connection, handle, person.id if person else None)
    if found is None or not may_know(*found):
        raise GroupUnknown
    return found


async def told(home: House, handle: str) -> None:
    """Rooms of the group that are alive hear who is in it now."""
    async with home.database.read() as connection:
        found = await queries.group_at(connection, handle, None)
    if found is not None:
        await home.rooms.groups.changed(found[0].id)


async def _drawn(text: str) -> bytes:
    """The cover, drawn anew in a thread: nobody waits for a picture."""
    try:
        picture = base64.b64decode(text.rpartition(",")[2], validate=True)
    except ValueError:
        raise CoverRefused from None
    return await asyncio.to_thread(lambda: jpeg(square(picture)))
