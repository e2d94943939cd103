"""Reports of what goes wrong in a group's rooms, for those who look after it: also what is about who leads a room."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from causerie.floor import actions
from causerie.rooms.queries import held_ids, titles
from causerie.safety.store import reports_within, room_of_report
from causerie.web.group_people import Somebody, looked_after
from causerie.web.groups import Handle, Home, Me

group_reports = APIRouter(prefix="/api/v1")

MOST = 100
After = Annotated[str, Query(pattern=r"^([0-9A-Z]{26})?$", examples=["01JC8ZK5V2Q0T9N3M7X4R6B1AD"])]


@group_reports.get("/groups/{handle}/reports")
async def every(
    request: Request, response: Response, home: Home, me: Me, handle: Handle, after: After = ""
) -> list[dict[str, Any]]:
    """What was reported in its rooms, what nobody has dealt with first; not who reported it, and nothing of oneself.

    A page of 100; where it is full, more come after its last.
    """
    group = await looked_after(request, response, handle, "group.reports")
    async with home.database.read() as connection:
        found = await reports_within(connection, held_ids(group.id), but=me.id, after=after, most=MOST)
        named = await titles(connection, (one["room"] for one in found))
    return [{**one, **dict(zip(("room", "title"), named[one["room"]], strict=True))} for one in found]


@group_reports.put("/groups/{handle}/reports/{id}/done", status_code=204)
async def done(request: Request, response: Response, home: Home, me: Me, handle: Handle, id: Somebody) -> None:
    """It is dealt with."""
    group = await looked_after(request, response, handle, "group.reports")
    async with home.database.read() as connection:
        room = await room_of_report(connection, id, held_ids(group.id))
    await home.rooms.act_in(room, lambda tx, live: actions.report_done(tx, live, me, report=id))
