"""The people of a group over HTTP: coming in, leaving, roles, bans, handing on."""

from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from causerie.db import Tx
from causerie.groups import actions, roll
from causerie.groups.errors import GroupMayNot
from causerie.groups.rules import may, may_see_members
from causerie.groups.state import Group
from causerie.ids import PersonId
from causerie.notices import of_groups
from causerie.rooms import audit_words, audited
from causerie.texts import one_line
from causerie.web.group_views import member_line
from causerie.web.groups import Body, Handle, Home, Me, Word, seen, told

group_people = APIRouter(prefix="/api/v1")

DEEDS = 50

Somebody = Annotated[str, Path(pattern=r"^\w{1,26}$")]
Place = Annotated[str, Query(pattern=r"^[0-3]\.\d{1,15}\.\w{1,26}$")]
Asked = Annotated[str, Query(pattern=r"^\d{1,15}\.\w{1,26}$", examples=["1764000000000.01JC8ZK5V2Q0T9N3M7X4R6B1AD"])]


class Joins(Body):
    line: Word = ""


class Answer(Body):
    let_in: bool


class RoleOf(Body):
    role: Literal["admin", "moderator", "member"]


class NewBan(Body):
    reason: Word


class Heir(Body):
    person: Annotated[str, Field(pattern=r"^\w{1,26}$")]


# ---- in and out ----


@group_people.post("/groups/{handle}/join")
async def join(home: Home, me: Me, handle: Handle, said: Joins) -> dict[str, bool]:
    """Come in, or ask to; says whether one is in."""

    async def come(tx: Tx) -> bool:
        joined = await actions.join(tx, me, handle, line=said.line)
        await of_groups.tell_of_request(tx, me, handle)
        return joined

    joined, _ = await home.database.write(come)
    home.notices.look()
    await told(home, handle)
    return {"member": joined}


@group_people.delete("/groups/{handle}/join", status_code=204)
async def stop_asking(home: Home, me: Me, handle: Handle) -> None:
    """Take one's request back."""
    await home.database.write(partial(actions.stop_asking, by=me, handle=handle))


@group_people.post("/groups/{handle}/leave", status_code=204)
async def leave(home: Home, me: Me, handle: Handle) -> None:
    """Be in it no more."""
    group, _ = await home.database.write(partial(actions.leave, by=me, handle=handle))
    await home.rooms.groups.changed(group)


@group_people.get("/groups/{handle}/asks")
async def asks(
    request: Request, response: Response, home: Home, _: Me, handle: Handle, after: Asked | None = None
) -> list[dict[str, Any]]:
    """Who waits for an answer: a page of 50; where it is full, more come after the moment and person of its last."""
    group = await looked_after(request, response, handle, "group.answer")
    async with home.database.read() as connection:
        return [asdict(ask) for ask in await roll.asks(connection, group.id, after=after)]


@group_people.post("/groups/{handle}/asks/{person}", status_code=204)
async def answer(home: Home, me: Me, handle: Handle, person: Somebody, said: Answer) -> None:
    """Let them in, or not."""

    async def answered(tx: Tx) -> None:
        await actions.answer(tx, me, handle, person=PersonId(person), let_in=said.let_in)
        await of_groups.tell_of_answer(tx, me, handle, person=person, let_in=said.let_in)

    await home.database.write(answered)
    home.notices.look()
    await told(home, handle)


# ---- members ----


@group_people.get("/groups/{handle}/members")
async def members(
    request: Request, response: Response, home: Home, handle: Handle, after: Place | None = None
) -> dict[str, Any]:
    """A page of members, where this person may see them."""
    response.headers["cache-control"] = "no-store"
    group, standing = await seen(request, handle)
    if not may_see_members(group, standing):
        raise GroupMayNot
    async with home.database.read() as connection:
        found = await roll.members(connection, group.id, after=after)
    page = found[: roll.PAGE]
    return {
        "members": [member_line(member) for member in page],
        "next": roll.place_of(page[-1]) if len(found) > roll.PAGE else None,
    }


@group_people.put("/groups/{handle}/members/{person}/role", status_code=204)
async def give_role(home: Home, me: Me, handle: Handle, person: Somebody, said: RoleOf) -> None:
    """Make a member something else."""

    async def given(tx: Tx) -> str:
        group = await actions.give_role(tx, me, handle, person=PersonId(person), role=said.role)
        await of_groups.tell_of_role(tx, me, handle, person=person, role=said.role)
        return group

    group, _ = await home.database.write(given)
    home.notices.look()
    await home.rooms.groups.changed(group)


@group_people.delete("/groups/{handle}/members/{person}", status_code=204)
async def remove(home: Home, me: Me, handle: Handle, person: Somebody) -> None:
    """Somebody is no member any more."""

    async def removed(tx: Tx) -> str:
        group = await actions.remove(tx, me, handle, person=PersonId(person))
        await of_groups.tell_of_removal(tx, me, handle, person=person)
        return group

    group, _ = await home.database.write(removed)
    home.notices.look()
    await home.rooms.groups.changed(group)


@group_people.get("/groups/{handle}/bans")
async def bans(request: Request, response: Response, home: Home, _: Me, handle: Handle) -> list[dict[str, Any]]:
    """Who is banned."""
    group = await looked_after(request, response, handle, "group.ban")
    async with home.database.read() as connection:
        return [asdict(ban) for ban in await roll.bans(connection, group.id)]


@group_people.put("/groups/{handle}/bans/{person}", status_code=204)
async def ban(home: Home, me: Me, handle: Handle, person: Somebody, said: NewBan) -> None:
    """To them the group and its rooms are not there any more."""

    async def banned(tx: Tx) -> str:
        known = await of_groups.knows(tx.connection, handle, person)
        group = await actions.ban(tx, me, handle, person=PersonId(person), reason=said.reason)
        if known:
            await of_groups.tell_of_ban(tx, me, handle, person=person, reason=one_line(said.reason))
        return group

    group, _ = await home.database.write(banned)
    home.notices.look()
    await home.rooms.groups.changed(group)


@group_people.delete("/groups/{handle}/bans/{person}", status_code=204)
async def unban(home: Home, me: Me, handle: Handle, person: Somebody) -> None:
    """It is there for them again."""

    async def lifted(tx: Tx) -> str:
        group = await actions.unban(tx, me, handle, person=PersonId(person))
        await of_groups.tell_of_unban(tx, me, handle, person=person)
        return group

    group, _ = await home.database.write(lifted)
    home.notices.look()
    await home.rooms.groups.changed(group)


@group_people.get("/groups/{handle}/deeds")
async def done(
    request: Request,
    response: Response,
    home: Home,
    _: Me,
    handle: Handle,
    before: Annotated[str, Query(pattern=r"^\w{26}$")] | None = None,
) -> dict[str, Any]:
    """Who did what in the group and in its rooms. `says`: the sentence of it, with gaps that the page fills."""
    group = await looked_after(request, response, handle, "group.audit")
    async with home.database.read() as connection:
        found = await audited.lines(connection, group=group.id, before=before or "", most=DEEDS + 1)
    page = found[:DEEDS]
    return {"deeds": [_deed(one) for one in page], "next": page[-1].id if len(found) > DEEDS else None}


def _deed(one: audited.Line) -> dict[str, Any]:
    """Whoever it was done by and to by name: their ids are nobody's business here."""
    told = ("id", "at", "verb", "name", "itself", "of", "room", "title", "group")
    shown = {name: getattr(one, name) for name in told}
    return {**shown, "says": audit_words.said(one.verb)}


# ---- handing on ----


@group_people.put("/groups/{handle}/heir", status_code=204)
async def offer(home: Home, me: Me, handle: Handle, said: Heir) -> None:
    """Ask a member to own it."""

    async def offered(tx: Tx) -> None:
        await actions.offer(tx, me, handle, person=PersonId(said.person))
        await of_groups.tell_of_offer(tx, me, handle, person=said.person)

    await home.database.write(offered)
    home.notices.look()


@group_people.post("/groups/{handle}/heir", status_code=204)
async def accept(home: Home, me: Me, handle: Handle) -> None:
    """Own it."""

    async def accepted(tx: Tx) -> str:
        owner = await of_groups.owner_of(tx.connection, handle)
        group = await actions.accept(tx, me, handle)
        await of_groups.tell_of_taking(tx, me, handle, owner=owner, taken=True)
        return group

    group, _ = await home.database.write(accepted)
    home.notices.look()
    await home.rooms.groups.changed(group)


@group_people.delete("/groups/{handle}/heir", status_code=204)
async def decline(home: Home, me: Me, handle: Handle) -> None:
    """Do not, or take the question back."""

    async def declined(tx: Tx) -> None:
        await actions.decline(tx, me, handle)
        owner = await of_groups.owner_of(tx.connection, handle)
        await of_groups.tell_of_taking(tx, me, handle, owner=owner, taken=False)

    await home.database.write(declined)
    home.notices.look()


async def looked_after(request: Request, response: Response, handle: str, verb: str) -> Group:
    """The group, for who may see this of it."""
    response.headers["cache-control"] = "no-store"
    group, standing = await seen(request, handle)
    if not may(standing.role, verb):
        raise GroupMayNot
    return group
