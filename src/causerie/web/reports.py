"""Reports over HTTP: anybody in a room says what is wrong, also after its end."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts.errors import NameNeeded
from causerie.accounts.people import Person
from causerie.floor import actions
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import room_by_name
from causerie.safety.reports import About, Grounds
from causerie.web.house import House, house, open_to, who
from causerie.web.limits import address

reports = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Who = Annotated[Person | None, Depends(who)]


class NewReport(BaseModel):
    """What is reported, and why."""

    model_config = ConfigDict(extra="forbid")
    about: About
    subject: Annotated[str, Field(max_length=26)] | None = None
    grounds: Grounds
    note: Annotated[str, Field(max_length=2000)] = ""


@reports.post("/rooms/{name}/reports", status_code=204)
async def make(request: Request, home: Home, person: Who, name: str, said: NewReport) -> None:
    """Report the room, a person or a question; a visitor without a name may, too."""
    async with home.database.read() as connection:
        room = await room_by_name(connection, name)
    if room is None or not await open_to(request, room):
        raise RoomUnknown
    if person is None:
        raise NameNeeded
    home.limits.reports.spend(address(request), home.clock.now())
    key = await home.rooms.key_of(name)
    told = said.model_dump()
    await home.rooms.act(key, lambda tx, live: actions.report(tx, live, person, **told))
