"""Imprint, privacy and rules, as those who run the place have written them; saying yes to what was written anew."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts.errors import PaperUnknown
from causerie.accounts.papers import accept_anew, not_accepted
from causerie.accounts.people import Person
from causerie.web.house import House, house
from causerie.web.oneself import account

papers = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]
Account = Annotated[Person, Depends(account)]
Version = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$", examples=["9f86d081884c"])]


class Read(BaseModel):
    """Papers that somebody has read, each with the version that was told with it."""

    model_config = ConfigDict(extra="forbid")
    papers: dict[Literal["privacy", "rules"], Version]


@papers.get("/papers/{name}")
async def paper(
    home: Home,
    name: str,
    language: Annotated[str, Query(max_length=10)] = "",
) -> dict[str, str]:
    """One of them, in this language where it was written in it; `version` changes with its words."""
    found = home.papers.papers.get(name)
    if found is None:
        raise PaperUnknown
    return {"name": name, "version": found.version, "text": found.text(language)}


@papers.get("/me/papers")
async def anew(home: Home, person: Account) -> dict[str, dict[str, str]]:
    """What was written, or written anew, since one said yes to it: each with the version to say yes to."""
    async with home.database.read() as connection:
        return {"papers": await not_accepted(connection, person.id, home.papers)}


@papers.put("/me/papers", status_code=204)
async def accept(home: Home, person: Account, said: Read) -> None:
    """Say yes to what one has read, as it is written today."""
    read: dict[str, str] = dict(said.papers.items())
    await home.database.write(lambda tx: accept_anew(tx, person.id, home.papers, read))
