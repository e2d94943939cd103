"""What was reported anywhere, and what those who run the place decide about it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from causerie.rooms.overseen import reported
from causerie.safety.reports import Outcome
from causerie.safety.store import settle
from causerie.web.admin.shapes import Admin, Body, Home, Id

reports = APIRouter()
USUAL, MOST = 200, 5000
Most = Annotated[int, Query(ge=1, le=MOST, description="How many; where so many come, ask for more.")]
Room = Annotated[str, Query(max_length=80, pattern=r"^[^\x00]*$", examples=["wem-gehoert-die-nacht"])]


class Decided(Body):
    """`answer`: what who reported it is told, beside what came of it."""

    outcome: Outcome
    answer: Annotated[str, Field(max_length=2000, examples=["Thank you. The speaker was removed."])] = ""


@reports.get("/reports")
async def every(home: Home, room: Room = "", most: Most = USUAL) -> list[dict[str, Any]]:
    """Reports of any room or of this one: what nobody has settled first, and of that what is about live rooms."""
    async with home.database.read() as connection:
        return await reported(connection, room=room, most=most)


@reports.put("/reports/{id}/settled", status_code=204)
async def settled(home: Home, by: Admin, id: Id, said: Decided) -> None:
    """They have dealt with it, once; who reported it reads what came of it."""
    await home.database.write(lambda tx: settle(tx, id, by=by.id, outcome=said.outcome, answer=said.answer))
