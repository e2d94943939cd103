"""What the routes of those who run the place take and give in common."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from causerie.accounts.people import Person
from causerie.web.house import House, admin, house
from causerie.web.oneself import stepped_up

PAGE = 50
Home = Annotated[House, Depends(house)]
Admin = Annotated[Person, Depends(admin)]
SteppedUp = Annotated[Person, Depends(stepped_up)]
Id = Annotated[str, Path(pattern=r"^[0-9A-Z]{26}$", examples=["01JC8ZK5V2Q0T9N3M7X4R6B1AD"])]
Said = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$", examples=["jeanne"])]
Before = Annotated[str, Query(pattern=r"^[0-9A-Z]{0,26}$")]
Reason = Annotated[str, Field(max_length=2000, examples=["Insults from the stage, twice after a warning"])]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Why(Body):
    """The reason, which the person concerned reads."""

    reason: Reason


def page(found: list[dict[str, Any]], *, by: str = "id") -> dict[str, Any]:
    """As many as a page has, of one more that was asked for; `next` goes on where these end."""
    return {"found": found[:PAGE], "next": found[PAGE - 1][by] if len(found) > PAGE else None}
