"""The JSON API: who one is, the rooms, the people. Every route parses, calls one action or query, and answers."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts import actions as accounts
from causerie.accounts import looking_after, queries, speaking
from causerie.accounts.cookies import SESSION
from causerie.accounts.errors import LinkUnknown, PersonUnknown
from causerie.accounts.people import Person, hashed
from causerie.db import Tx
from causerie.ids import PersonId
from causerie.notices import joining as notices
from causerie.notices.house import tell_of_link
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import room_by_name, with_helpers
from causerie.web.cards import RoomAtDoor, at_door
from causerie.web.codes import drawn
from causerie.web.house import House, admin, here, house, open_to, who
from causerie.web.interests import Named
from causerie.web.languages import browsers
from causerie.web.limits import address
from causerie.web.oneself import agent, come_in, entered, keep, me_shown, person_shown, stepped_up

api = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Who = Annotated[Person | None, Depends(who)]
Admin = Annotated[Person, Depends(admin)]
Name = Annotated[str, Field(max_length=2000)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Guest(Body):
    name: Name


class SignIn(Body):
    token: Annotated[str, Field(max_length=100)]
    name: Name | None = None


class Language(Body):
    language: Annotated[str, Field(max_length=10, examples=["fr"])]


class May(Body):
    may: bool


class Minor(Body):
    minor: bool


# ---- oneself ----


@api.get("/me")
async def me(request: Request, home: Home, person: Who) -> dict[str, Any]:
    """Who one is here, and what this place is."""
    return await me_shown(request, home, person)


@api.put("/me/language", status_code=204)
async def speak(home: Home, person: Named, said: Language) -> None:
    """Be spoken to in this language, by the page and in all one is told."""
    await home.database.write(lambda tx: speaking.speak(tx, person.id, said.language))


@api.post("/guests", status_code=201)
async def guest(request: Request, response: Response, home: Home, person: Who, said: Guest) -> dict[str, Any]:
    """Take a name. A visitor keeps the id they listen with; the open page hears of it."""
    home.limits.names.spend(address(request), home.clock.now())
    before = home.cookies.read(request.headers.get("cookie", ""), SESSION)

    async def named(tx: Tx) -> tuple[Person, str]:
        if before:
            await accounts.end_session(tx, before)
        id, language = person.id if person else None, browsers(request)
        new = await accounts.add_person(tx, name=said.name, id=id, guest=True, language=language)
        token = await accounts.open_session(tx, new, device=agent(request))
        if before and person is not None and person.name is not None:
            await notices.go_on(tx, hashed(before), hashed(token), new.id)
        return new, token

    if person is not None and person.name is not None and not person.guest:
        return await me_shown(request, home, person)
    (new, token), _ = await home.database.write(named)
    keep(response, home, token, new)
    home.named(new, hashed(token))
    return await me_shown(request, home, new)


@api.get("/sign-in/{token}")
async def link(request: Request, home: Home, token: Annotated[str, Path(max_length=100)]) -> dict[str, Any]:
    """What a link is for; looking at it does not use it up."""
    kind, name = await _link(request, home, token)
    return {"kind": kind, "name": name}


@api.post("/sign-in/{token}")
async def sign_in(
    request: Request,
    response: Response,
    home: Home,
    coming: Who,
    token: Annotated[str, Path(max_length=100)],
    said: SignIn,
) -> dict[str, Any]:
    """Come in by a link; it is used up. By one that was sent by e-mail somebody new has an account."""
    await _link(request, home, token)

    async def used(tx: Tx) -> tuple[Person, str]:
        person = await accounts.use_link(tx, token, name=said.name, coming=coming)
        return await come_in(tx, request, coming, person)

    (person, session), _ = await home.database.write(used)
    await entered(request, response, coming, person, session)
    return await me_shown(request, home, person)


async def _link(request: Request, home: House, token: str) -> tuple[str, str | None]:
    """(kind, name) of a link that is good; whoever tries many that are not is told to wait, and writes nothing."""
    async with home.database.read() as connection:
        found = await queries.link_there(connection, token, now=home.clock.now())
    if found is None:
        home.limits.wrong_links.spend(address(request), home.clock.now())
        raise LinkUnknown
    return found


@api.delete("/session", status_code=204)
async def sign_out(request: Request, response: Response, home: Home) -> None:
    """End this session: its open pages and their sound close. The browser goes on as a visitor nobody knows."""
    token = home.cookies.read(request.headers.get("cookie", ""), SESSION)
    if token:
        await home.database.write(lambda tx: accounts.end_session(tx, token))
        home.signed_out(hashed(token))
    response.headers.append("set-cookie", home.cookies.written(SESSION, "", lasts=0))
    response.headers.append("set-cookie", home.cookies.greeting())


# ---- rooms ----


@api.get("/rooms/{name}")
async def one_room(request: Request, home: Home, name: str) -> RoomAtDoor:
    """A room from outside, as its door shows it; to who is banned there is none."""
    async with home.database.read() as connection:
        found = await room_by_name(connection, name)
        room = await with_helpers(connection, found) if found else None
    if room is None or not await open_to(request, room):
        raise RoomUnknown
    return at_door(home, room)


@api.get("/rooms/{name}/qr", response_class=Response)
async def room_code(request: Request, home: Home, name: str) -> Response:
    """The way into a room as a code to scan, for the screen in the hall."""
    async with home.database.read() as connection:
        room = await room_by_name(connection, name)
    if room is None or room.phase == "draft" or not await open_to(request, room):
        raise RoomUnknown
    return drawn(f"{here(request)}/r/{room.name}")


# ---- people, for admins ----


@api.post("/people", status_code=201)
async def add_person(request: Request, home: Home, by: Admin, said: Guest) -> dict[str, Any]:
    """Somebody new, and the link to hand over; who let them in is written down."""

    async def added(tx: Tx) -> tuple[Person, str]:
        person = await accounts.add_person(tx, name=said.name)
        await tx.audit("person.add", actor=by.id, subject=person.id)
        return person, await accounts.person_link(tx, person.id)

    (person, token), _events = await home.database.write(added)
    return {**person_shown(person), "link": _address(request, token)}


@api.post("/people/{id}/link")
async def person_link(
    request: Request, home: Home, by: Annotated[Person, Depends(stepped_up)], id: str
) -> dict[str, str]:
    """A fresh link for somebody who lost theirs; that it was made is written down.

    It is a way in as somebody else, be it another admin: it is made by who has proved themselves lately.
    """
    person = await _known(home, id)

    async def made(tx: Tx) -> str:
        if person.id != by.id:
            await tell_of_link(tx, person.id, by=by.name)
        return await looking_after.link(tx, person.id, by=by.id)

    token, _events = await home.database.write(made)
    home.notices.look()
    return {"url": _address(request, token)}


@api.get("/qr/{token}", response_class=Response)
async def code(request: Request, _: Admin, token: Annotated[str, Path(pattern=r"^[\w-]{1,100}$")]) -> Response:
    """A sign-in link as a code to scan."""
    return drawn(_address(request, token))


@api.put("/people/{id}/may-open-rooms", status_code=204)
async def let(home: Home, by: Admin, id: str, said: May) -> None:
    """Say whether somebody may open rooms here; that it was said is written down."""
    await home.database.write(lambda tx: looking_after.let(tx, PersonId(id), may=said.may, by=by.id))


@api.put("/people/{id}/minor", status_code=204)
async def minor(home: Home, by: Admin, id: str, said: Minor) -> None:
    """Say whether somebody is a minor: never recorded, whatever anybody says, without a picture, and not asked along by
    who does not know them. That it was said is written down.
    """
    person, mark = await _known(home, id), looking_after.mark_minor
    gone, _ = await home.database.write(lambda tx: mark(tx, person.id, minor=said.minor, by=by.id))
    if gone is not None:
        home.copying.storage.remove([gone])
    await home.marked(replace(person, minor=said.minor, portrait=None if said.minor else person.portrait))


async def _known(home: House, id: str) -> Person:
    async with home.database.read() as connection:
        person = await queries.person_by_id(connection, id)
    if person is None:
        raise PersonUnknown
    return person


# ---- shapes ----


def _address(request: Request, token: str) -> str:
    return f"{here(request)}/in/{token}"
