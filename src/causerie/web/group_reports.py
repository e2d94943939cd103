"""Reports of what goes wrong in a group's rooms, for those who look after it: also what is about who leads a room."""

from typing import Any

from fastapi import APIRouter, Request, Response

from causerie.floor import actions
from causerie.rooms.queries import held_ids, titles
from causerie.safety.store import every_report, room_of_report
from causerie.web.group_people import Somebody, looked_after
from causerie.web.groups import Handle, Home, Me

group_reports = APIRouter(prefix="/api/v1")

MOST = 100


@group_reports.get("/groups/{handle}/reports")
async def every(request: Request, response: Response, home: Home, me: Me, handle: Handle) -> list[dict[str, Any]]:
    """What was reported in its rooms, what nobody has dealt with first; not who reported it, and nothing of oneself."""
    group = await looked_after(request, response, handle, "group.reports")
    async with home.database.read() as connection:
        found = await every_report(connection, most=MOST, within=held_ids(group.id))
        named = await titles(connection, (one["room"] for one in found))
    shown = (one for one in found if one["subject"] != me.id)
    return [{**one, **dict(zip(("room", "title"), named[one["room"]], strict=True))} for one in shown]


@group_reports.put("/groups/{handle}/reports/{id}/done", status_code=204)
async def done(request: Request, response: Response, home: Home, me: Me, handle: Handle, id: Somebody) -> None:
    """It is dealt with."""
    group = await looked_after(request, response, handle, "group.reports")
    async with home.database.read() as connection:
        room = await room_of_report(connection, id, held_ids(group.id))
    await home.rooms.act_in(room, lambda tx, live: actions.report_done(tx, live, me, report=id))
