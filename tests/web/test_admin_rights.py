"""Every route of those who run the place, from the application's own table: nobody else gets anything or changes it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import select

from causerie.db.tables import metadata
from causerie.web.house import admin
from causerie.web.oneself import stepped_up
from causerie.web.site import site
from tests.live.conftest import evening_in
from tests.place import Place, opened

ID = "01ABCDEFGHJKMNPQRSTVWXYZ00"


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


def asks_for_admin(dependant: Any) -> bool:
    return dependant.call in (admin, stepped_up) or any(asks_for_admin(one) for one in dependant.dependencies)


def guarded(place: Place) -> list[tuple[str, str]]:
    """Each route that asks whether one runs this place, with a method."""
    routes = [one for one in iter_route_contexts(site(place.causerie.house).routes) if hasattr(one, "dependant")]
    return [
        (method, str(one.path))
        for one in routes
        if asks_for_admin(one.dependant)
        for method in sorted(one.methods or ())
    ]


async def everything(place: Place) -> dict[str, list[Any]]:
    async with place.causerie.database.read() as connection:
        return {
            name: sorted(map(tuple, await connection.execute(select(table))), key=str)
            for name, table in metadata.tables.items()
        }


async def test_nobody_else_gets_an_answer_and_nothing_changes(place: Place):
    evening = await evening_in(place)
    guest = (await place.person("Gil", guest=True))[1]
    said = {"name": "River people", "handle": "river", "joining": "open"}
    async with place.browser(evening.ben.cookie) as browser:
        assert (await browser.post("/api/v1/groups", json=said)).status_code == 201
    others = {
        "nobody": "",
        "visitor": place.visitor(),
        "guest": guest,
        "member": evening.cho.cookie,
        "host": evening.ada.cookie,
        "group admin": evening.ben.cookie,
    }
    routes, before = guarded(place), await everything(place)
    body = {"reason": "Because", "outcome": "acted", "granted": True, "text": "Because", "name": "Eve", "note": "Seen"}

    assert {path for _, path in routes} >= {
        "/api/v1/people",
        "/api/v1/admin/people/{id}/suspension",
        "/api/v1/admin/rooms/{name}/end",
        "/api/v1/admin/groups/{id}/deletion",
        "/api/v1/admin/bans/{id}/end",
        "/api/v1/admin/decisions/{id}/undo",
        "/api/v1/admin/audit.csv",
        "/api/v1/admin/outbox",
    }
    for method, path in routes:
        at = re.sub(r"\{name\}", "sparrows", path)
        at = re.sub(r"\{\w+\}", ID, at)
        for who, cookie in others.items():
            async with place.browser(cookie) as browser:
                answer = await browser.request(method, at, **({} if method == "GET" else {"json": body}))
            # What is sent is looked at before who sent it, where it is not even a body of this route.
            assert (answer.status_code, answer.json()["code"]) == (403, "admin.only"), (who, method, at)
    assert await everything(place) == before


async def test_every_route_under_its_address_asks_who_runs_the_place(place: Place):
    asked = {path for _, path in guarded(place)}
    async with place.browser() as browser:
        told = (await browser.get("/api/openapi.json")).json()["paths"]

    assert {path for path in told if path.startswith("/api/v1/admin/")} <= asked
