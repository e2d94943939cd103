"""Every group, as those who run the place look for them; shutting one, and having it go."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query

from causerie.groups import actions
from causerie.groups.overseen import Only, overseen
from causerie.web.admin.shapes import PAGE, Before, Home, Id, Said, SteppedUp, Why, page

groups = APIRouter()


class Away(Why):
    """`with_rooms`: its rooms and their copies go with it."""

    with_rooms: bool = False


@groups.get("/groups")
async def some(home: Home, said: Said = "", only: Annotated[Only, Query()] = "", before: Before = "") -> dict[str, Any]:
    """Groups, the newest first: how a name begins, or a whole handle."""
    async with home.database.read() as connection:
        found = await overseen(connection, said=said, only=only, before=before, most=PAGE + 1)
    return page([asdict(one) for one in found])


@groups.post("/groups/{id}/suspension", status_code=201)
async def suspend(home: Home, by: SteppedUp, id: Id, said: Why) -> dict[str, str]:
    """Shut it: nobody finds it, and only who leads a room of it is in that."""
    made, _ = await home.database.write(lambda tx: actions.suspend(tx, by, id, reason=said.reason))
    await home.rooms.groups.changed(id)
    return {"decision": made.id}


@groups.post("/groups/{id}/deletion", status_code=201)
async def take_away(home: Home, by: SteppedUp, id: Id, said: Away) -> dict[str, str]:
    """Shut it, and have it go in a week; until then it can be opened again."""
    made, _ = await home.database.write(
        lambda tx: actions.take_away(tx, by, id, reason=said.reason, with_rooms=said.with_rooms)
    )
    await home.rooms.groups.changed(id)
    return {"decision": made.id}
