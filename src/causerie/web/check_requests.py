"""Asking those who run this place to check who one is, and what they answered."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts import check_requests as asking
from causerie.accounts.people import Person
from causerie.web.house import House, house
from causerie.web.oneself import account

check_requests = APIRouter(prefix="/api/v1/me")

Home = Annotated[House, Depends(house)]
Account = Annotated[Person, Depends(account)]


class Asked(BaseModel):
    """Who one is, and how those who run this place can tell; nobody else reads it."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=10_000, examples=["I edit the Loire Courier: call its desk and ask for me."])]


@check_requests.get("/check-request")
async def own(home: Home, person: Account) -> dict[str, Any]:
    """What one asked, whether it waits, and why one was not checked; without `request` one may ask."""
    async with home.database.read() as connection:
        found = await asking.request_of(connection, person.id)
    return {"request": found and _shown(found), "again_at": found and _again_at(found)}


@check_requests.post("/check-request", status_code=201)
async def ask(home: Home, person: Account, said: Asked) -> dict[str, Any]:
    """Ask to be checked: one waits at a time."""
    made, _ = await home.database.write(lambda tx: asking.ask(tx, person.id, said.text))
    return _shown(made)


@check_requests.delete("/check-request", status_code=204)
async def take_back(home: Home, person: Account) -> None:
    """Ask no more."""
    await home.database.write(lambda tx: asking.take_back(tx, person.id))


def _shown(request: asking.CheckRequest) -> dict[str, Any]:
    return {name: getattr(request, name) for name in ("text", "at", "declined_at", "reason")}


def _again_at(request: asking.CheckRequest) -> int | None:
    """From when on one may ask again; nothing while it waits."""
    return None if request.declined_at is None else request.declined_at + asking.RESTS
