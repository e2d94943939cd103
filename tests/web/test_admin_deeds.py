"""Whatever those who run the place change, the audit log says who did it: every route of theirs, from the table."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from causerie.accounts import checks
from causerie.accounts.models import check_requests
from causerie.copies import store as copies
from causerie.copies.errors import CopyNotMade
from causerie.copies.state import Copy
from causerie.db.tables import audit
from causerie.groups.models import groups
from causerie.rooms.models import asked_letters
from causerie.safety.models import bans, reports
from tests.live.conftest import Evening, evening_in
from tests.place import Place, opened
from tests.web.test_admin_rights import guarded
from tests.web.test_overseeing import asked, group_of_ada

WHY = {"reason": "Insults from the stage"}
# What is said at each route, in this order, and the line it leaves. A new route has none here, and fails.
DEEDS: dict[tuple[str, str], tuple[Any, str]] = {
    ("POST", "/people"): ({"name": "Jeanne"}, "person.add"),
    ("POST", "/people/{id}/link"): ({}, "person.link"),
    ("PUT", "/people/{id}/may-open-rooms"): ({"may": True}, "person.let"),
    ("PUT", "/people/{id}/minor"): ({"minor": True}, "person.minor"),
    ("POST", "/people/{id}/checks"): ({"note": "Seen at work."}, "person.check"),
    ("DELETE", "/people/{id}/checks/{check}"): (None, "person.uncheck"),
    ("POST", "/admin/check-requests/{id}/decline"): (WHY, "person.not_checked"),
    ("PUT", "/admin/outbox/{id}/handed"): ({}, "letter.hand_over"),
    ("DELETE", "/admin/outbox/{id}/handed"): (None, "letter.keep"),
    ("POST", "/admin/jobs/{id}/again"): ({}, "copy.again"),
    ("PUT", "/admin/reports/{id}/settled"): ({"outcome": "nothing"}, "report.settle"),
    ("POST", "/admin/bans/{id}/end"): (WHY, "room.unban"),
    ("POST", "/admin/people/{id}/suspension"): ({**WHY, "days": 7}, "person.suspend"),
    ("POST", "/admin/rooms/{name}/hide"): (WHY, "room.hide"),
    ("PUT", "/admin/appeals/{id}/answer"): ({"granted": False, "text": "It stays so."}, "appeal.refuse"),
    ("POST", "/admin/rooms/{name}/end"): (WHY, "room.end"),
    ("POST", "/admin/groups/{id}/suspension"): (WHY, "group.suspend"),
    ("POST", "/admin/decisions/{id}/undo"): (WHY, "group.unsuspend"),
    ("POST", "/admin/groups/{id}/deletion"): ({**WHY, "with_rooms": False}, "group.delete"),
}


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


async def one(place: Place, column: Any) -> str:
    async with place.causerie.database.read() as connection:
        return str((await connection.execute(select(column).limit(1))).scalar_one())


async def a_check(place: Place, person: str, by: Any) -> str:
    return (await place.causerie.database.write(lambda tx: checks.check(tx, person, "Known.", by=by)))[0].id


async def a_copy_that_failed(place: Place) -> None:
    copy = Copy("C1", "cccccccccccccccccccccc", place.state().room.id, "processing", "private", 0, 0, 0, 1)

    async def fails(tx: Any) -> None:
        await copies.add(tx, copy)
        await copies.change(tx, "C1", state="failed", failed_code=CopyNotMade.code, failed_text=CopyNotMade.text)

    await place.causerie.database.write(fails)


async def appealed(place: Place, evening: Evening) -> str:
    """Ada, whose room was taken off the lists, says why it should not be."""
    [decision] = (await asked(place, evening.ada.cookie, "GET", "/me/decisions"))[1]
    said = {"text": "It is about rivers."}
    return str(
        (await asked(place, evening.ada.cookie, "POST", f"/me/decisions/{decision['id']}/appeal", said))[1]["id"]
    )


async def asks_to_be_checked(place: Place, evening: Evening) -> str:
    """Ben, of whom nothing was checked yet."""
    said = {"text": "Ask at the Loire Courier."}
    await asked(place, evening.ben.cookie, "POST", "/me/check-request", said)
    return await one(place, check_requests.c.id)


async def lines_of(place: Place, by: str) -> list[str]:
    async with place.causerie.database.read() as connection:
        wanted = select(audit.c.verb).where(audit.c.actor == by).order_by(audit.c.id)
        return list((await connection.execute(wanted)).scalars())


async def test_every_change_of_theirs_leaves_a_line_with_who_made_it(place: Place):
    evening = await evening_in(place)
    await a_copy_that_failed(place)
    await group_of_ada(place, evening)
    root, cookie = await place.person("Root", admin=True)
    cho = evening.id("Cho")
    await evening.ada.does("room.ban", person=evening.id("Ben"), reason="shouts", hours=None, network=False)
    await asked(place, evening.cho.cookie, "POST", "/rooms/sparrows/reports", {"about": "room", "grounds": "spam"})
    check = await a_check(place, cho, evening.id("Ada"))
    at = {"jobs": "C1", "people": cho, "reports": await one(place, reports.c.id), "bans": await one(place, bans.c.id)}
    await asked(place, evening.ada.cookie, "POST", "/rooms/sparrows/asked", {"to": "eve@example.org"})
    at["outbox"] = await one(place, asked_letters.c.asked)
    at["check-requests"] = await asks_to_be_checked(place, evening)
    at |= {"groups": await one(place, groups.c.id), "rooms": "sparrows", "appeals": "", "decisions": ""}

    left, answers = {}, {}
    for (method, route), (said, _) in DEEDS.items():
        what = route.removeprefix("/admin").split("/")[1]
        if what == "appeals":
            at["appeals"] = await appealed(place, evening)
        path = route.replace("{check}", check).replace("{id}", at[what]).replace("{name}", at[what])
        before = await lines_of(place, root.id)
        status, told = await asked(place, cookie, method, path, said)
        at["decisions"] = (told or {}).get("decision", "")
        answers[method, route] = status
        left[method, route] = (await lines_of(place, root.id))[len(before) :]

    assert {route for route, status in answers.items() if status >= 300} == set()
    assert left == {route: [verb] for route, (_, verb) in DEEDS.items()}
    assert {(method, f"/api/v1{route}") for method, route in DEEDS} == {
        route for route in guarded(place) if route[0] not in ("GET", "HEAD")
    }


async def test_nobody_can_let_open_rooms_who_is_not_there(place: Place):
    root, cookie = await place.person("Root", admin=True)

    status, told = await asked(place, cookie, "PUT", "/people/nobody/may-open-rooms", {"may": True})

    assert (status, told["code"], await lines_of(place, root.id)) == (404, "person.unknown", [])
