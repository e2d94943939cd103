"""Every list costs the same with one line and with three, on both databases; of every route it is said what it is."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from causerie.web.site import site
from tests.filled import Filled, filled, table
from tests.growing import LISTS, SINGLE
from tests.place import HOST, opened
from tests.web.test_home import statements
from tests.web.test_looking import MAIL
from tests.web.test_papers import written


@pytest.fixture
async def everything(tmp_path: Path, database_url: str) -> AsyncIterator[Filled]:
    data = written(tmp_path / "data", privacy="We keep little.")
    async with opened(data, url=database_url, mail=MAIL, web={"public_url": f"http://{HOST}"}) as place:
        yield await filled(place)
        place.killed = True  # rows came in past the rooms that live


MOST = 20
"""Statements of a page; that of a copy, with all that hangs on it, takes the most."""


@pytest.mark.timeout(300)
async def test_every_list_costs_the_same_with_one_line_and_with_three(everything: Filled):
    costs, grown, counter = dict[str, list[int]](), dict[str, list[int]](), iter(range(1, 10_000))

    for route, (role, grow) in LISTS.items():
        grown[route], costs[route] = [], []
        for more in (1, 2):
            for _ in range(more):
                await grow(everything, next(counter))
            length, cost = await looked(everything, route, role)
            grown[route].append(length)
            costs[route].append(cost)

    assert {route: lengths for route, lengths in grown.items() if lengths[1] < lengths[0] + 2} == {}
    assert {route: cost for route, cost in costs.items() if cost[0] != cost[1]} == {}
    assert {route: cost for route, cost in costs.items() if cost[0] > MOST} == {}


async def looked(of: Filled, route: str, role: str) -> tuple[int, int]:
    """How many lines a list has, and how many statements it took."""
    async with of.place.browser(of.cookies[role]) as browser:
        for address in of.addresses(route, role):
            with statements(of.place.causerie.database) as told:
                answer = await browser.get(address)
            if answer.status_code == 200 and (lines := length(answer.content, answer.headers["content-type"])):
                return lines, len(told)
    raise AssertionError(f"{route} is closed to the {role}")


def length(content: bytes, kind: str) -> int:
    """How many things are told, one in another or not."""
    if kind.startswith("application/json"):
        return within(json.loads(content))
    return len(content) if kind == "application/zip" else len(re.findall(rb"BEGIN:VEVENT|<item>|\n", content))


def within(told: Any) -> int:
    if isinstance(told, dict):
        return sum(map(within, told.values()))
    return sum(1 + within(one) for one in told) if isinstance(told, list) else 0


async def test_of_every_route_it_is_said_whether_it_is_a_list(tmp_path: Path):
    async with opened(tmp_path / "data") as place:
        served = {route for method, route in table(site(place.causerie.house)) if method == "GET"}
    told = {route for route in served if route.startswith("/api/") or route.endswith((".xml", ".ics", ".csv"))}

    # A new route is a list, with how it grows, or a single thing: it stands in one of these two.
    assert told - SINGLE - LISTS.keys() == set()
    assert (SINGLE | LISTS.keys()) - told == set()
    assert SINGLE & LISTS.keys() == set()
