"""Personal speaker links over HTTP: hosts make, see and take them back; whoever has one uses it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts.errors import NameNeeded
from causerie.accounts.people import Person
from causerie.floor import actions
from causerie.floor.rules import can
from causerie.ids import RoomId
from causerie.rooms.errors import LinkInUse, LinkNotThere, MayNot, RoomUnknown
from causerie.rooms.links import SpeakerLink, link_of, links_of
from causerie.rooms.queries import room_by_id, room_by_name
from causerie.rooms.state import Room
from causerie.web.cards import card
from causerie.web.house import House, house, open_to, who
from causerie.web.limits import address

links = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Who = Annotated[Person | None, Depends(who)]
Token = Annotated[str, Path(max_length=100)]


class NewLink(BaseModel):
    """For whom it is."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=2000)]


@links.post("/rooms/{name}/speaker-links", status_code=201)
async def make(request: Request, home: Home, person: Who, name: str, said: NewLink) -> dict[str, Any]:
    """A link for one speaker; its address is told this once."""
    key, host = await _host(request, person, name)
    link, token = await home.rooms.act(key, lambda tx, live: actions.make_link(tx, live, host, name=said.name))
    return {
        **_shown(link),
        "url": f"{home.settings.web.public_url or str(request.base_url)}".rstrip("/") + f"/s/{token}",
    }


@links.get("/rooms/{name}/speaker-links")
async def every(request: Request, home: Home, person: Who, name: str) -> list[dict[str, Any]]:
    key, _ = await _host(request, person, name)
    async with home.database.read() as connection:
        return [_shown(link) for link in await links_of(connection, RoomId(key))]


@links.delete("/rooms/{name}/speaker-links/{id}", status_code=204)
async def take_back(request: Request, home: Home, person: Who, name: str, id: str) -> None:
    key, host = await _host(request, person, name)
    await home.rooms.act(key, lambda tx, live: actions.take_link_back(tx, live, host, link=id), closing=True)


@links.get("/speaker-links/{token}")
async def look(request: Request, home: Home, token: Token) -> dict[str, Any]:
    """Where a link leads, and for whom it was made; looking binds nobody."""
    link, room = await _link(request, token)
    return {"room": room.name, "name": link.name, "card": card(home, room)}


@links.post("/speaker-links/{token}")
async def use(request: Request, home: Home, person: Who, token: Token) -> dict[str, str]:
    """Use a link: the first who does is the only one who can. In a live room an invitation follows."""
    link, room = await _link(request, token)
    if person is None or person.name is None:
        raise NameNeeded
    key = await home.rooms.key_of(room.name)
    try:
        await home.rooms.act(key, lambda tx, live: actions.use_link(tx, live, person, token=token))
    except LinkInUse:
        await home.rooms.act(key, lambda tx, live: actions.tell_of_try(tx, live, person, link=link))
        raise
    return {"room": room.name, "name": link.name}


async def _link(request: Request, token: str) -> tuple[SpeakerLink, Room]:
    """A link and its room; who tries many that are none is told to wait, who is banned finds none."""
    home = house(request)
    async with home.database.read() as connection:
        link = await link_of(connection, token)
        room = await room_by_id(connection, link.room) if link else None
    if link is None or room is None or not await open_to(request, room, invited=True):
        home.limits.wrong_links.spend(address(request), home.clock.now())
        raise LinkNotThere
    return link, room


async def _host(request: Request, person: Person | None, name: str) -> tuple[str, Person]:
    """The room, for who may invite speakers to it."""
    home = house(request)
    async with home.database.read() as connection:
        room = await room_by_name(connection, name)
    if room is None or not await open_to(request, room):
        raise RoomUnknown
    key = await home.rooms.key_of(name)
    live = home.rooms.alive(key)
    if person is None or live is None or not can(live, person, "stage.invite"):
        raise MayNot
    return key, person


def _shown(link: SpeakerLink) -> dict[str, Any]:
    return {"id": link.id, "name": link.name, "used": link.person is not None, "person": link.person, "by": link.by}
