"""What people say to decisions about them, the answers, and decisions that are undone."""

from collections.abc import Awaitable, Callable
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
from causerie.recordings.live import RecordedRoom
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
    """Answer one, once; both sides keep it. What falls by it is undone in the same write, or nothing is said."""

    async def answered(tx: Tx, live: RecordedRoom | None = None) -> None:
        decision = await appealing.answer(tx, id, by=by.id, granted=said.granted, text=said.text)
        if said.granted and decision.kind in UNDONE and decision.holds(tx.now):
            await _undone(tx, live, decision, by=by, reason=said.text)

    async with home.database.read() as connection:
        decision = await appealing.decision_answered(connection, id)
    await (_write(home, decision, answered) if said.granted else home.database.write(answered))


@appeals.post("/decisions/{id}/undo", status_code=204)
async def undo(home: Home, by: SteppedUp, id: Id, said: Why) -> None:
    """What was decided holds no more: they come in again, the group is open, the room is found."""
    async with home.database.read() as connection:
        decision = await decision_of_id(connection, id)

    async def undone(tx: Tx, live: RecordedRoom | None = None) -> None:
        await _undone(tx, live, decision, by=by, reason=said.reason)

    await _write(home, decision, undone)


async def _undone(tx: Tx, live: RecordedRoom | None, decision: Decision, *, by: Person, reason: str) -> None:
    """It holds no more; `live`: the room it is about, in whose turn that is written."""
    if decision.kind == "account.suspend":
        await suspending.lift(tx, by.id, decision.id, reason=reason)
    elif decision.kind in ("group.suspend", "group.delete"):
        await groups.open_again(tx, by.id, decision.id, reason=reason)
    elif decision.kind == "room.hide" and live is not None:
        await actions.show_again(tx, live, by.id, decision.id, reason=reason)
    else:
        raise DecisionFinal


async def _write(home: House, decision: Decision, work: Callable[..., Awaitable[None]]) -> None:
    """In one turn, of the room where it is about one; then rooms that are alive hear whom they let in."""
    if decision.kind == "room.hide" and decision.about is not None:
        await home.rooms.act_in(decision.about, work)
    else:
        await home.database.write(work)
    if decision.kind == "account.suspend":
        await home.rooms.blocks.changed(decision.person)
    elif decision.kind in ("group.suspend", "group.delete") and decision.about is not None:
        await home.rooms.groups.changed(decision.about)


def _shown(one: appealing.Asked) -> dict[str, Any]:
    told = ("id", "kind", "person", "title", "path", "reason", "at", "until", "undone_at")
    decision = {name: getattr(one.decision, name) for name in told}
    return {**asdict(one.appeal), "name": one.name, "decision": decision}
