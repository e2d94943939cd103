"""What people say to decisions about them, the answers, and decisions that are undone."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from causerie.accounts import appeals as appealing
from causerie.accounts import suspending
from causerie.accounts.decisions import UNDONE, Decision, decision_of_id
from causerie.accounts.errors import DecisionFinal
from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor import actions
from causerie.groups import actions as groups
from causerie.web.admin.shapes import Admin, Before, Body, Home, Id, Reason, SteppedUp, Why, page
from causerie.web.house import House

appeals = APIRouter()


class Answer(Body):
    """`granted`: the decision falls, and is undone where that can be. `text` is what the person reads."""

    granted: bool
    text: Reason


@appeals.get("/appeals")
async def some(
    home: Home, state: Annotated[Literal["waiting", "answered"], Query()] = "waiting", before: Before = ""
) -> dict[str, Any]:
    """Those that wait, the oldest first; or those that were answered, the latest first. `next` goes on."""
    async with home.database.read() as connection:
        found = await appealing.asked(connection, before=before, waiting=state == "waiting")
    return page([_shown(one) for one in found])


@appeals.put("/appeals/{id}/answer", status_code=204)
async def answer(home: Home, by: Admin, id: Id, said: Answer) -> None:
    """Answer one, once; both sides keep it."""
    decision, _ = await home.database.write(
        lambda tx: appealing.answer(tx, id, by=by.id, granted=said.granted, text=said.text)
    )
    if said.granted and decision.undone_at is None and decision.kind in UNDONE:
        await _undo(home, by, decision, said.text)


@appeals.post("/decisions/{id}/undo", status_code=204)
async def undo(home: Home, by: SteppedUp, id: Id, said: Why) -> None:
    """What was decided holds no more: they come in again, the group is open, the room is found."""
    async with home.database.read() as connection:
        decision = await decision_of_id(connection, id)
    await _undo(home, by, decision, said.reason)


async def _undo(home: House, by: Person, decision: Decision, reason: str) -> None:
    id = decision.id
    if decision.kind == "account.suspend":
        await home.database.write(lambda tx: suspending.lift(tx, by.id, id, reason=reason))
        await home.rooms.blocks.changed(decision.person)
    elif decision.kind in ("group.suspend", "group.delete"):
        group, _ = await home.database.write(lambda tx: groups.open_again(tx, by.id, id, reason=reason))
        await home.rooms.groups.changed(group)
    elif decision.kind == "room.hide" and decision.about is not None:

        async def shown(tx: Tx, live: Any) -> None:
            await actions.show_again(tx, live, by.id, id, reason=reason)

        await home.rooms.act_in(decision.about, shown)
    else:
        raise DecisionFinal


def _shown(one: appealing.Asked) -> dict[str, Any]:
    told = ("id", "kind", "person", "title", "path", "reason", "at", "until", "undone_at")
    decision = {name: getattr(one.decision, name) for name in told}
    return {**asdict(one.appeal), "name": one.name, "decision": decision}
