"""The examples of the API's description: each route has one, it is as the description says, and it is still so."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from causerie.web.described import EXAMPLES, described
from causerie.web.site import site
from tests.place import Place, opened
from tests.web.example_stories import told_now
from tests.web.examples import routes

WRITTEN: dict[str, dict[str, Any]] = json.loads(EXAMPLES.read_text(encoding="utf-8")) if EXAMPLES.exists() else {}


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data") as running:
        yield running


async def test_every_route_has_an_example_of_what_it_takes_and_gives(place: Place):
    without = {
        (route, part)
        for route, parts in routes(place).items()
        for part, shape in parts.items()
        if "example" not in shape
    }

    assert without == set()


async def test_every_example_is_as_the_description_says(place: Place):
    whole = described(site(place.causerie.house))
    wrong = {
        (route, part): [str(error) for error in errors]
        for route, parts in routes(place).items()
        for part, shape in parts.items()
        if (errors := list(validator(whole, shape["schema"]).iter_errors(shape["example"])))
    }

    assert wrong == {}


def validator(whole: dict[str, Any], schema: dict[str, Any]) -> Any:
    return jsonschema_rs.validator_for({**schema, "components": whole["components"]})


def form(value: Any) -> Any:
    """Of what a value is made, whatever is in it."""
    if isinstance(value, dict):
        return {key: form(one) for key, one in value.items()}
    return [form(one) for one in value[:1]] if isinstance(value, list) else type(value).__name__


def alike(one: Any, other: Any) -> bool:
    """The same form; what is empty in one of them can be anything in the other."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return not one or not other or alike(one[0], other[0])
    return one == other or "NoneType" in (one, other)


async def test_what_is_shown_is_what_is_answered_now(tmp_path: Path):
    now = await told_now(tmp_path)

    assert {route: parts.keys() for route, parts in now.items()} == {route: p.keys() for route, p in WRITTEN.items()}
    assert {route for route in now if not alike(form(now[route]), form(WRITTEN[route]))} == set()
