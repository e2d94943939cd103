"""Reminders without an account: an address is given, its reader confirms it by one press, and is reminded by mail."""

from typing import Annotated
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts.emails import plain_address
from causerie.accounts.errors import NoMail
from causerie.clock import DAY
from causerie.i18n import t
from causerie.notices import strangers
from causerie.notices.errors import LetterLinkUnknown, NothingToRemind, ZoneUnknown
from causerie.notices.kinds import USUAL, Time
from causerie.notices.links import Reminding
from causerie.rooms.queries import room_by_id
from causerie.rooms.state import Room
from causerie.web.house import House, house, open_to
from causerie.web.interests import At
from causerie.web.languages import browsers
from causerie.web.letter_pages import letter_page, stale
from causerie.web.letters import reminding_letter
from causerie.web.limits import address

reminding = APIRouter()

Home = Annotated[House, Depends(house)]


class Asked(BaseModel):
    """Where the letters go, in which language, with moments in which zone, and when they come."""

    model_config = ConfigDict(extra="forbid")
    address: Annotated[str, Field(max_length=2000)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "en"
    zone: Annotated[str, Field(max_length=64)] = "UTC"
    times: Annotated[list[Time], Field(max_length=5)] = list(USUAL)


@reminding.post("/api/v1/rooms/{name}/letters", status_code=202)
async def ask(request: Request, home: Home, at: At, said: Asked) -> None:
    """Have a link sent whose reader is reminded of this room. Nothing is kept before it is pressed."""
    if not home.mail.there:
        raise NoMail
    plain, now = plain_address(said.address), home.clock.now()
    if not at.to_come:
        raise NothingToRemind
    if said.zone not in available_timezones():
        raise ZoneUnknown
    home.limits.mails.spend(address(request), now)
    home.limits.mails_to_one.spend(plain, now)
    asked = Reminding(at.id, plain, said.language, said.zone, tuple(said.times), now + DAY)
    link = home.notices.delivering.links.remind(asked)
    home.mail.post(reminding_letter(said.language, home, plain, link, title=at.title))


@reminding.get("/remind/{token}", include_in_schema=False)
async def look(request: Request, token: str) -> Response:
    """What the link is for, and a button: looking confirms nothing."""
    found = await _read(request, token)
    if found is None:
        return stale(request)
    told = t(browsers(request), "Be reminded by mail of: {title}", title=found[1].title)
    return letter_page(request, told, button=t(browsers(request), "Yes"))


@reminding.post("/remind/{token}", include_in_schema=False)
async def press(request: Request, token: str) -> Response:
    """Be reminded. The link says all; it was sent to the address it is about."""
    found = await _read(request, token)
    if found is None:
        return stale(request)
    asked, room = found
    await house(request).database.write(lambda tx: strangers.confirm(tx, asked, room))
    told = t(browsers(request), "You are reminded by mail. Your address is deleted when the room is over.")
    return letter_page(request, told)


async def _read(request: Request, token: str) -> tuple[Reminding, Room] | None:
    """What a link confirms, where the room is still to come and who presses may know of it."""
    home = house(request)
    try:
        asked = home.notices.delivering.links.reminding(token, now=home.clock.now())
    except LetterLinkUnknown:
        return None
    async with home.database.read() as connection:
        room = await room_by_id(connection, asked.room)
    return (asked, room) if room is not None and room.to_come and await open_to(request, room) else None
