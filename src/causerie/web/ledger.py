"""Who agreed to be recorded, in which words and when: for those who lead the room, and who run this place."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from causerie.accounts.people import Person
from causerie.recordings import queries
from causerie.recordings.ledger import as_csv
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.queries import room_by_name, with_helpers
from causerie.web.house import House, house, who

ledger = APIRouter(prefix="/api/v1")


@ledger.get("/rooms/{name}/ledger.csv", response_class=Response)
async def table(
    home: Annotated[House, Depends(house)], person: Annotated[Person | None, Depends(who)], name: str
) -> Response:
    """The whole ledger of a room, as a table; to everybody else there is none."""
    async with home.database.read() as connection:
        found = await room_by_name(connection, name)
        room = await with_helpers(connection, found) if found else None
        if room is None or person is None or not (person.admin or person.id in room.leaders):
            raise RoomUnknown
        lines = await queries.ledger(connection, room.id)
    headers = {"content-disposition": 'attachment; filename="ledger.csv"', "cache-control": "no-store"}
    return Response(as_csv(lines), media_type="text/csv; charset=utf-8", headers=headers)
