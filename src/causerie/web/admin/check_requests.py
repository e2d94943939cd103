"""Who asks to be checked, as those who run the place read it; who is checked is answered by that (`web/checks.py`)."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from causerie.accounts import check_requests as asking
from causerie.accounts.checks import Check, checks_of_all
from causerie.web.admin.shapes import Admin, Before, Home, Id, Why, page
from causerie.web.oneself import person_shown

check_requests = APIRouter()


@check_requests.get("/check-requests")
async def some(home: Home, after: Before = "") -> dict[str, Any]:
    """Those that nobody has answered, the oldest first; `next` goes on."""
    async with home.database.read() as connection:
        found = await asking.waiting(connection, after=after)
        checked = await checks_of_all(connection, [one.person.id for one in found])
    return page([_shown(one, checked.get(one.person.id, [])) for one in found])


@check_requests.post("/check-requests/{id}/decline", status_code=204)
async def decline(home: Home, by: Admin, id: Id, said: Why) -> None:
    """They are not checked, and read why; they can ask again after a week."""
    await home.database.write(lambda tx: asking.decline(tx, id, reason=said.reason, by=by.id))


def _shown(one: asking.Asking, checked: list[Check]) -> dict[str, Any]:
    """With what was checked of them before."""
    who = {**person_shown(one.person), "checks": [asdict(check) for check in checked]}
    return {"id": one.request.id, "text": one.request.text, "at": one.request.at, "handle": one.handle, "person": who}
