"""Asking people along over HTTP: hosts ask by handle, e-mail or link; who was asked says yes or no."""

from functools import partial
from typing import Annotated, Any

import segno
from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts.blocking import blocks_person
from causerie.accounts.emails import person_at, plain_address
from causerie.accounts.errors import NameNeeded, PersonUnknown
from causerie.accounts.handles import person_called
from causerie.accounts.people import Person
from causerie.accounts.queries import person_by_id
from causerie.accounts.suspending import suspension_of
from causerie.floor.actions import asked_along as actions
from causerie.floor.live import LiveRoom
from causerie.floor.rules import can
from causerie.ids import PersonId
from causerie.rooms.asked_along import Asked, Part, Whom, asked_by, asked_by_id, asked_in, own_in
from causerie.rooms.errors import MayNot, NotAskedAlong, RoomUnknown
from causerie.rooms.queries import room_by_id, room_by_name
from causerie.rooms.state import Room
from causerie.safety.comers import comer
from causerie.safety.store import shut_to_now
from causerie.web.cards import card
from causerie.web.house import House, here, house, open_to, who
from causerie.web.limits import address as network

asked_along = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Who = Annotated[Person | None, Depends(who)]
Name = Annotated[str, Path(max_length=120)]
Id = Annotated[str, Path(pattern=r"^[0-9A-Z]{26}$")]
Token = Annotated[str, Path(pattern=r"^[\w-]{1,100}$")]


class NewAsked(BaseModel):
    """Whom: a handle with its @, an e-mail address, or the name of who is handed the link."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"to": "@amara", "role": "speaker", "shown": True}]}
    )
    to: Annotated[str, Field(max_length=2000)]
    role: Part = "speaker"
    shown: bool = True


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"yes": True}]})
    yes: bool


# ---- hosts ----


@asked_along.post("/rooms/{name}/asked", status_code=201)
async def ask(request: Request, home: Home, person: Who, name: Name, said: NewAsked) -> dict[str, Any]:
    """Ask somebody to speak or to lead along. The link is told this once.

    `mailed`: whether a letter goes out `now`, or `later` as the room is announced; `by_hand`: without a mail server
    the link is handed over, and the letter waits in the outbox of who runs this place; `no`: there is none.
    """
    live, host = await _host(request, person, name, said.role)
    whom = await _whom(home, live, said.to.strip())
    if whom.address is not None and home.mail.there:
        home.limits.mails.spend(network(request), home.clock.now())
        home.limits.mails_to_one.spend(whom.address, home.clock.now())
    opens = home.notices.delivering.links.asked
    asks = partial(actions.ask_along, whom=whom, role=said.role, shown=said.shown, opens=opens)
    asked, token = await home.rooms.act(live.room.id, lambda tx, now: asks(tx, now, host))
    await home.rooms.groups.invited(live.room.id)
    home.notices.look()
    link = f"{here(request)}/w/{token}"
    handed = {} if asked.person is not None else {"url": link, "code": segno.make(link, micro=False).svg_data_uri()}
    return {**_shown(asked), "mailed": _mailed(home, asked, draft=live.room.phase == "draft"), **handed}


@asked_along.get("/rooms/{name}/asked")
async def every(request: Request, home: Home, person: Who, name: Name) -> list[dict[str, Any]]:
    """Everybody who was asked, and what they said."""
    live, _ = await _host(request, person, name, "speaker")
    async with home.database.read() as connection:
        return [_shown(asked) for asked in await asked_in(connection, live.room.id)]


@asked_along.delete("/rooms/{name}/asked/{id}", status_code=204)
async def take_back(request: Request, home: Home, person: Who, name: Name, id: Id) -> None:
    """Ask them no more; what they had by it goes, too."""
    live, host = await _host(request, person, name, "speaker")
    async with home.database.read() as connection:
        asked = await asked_by_id(connection, id)
    if asked is None or asked.room != live.room.id:
        raise NotAskedAlong
    await home.rooms.act(live.room.id, lambda tx, now: actions.ask_no_more(tx, now, host, asked=asked), closing=True)
    await home.rooms.groups.invited(live.room.id)


# ---- those who were asked, and everybody ----


@asked_along.get("/rooms/{name}/with")
async def taking_part(request: Request, home: Home, person: Who, name: Name) -> dict[str, Any]:
    """Who takes part beside the host, as far as it is shown; and what one was asked oneself."""
    room = await _room(request, name)
    async with home.database.read() as connection:
        asked = await asked_in(connection, room.id)
        mine = await own_in(connection, room.id, person.id) if person is not None else None
    coming = [one for one in asked if one.shown and one.answer == "accepted" and one.role != "listener"]
    faces = [{"name": one.name, "role": one.role, "portrait": one.portrait} for one in coming]
    return {"people": faces, "mine": {"role": mine.role, "answer": mine.answer} if mine else None}


@asked_along.put("/rooms/{name}/with/me", status_code=204)
async def answer_here(request: Request, home: Home, person: Who, name: Name, said: Said) -> None:
    """Say yes or no to what one was asked."""
    room = await _room(request, name)
    async with home.database.read() as connection:
        mine = await own_in(connection, room.id, person.id) if person is not None else None
    if person is None or mine is None:
        raise NotAskedAlong
    await _answer(home, room, person, mine, yes=said.yes)


@asked_along.get("/asked/{token}")
async def look(request: Request, home: Home, token: Token) -> dict[str, Any]:
    """What a link is for; looking binds nobody."""
    asked, room = await _linked(request, home, token)
    said = {"name": asked.name, "role": asked.role, "answer": asked.answer}
    return {"room": room.name, "card": card(home, room), **said}


@asked_along.post("/asked/{token}", status_code=204)
async def answer_by_link(request: Request, home: Home, person: Who, token: Token, said: Said) -> None:
    """Say yes or no by a link; who does first has it for themselves."""
    asked, room = await _linked(request, home, token)
    if person is None or person.name is None:
        raise NameNeeded
    await _answer(home, room, person, asked, yes=said.yes)


async def _answer(home: House, room: Room, person: Person, asked: Asked, *, yes: bool) -> None:
    key = await home.rooms.key_of(room.name)
    await home.rooms.act(key, lambda tx, live: actions.answer_asked(tx, live, person, asked=asked, yes=yes))
    await home.rooms.groups.invited(key)


async def _linked(request: Request, home: House, token: str) -> tuple[Asked, Room]:
    """Who tries many that are none is told to wait; who is banned finds none."""
    async with home.database.read() as connection:
        asked = await asked_by(connection, token)
        room = await room_by_id(connection, asked.room) if asked else None
    if asked is None or room is None or not await open_to(request, room, invited=True):
        home.limits.wrong_links.spend(network(request), home.clock.now())
        raise NotAskedAlong
    return asked, room


async def _room(request: Request, name: str) -> Room:
    async with house(request).database.read() as connection:
        room = await room_by_name(connection, name)
    if room is None or not await open_to(request, room):
        raise RoomUnknown
    return room


async def _host(request: Request, person: Person | None, name: str, role: Part) -> tuple[LiveRoom, Person]:
    room = await _room(request, name)
    live = house(request).rooms.alive(await house(request).rooms.key_of(room.name))
    if person is None or live is None or not can(live, person, actions.VERBS[role]):
        raise MayNot
    return live, person


async def _whom(home: House, live: LiveRoom, to: str) -> Whom:
    """Whom that means. Minors, and who is banned from the room, hear nothing unasked; whoever asks is not told so."""
    async with home.database.read() as connection:
        if to.startswith("@"):
            id = await person_called(connection, to[1:])
            found = await person_by_id(connection, id) if id is not None else None
            if found is None or await suspension_of(connection, found.id, now=home.clock.now()) is not None:
                raise PersonUnknown
            return Whom(found.name or to, person=found.id, told=await _may_hear(home, live, found))
        if "@" not in to:
            return Whom(to)
        address = plain_address(to)
        known = await person_at(connection, address)
        theirs = await person_by_id(connection, known) if known is not None else None
        told = theirs is None or await _may_hear(home, live, theirs)
        return Whom(address.partition("@")[0], address=address, told=told)


async def _may_hear(home: House, live: LiveRoom, person: Person) -> bool:
    if person.minor or person.bot:
        return False
    async with home.database.read() as connection:
        shut = await shut_to_now(connection, comer(PersonId(person.id)), now=home.clock.now())
        blocked = await blocks_person(connection, person.id, live.room.host)
    return not blocked and not {live.room.id, live.room.host} & shut


def _mailed(home: House, asked: Asked, *, draft: bool) -> str:
    """Of a draft nobody hears: its link opens, and its letter is sent, or waits to be handed over, when announced."""
    if asked.address is None:
        return "no"
    if not home.mail.there:
        return "by_hand"
    return "later" if draft else "now"


def _shown(asked: Asked) -> dict[str, Any]:
    return {
        "id": asked.id,
        "name": asked.name,
        "role": asked.role,
        "shown": asked.shown,
        "answer": asked.answer,
        "portrait": asked.portrait,
    }
