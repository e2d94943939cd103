"""Every room, as those who run the place look for them; ending one, and taking one off the lists."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.overseen import Stage, overseen
from causerie.rooms.queries import room_by_name
from causerie.web.admin.shapes import PAGE, Admin, Before, Home, Said, SteppedUp, Why, page
from causerie.web.house import House

rooms = APIRouter()
Name = Annotated[str, Path(max_length=80, examples=["wem-gehoert-die-nacht"])]


@rooms.get("/rooms")
async def some(
    home: Home, said: Said = "", stage: Annotated[Stage, Query()] = "", before: Before = ""
) -> dict[str, Any]:
    """Rooms, live ones first, then the newest: how a title begins, a host, or the room's own address."""
    async with home.database.read() as connection:
        found = await overseen(connection, said=said, stage=stage, before=before, most=PAGE + 1)
    return page([_shown(home, one) for one in found])


@rooms.post("/rooms/{name}/end", status_code=204)
async def end(home: Home, by: SteppedUp, name: Name, said: Why) -> None:
    """End a room that is live, cancel one that is to come; its host reads why."""
    room = await _id(home, name)
    await home.rooms.act_in(room, lambda tx, live: actions.force_end(tx, live, by, reason=said.reason))


@rooms.post("/rooms/{name}/hide", status_code=204)
async def hide(home: Home, by: Admin, name: Name, said: Why) -> None:
    """Have it stand in no list; who has its link comes in as before."""
    room = await _id(home, name)

    async def hidden(tx: Any, live: LiveRoom) -> None:
        await actions.hide(tx, live, by, reason=said.reason)

    await home.rooms.act_in(room, hidden)


async def _id(home: House, name: str) -> str:
    async with home.database.read() as connection:
        found = await room_by_name(connection, name)
    if found is None:
        raise RoomUnknown
    return found.id


def _shown(home: House, room: Any) -> dict[str, Any]:
    """Without moments that its phase says already."""
    plain = ("id", "name", "title", "visibility", "host", "host_name", "group", "starts_at", "started_at", "ended_at")
    listeners = home.rooms.audience(room.id) if room.phase == "live" else 0
    shown = {name: value for name, value in asdict(room).items() if name in plain}
    return {**shown, "phase": room.phase, "reports": room.reports, "listeners": listeners}
