"""What those who run this place have checked of somebody, as they write it down and take it back."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts import checks as checking
from causerie.accounts.people import Person
from causerie.web.house import House, admin, house

checks = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Admin = Annotated[Person, Depends(admin)]
Id = Annotated[str, Path(pattern=r"^[0-9A-Z]{26}$")]


class Note(BaseModel):
    """What was checked; everybody reads it."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(max_length=2000)]


@checks.post("/people/{id}/checks", status_code=201)
async def check(home: Home, by: Admin, id: Id, said: Note) -> dict[str, Any]:
    """Say what was checked of somebody; it stands on their page from now on."""
    made, _ = await home.database.write(lambda tx: checking.check(tx, id, said.note, by=by.id))
    return asdict(made)


@checks.delete("/people/{id}/checks/{check}", status_code=204)
async def take_back(home: Home, by: Admin, id: Id, check: Id) -> None:
    """It does not hold any more."""
    await home.database.write(lambda tx: checking.take_back(tx, id, check, by=by.id))
