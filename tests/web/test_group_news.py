"""What people of a group are told: who asks, what came of it, who is asked to own it, that it goes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select

from causerie.clock import DAY, MINUTE
from causerie.db.tables import audit
from tests.place import Place, opened
from tests.web.test_groups import Circle, circle_in


@pytest.fixture
async def circle(tmp_path, database_url: str) -> AsyncIterator[Circle]:
    """Ada's public group, which is joined by asking; Ben is an admin of it, Cho is outside."""
    async with opened(tmp_path / "data", url=database_url) as place:
        found = await circle_in(place, private=False)
        await joined_by(found, "request")
        await found.does("Ada", "PUT", f"/groups/loire/members/{found.id('Ben')}/role", {"role": "admin"})
        yield found


async def joined_by(circle: Circle, joining: str) -> None:
    said = {"name": "Les Amis", "description": "", "private": False, "joining": joining, "hidden_list": False}
    assert await circle.does("Ada", "PUT", "/groups/loire", said) == (204, None)


async def told(circle: Circle) -> dict[str, list[str]]:
    """What stands in each inbox, the oldest first; swept twice, as a program that was killed in between does."""
    place: Place = circle.place
    for _ in range(2):
        await place.causerie.notices.sweep()
    return {name: [one["title"] for one in reversed(await inbox(circle, name))] for name in circle.people}


async def inbox(circle: Circle, name: str) -> list[dict[str, Any]]:
    return (await circle.asks(name, "GET", "/api/v1/inbox")).json()["notices"]


async def test_who_can_answer_a_request_hears_of_it_and_who_asked_what_came_of_it(circle: Circle):
    for line in ("Hello", "Hello again"):
        await circle.does("Cho", "POST", "/groups/loire/join", {"line": line})
    waiting = await told(circle)
    await circle.does("Ben", "POST", f"/groups/loire/asks/{circle.id('Cho')}", {"let_in": True})

    asks = "Cho asks to join Les Amis"
    assert waiting == {"Ada": [asks], "Ben": [asks], "Cho": []}
    assert await told(circle) == {"Ada": [asks], "Ben": [asks], "Cho": ["You are in: Les Amis"]}
    assert (await inbox(circle, "Cho"))[0] | {"id": 0, "at": 0} == {
        "id": 0,
        "kind": "group.let_in",
        "title": "You are in: Les Amis",
        "text": "Ben let you into the group.",
        "path": "/g/loire",
        "at": 0,
        "read": False,
    }


async def test_who_is_not_let_in_hears_so_and_asking_again_and_again_rings_nobody_twice_a_day(circle: Circle):
    for _ in range(3):
        await circle.does("Cho", "POST", "/groups/loire/join", {"line": ""})
        await circle.does("Cho", "DELETE", "/groups/loire/join")
        circle.place.clock.turn(MINUTE)
        await told(circle)
    circle.place.clock.turn(DAY)
    await circle.does("Cho", "POST", "/groups/loire/join", {"line": ""})
    await circle.does("Ada", "POST", f"/groups/loire/asks/{circle.id('Cho')}", {"let_in": False})

    asks = ["Cho asks to join Les Amis"] * 2
    assert await told(circle) == {"Ada": asks, "Ben": asks, "Cho": ["Not let in: Les Amis"]}


async def test_who_joins_by_themselves_rings_nobody(circle: Circle):
    await joined_by(circle, "open")

    await circle.does("Cho", "POST", "/groups/loire/join", {"line": ""})

    assert await told(circle) == {"Ada": [], "Ben": [], "Cho": []}


async def test_who_is_asked_to_own_it_hears_of_it_once_a_day(circle: Circle):
    for _ in range(2):
        await circle.does("Ada", "PUT", "/groups/loire/heir", {"person": circle.id("Ben")})
        circle.place.clock.turn(MINUTE)
    refused = await circle.does("Ada", "PUT", "/groups/loire/heir", {"person": circle.id("Cho")})

    assert refused == (404, "group.member_unknown")
    assert await told(circle) == {"Ada": [], "Ben": ["You are asked to own Les Amis"], "Cho": []}


@pytest.mark.parametrize("undone", [True, False])
async def test_members_hear_when_it_goes_unless_it_stays_after_all(circle: Circle, undone: bool):
    await circle.does("Ada", "PUT", "/groups/loire/deletion", {"with_rooms": False})
    if undone:
        await circle.does("Ada", "DELETE", "/groups/loire/deletion")

    expected = [] if undone else ["Les Amis is going to be deleted"]
    assert await told(circle) == {"Ada": [], "Ben": expected, "Cho": []}


async def test_how_many_wait_is_shown_to_who_can_answer_even_when_nobody_can_ask_any_more(circle: Circle):
    await circle.does("Cho", "POST", "/groups/loire/join", {"line": ""})
    await joined_by(circle, "invited")

    shown = {name: (await circle.asks(name, "GET", "/groups/loire")).json()["asks"] for name in circle.people}
    assert shown == {"Ada": 1, "Ben": 1, "Cho": 0}


@pytest.mark.parametrize("private", [False, True])
async def test_of_a_room_that_goes_with_its_group_its_host_hears_why_and_nobody_is_said_to_have_done_it(
    tmp_path, database_url: str, private: bool
):
    async with opened(tmp_path / "data", url=database_url) as place:
        circle = await circle_in(place, private=private)
        await circle.does("Ada", "PUT", "/groups/loire/charter", {"opens": "members", "recording": "each"})
        soon = {"title": "Tomorrow", "group": "loire", "starts_at": place.clock.now() + 20 * DAY}
        name = (await circle.asks("Ben", "POST", "/api/v1/rooms", soon)).json()["room"]

        await circle.does("Ada", "PUT", "/groups/loire/deletion", {"with_rooms": True})
        place.clock.turn(7 * DAY)
        await place.tick(2 * MINUTE)
        await told(circle)

        assert (await inbox(circle, "Ben"))[0] | {"id": 0, "at": 0} == {
            "id": 0,
            "kind": "room.group_gone",
            "title": "Cancelled: Tomorrow",
            "text": "It was to be held in a group that is gone, and does not take place.",
            "path": f"/r/{name}",
            "at": 0,
            "read": False,
        }
        async with place.causerie.database.read() as connection:
            deeds = (await connection.execute(select(audit.c.verb, audit.c.actor).order_by(audit.c.id))).all()
        assert [deed for deed in deeds if deed.verb.startswith("room.cancel")] == [
            ("room.cancel_with_group", "causerie")
        ]
