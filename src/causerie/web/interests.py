"""Rooms and people one wants to hear of."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts import following
from causerie.accounts.errors import NameNeeded
from causerie.accounts.people import Person
from causerie.ids import PersonId
from causerie.notices import interest
from causerie.notices.kinds import USUAL, Time
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import room_by_name
from causerie.rooms.state import Room
from causerie.web.house import House, house, open_to, who

interests = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]


class Moments(BaseModel):
    """When one wants to be reminded."""

    model_config = ConfigDict(extra="forbid")
    times: Annotated[list[Time], Field(max_length=5)] = list(USUAL)


async def named(request: Request) -> Person:
    """Whoever is told something has a name here."""
    person = await who(request)
    if person is None or person.name is None:
        raise NameNeeded
    return person


async def room(request: Request, home: Home, name: str) -> Room:
    """The room of this address, as far as somebody may know of it."""
    async with home.database.read() as connection:
        found = await room_by_name(connection, name)
    if found is None or not await open_to(request, found):
        raise RoomUnknown
    return found


Named = Annotated[Person, Depends(named)]
At = Annotated[Room, Depends(room)]


@interests.get("/rooms/{name}/interest")
async def look_at_interest(request: Request, home: Home, at: At) -> dict[str, Any]:
    """How many want to be reminded, at which moments one does, and whether one follows the host."""
    person = await who(request)
    async with home.database.read() as connection:
        count = await interest.interested(connection, at.id)
        times = None if person is None else await interest.reminded(connection, person.id, at.id)
        follows = person is not None and await following.follows_person(connection, person.id, at.host)
        followers = await following.followers(connection, at.host)
    host = {"id": at.host, "name": at.host_name, "followers": followers, "followed": follows}
    return {"count": count, "times": times, "usual": USUAL, "by_mail": home.mail.there, "host": host}


@interests.put("/rooms/{name}/interest", status_code=204)
async def remind(home: Home, person: Named, at: At, said: Moments) -> None:
    """Be reminded, at the moments one chose; saying it again chooses others."""
    await home.database.write(lambda tx: interest.remind(tx, person, at, times=said.times))


@interests.delete("/rooms/{name}/interest", status_code=204)
async def forget(home: Home, person: Named, at: At) -> None:
    await home.database.write(lambda tx: interest.forget(tx, person.id, at.id))


@interests.get("/following")
async def followed(home: Home, person: Named) -> list[dict[str, Any]]:
    async with home.database.read() as connection:
        return [vars(one) for one in await following.followed_by(connection, person.id, now=home.clock.now())]


@interests.put("/following/{id}", status_code=204)
async def follow(home: Home, person: Named, id: str) -> None:
    await home.database.write(lambda tx: following.follow(tx, person, PersonId(id)))


@interests.delete("/following/{id}", status_code=204)
async def leave(home: Home, person: Named, id: str) -> None:
    await home.database.write(lambda tx: following.leave(tx, "person", id, person.id))
