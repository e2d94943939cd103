"""Links into a group over HTTP: made, seen, taken back, looked at and used."""

from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from causerie.clock import HOUR
from causerie.groups import actions, invitations, queries
from causerie.groups.errors import InvitationUnknown
from causerie.groups.state import Group, Invitation
from causerie.ids import PersonId
from causerie.web.group_people import Somebody, looked_after
from causerie.web.group_views import cover_address
from causerie.web.groups import Body, Handle, Home, Me, Who
from causerie.web.house import House, here
from causerie.web.limits import address

group_invitations = APIRouter(prefix="/api/v1")

Token = Annotated[str, Path(max_length=100)]


class NewInvitation(Body):
    hours: Annotated[int, Field(ge=0, le=1 << 20)]
    uses: Annotated[int, Field(ge=0, le=1 << 20)]


@group_invitations.get("/groups/{handle}/invitations")
async def every(request: Request, response: Response, home: Home, _: Me, handle: Handle) -> list[dict[str, Any]]:
    """The links that still open it; what opens them is not told again."""
    group = await looked_after(request, response, handle, "group.invite")
    async with home.database.read() as connection:
        return [_invitation(one) for one in await invitations.good_ones(connection, group.id, now=home.clock.now())]


@group_invitations.post("/groups/{handle}/invitations", status_code=201)
async def invite(request: Request, home: Home, me: Me, handle: Handle, said: NewInvitation) -> dict[str, Any]:
    """A link into the group; its address is told this once."""
    work = partial(actions.invite, by=me, handle=handle, lasts=said.hours * HOUR, uses=said.uses)
    (made, token), _ = await home.database.write(work)
    return {**_invitation(made), "url": f"{here(request)}/i/{token}"}


@group_invitations.delete("/groups/{handle}/invitations/{id}", status_code=204)
async def take_back(home: Home, me: Me, handle: Handle, id: Somebody) -> None:
    """It opens nothing any more."""
    await home.database.write(partial(actions.take_back, by=me, handle=handle, id=id))


@group_invitations.get("/group-invitations/{token}")
async def look(request: Request, response: Response, home: Home, person: Who, token: Token) -> dict[str, Any]:
    """What a link leads to, and what one agrees to; looking uses nothing up."""
    response.headers["cache-control"] = "no-store"
    found, group = await _opened(request, home, person.id if person else None, token)
    return {
        "by": found.by,
        "handle": group.handle,
        "name": group.name,
        "description": group.description,
        "private": group.private,
        "cover": None if group.private else cover_address(group),
        "charter": {**asdict(group.charter), "version": group.charter_version},
    }


@group_invitations.post("/group-invitations/{token}")
async def use(request: Request, home: Home, me: Me, token: Token) -> dict[str, str]:
    """Come in by a link."""
    await _opened(request, home, me.id, token)
    group, _ = await home.database.write(partial(actions.use, by=me, token=token))
    await home.rooms.groups.changed(group.id)
    return {"handle": group.handle}


async def _opened(request: Request, home: House, person: PersonId | None, token: str) -> tuple[Invitation, Group]:
    """A link that is good; who tries many that are not is told to wait, and to who is banned none is."""
    async with home.database.read() as connection:
        found = await invitations.invitation(connection, token, now=home.clock.now())
        known = await queries.group_of_id(connection, found.group_id, person) if found else None
    if found is None or known is None or known[1].banned or known[0].shut:
        home.limits.wrong_links.spend(address(request), home.clock.now())
        raise InvitationUnknown
    return found, known[0]


def _invitation(one: Invitation) -> dict[str, Any]:
    return {
        "id": one.id,
        "made_at": one.made_at,
        "expires_at": one.expires_at,
        "uses": one.uses,
        "used": one.used,
        "by": one.by,
    }
