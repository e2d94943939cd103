"""Whoever looks at anything here changes nothing: every address of the routing table, as everybody who may come."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, select

from causerie.web.site import site
from tests.filled import ENDLESS, IN_A_HOUSE, ROLES, Filled, filled, table
from tests.place import HOST, Place, opened
from tests.web.test_papers import written

MAIL = {"host": "127.0.0.1", "port": 1, "security": "none"}


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    data = written(tmp_path / "data", privacy="We keep little.")
    async with opened(data, url=database_url, mail=MAIL, web={"public_url": f"http://{HOST}"}) as running:
        yield running


@pytest.fixture
async def everything(place: Place) -> Filled:
    return await filled(place)


def looks(place: Place) -> list[tuple[str, str]]:
    """Every way to look at something: (method, address)."""
    return sorted(one for one in table(site(place.causerie.house)) if one[0] in ("GET", "HEAD"))


async def rows(place: Place) -> dict[str, list[Any]]:
    """Every row of every table there is, whoever made the table."""
    async with place.causerie.database.read() as connection:
        tables = MetaData()
        await connection.run_sync(tables.reflect)
        return {
            name: sorted(map(repr, await connection.execute(select(one))))
            for name, one in sorted(tables.tables.items())
        }


@pytest.mark.timeout(300)
async def test_looking_changes_no_row_whoever_looks(everything: Filled):
    place, database = everything.place, everything.place.causerie.database
    before, wrote, met = await rows(place), list[tuple[str, str]](), dict[str, set[int]]()

    for role in ROLES:
        async with place.browser(everything.cookies[role]) as browser:
            for method, route in looks(place):
                for address in everything.addresses(route, role):
                    commits = database.commits
                    answer = await browser.request(method, address)
                    wrote += [(role, address)] if database.commits != commits else []
                    met.setdefault(route, set()).add(answer.status_code)

    assert wrote == []
    assert await rows(place) == before
    # Whoever adds a route says in `tests/filled.py` what stands there, so that something is there to be looked at.
    elsewhere = ENDLESS | IN_A_HOUSE
    assert {route for _, route in looks(place)} - elsewhere == {route for route in met if min(met[route]) < 400}
    assert met.keys() >= elsewhere
    assert max(max(met[route]) for route in met) < 500
