"""Bans from rooms all over the place, and letting somebody in again."""

from typing import Any

from fastapi import APIRouter

from causerie.floor import actions
from causerie.rooms.overseen import every_ban, room_of_ban
from causerie.safety.errors import BanUnknown
from causerie.web.admin.shapes import PAGE, Admin, Before, Home, Id, Said, Why, page

bans = APIRouter()


@bans.get("/bans")
async def some(home: Home, said: Said = "", before: Before = "") -> dict[str, Any]:
    """Bans that last, the newest first: of whom somebody is called so."""
    now = home.clock.now()
    async with home.database.read() as connection:
        return page(await every_ban(connection, now=now, said=said, before=before, most=PAGE + 1))


@bans.post("/bans/{id}/end", status_code=204)
async def end(home: Home, by: Admin, id: Id, said: Why) -> None:
    """They may come to that room again; why is written down."""
    async with home.database.read() as connection:
        room = await room_of_ban(connection, id)
    if room is None:
        raise BanUnknown

    await home.rooms.act_in(room, lambda tx, live: actions.let_in_again(tx, live, by, ban=id, reason=said.reason))
