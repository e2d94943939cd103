"""People, as those who run the place look for them; suspending somebody, and undoing it."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from causerie.accounts import suspending
from causerie.accounts.checks import checks_of_all
from causerie.accounts.decisions import Decision
from causerie.accounts.looked_up import Wanted, looked_up
from causerie.db import Tx
from causerie.ids import PersonId
from causerie.stage.encoders import take_all_tokens_back
from causerie.web.admin.shapes import PAGE, Before, Home, Id, Said, SteppedUp, Why, page
from causerie.web.oneself import person_shown

people = APIRouter()
Days = Annotated[int, Field(ge=1, le=suspending.MOST_DAYS, examples=[7])]


class Suspension(Why):
    """`days`: how long; without it there is no end."""

    days: Days | None = None


@people.get("/people")
async def some(
    home: Home,
    said: Said = "",
    only: Annotated[Literal["", "admins", "suspended"], Query()] = "",
    before: Before = "",
) -> dict[str, Any]:
    """Accounts, the newest first: how a name begins, a whole handle or a whole address; `next` goes on."""
    now = home.clock.now()
    async with home.database.read() as connection:
        found = await looked_up(connection, Wanted(said, before, only), now=now, most=PAGE + 1)
        ids = [one.id for one in found]
        checked = await checks_of_all(connection, ids)
        out = await suspending.suspensions_of(connection, ids, now=now)
    shown = [
        {
            **person_shown(one),
            "minor": one.minor,
            "checks": [asdict(check) for check in checked.get(one.id, [])],
            "suspension": _shown(out[one.id]) if one.id in out else None,
        }
        for one in found
    ]
    return page(shown)


@people.post("/people/{id}/suspension", status_code=201)
async def suspend(home: Home, by: SteppedUp, id: Id, said: Suspension) -> dict[str, Any]:
    """Nobody comes in with this account: its sessions, pages, sound and encoders end at once."""

    async def suspended(tx: Tx) -> tuple[Decision, list[str]]:
        made = await suspending.suspend(tx, by, id, reason=said.reason, days=said.days)
        await take_all_tokens_back(tx, PersonId(id))
        return made

    (made, sessions), _events = await home.database.write(suspended)
    await home.suspended(PersonId(id), sessions)
    return _shown(made)


def _shown(decision: Decision) -> dict[str, Any]:
    return {name: getattr(decision, name) for name in ("id", "reason", "at", "until")}
