"""What people of a group are told: who asks, what came of it, who is asked to own it, that it goes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select, update

from causerie.clock import DAY, MINUTE
from causerie.db.tables import audit
from causerie.groups.models import memberships
from causerie.groups.state import RANK
from tests.place import Place, opened
from tests.web.test_groups import Circle, circle_in


@pytest.fixture
async def circle(tmp_path, database_url: str) -> AsyncIterator[Circle]:
    """Ada's public group, which is joined by asking; Ben is an admin of it, Cho is outside."""
    async with opened(tmp_path / "data", url=database_url) as place:
        found = await circle_in(place, private=False)
        await joined_by(found, "request")
        made = (
            update(memberships).where(memberships.c.person == found.id("Ben")).values(role="admin", rank=RANK["admin"])
        )
        await place.causerie.database.write(lambda tx: tx.run(made))
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


async def test_what_is_done_to_somebody_is_told_to_them_and_why_they_are_banned(circle: Circle):
    ben, cho = circle.id("Ben"), circle.id("Cho")
    for role in ("moderator", "member"):
        await circle.does("Ada", "PUT", f"/groups/loire/members/{ben}/role", {"role": role})
        await told(circle)
        circle.place.clock.turn(MINUTE)
    await circle.does("Ada", "DELETE", f"/groups/loire/members/{ben}")
    assert await circle.does("Ada", "PUT", f"/groups/loire/bans/{cho}", {"reason": " "}) == (422, "group.reason")
    await circle.does("Ada", "PUT", f"/groups/loire/bans/{cho}", {"reason": "Shouts."})
    await told(circle)
    banned = (await inbox(circle, "Cho"))[0]
    await circle.does("Ada", "DELETE", f"/groups/loire/bans/{cho}")

    assert (banned["text"], banned["path"]) == ("The reason that was given: Shouts.", "/inbox")
    assert await told(circle) == {
        "Ada": [],
        "Ben": [
            "You are a moderator of Les Amis",
            "You are a member of Les Amis like others",
            "You are not in Les Amis any more",
        ],
        "Cho": ["You are banned from Les Amis", "You are not banned from Les Amis any more"],
    }


async def test_what_was_taken_back_before_anybody_heard_of_it_is_not_told(circle: Circle):
    ben, cho = circle.id("Ben"), circle.id("Cho")
    for role in ("moderator", "admin"):
        await circle.does("Ada", "PUT", f"/groups/loire/members/{ben}/role", {"role": role})
    await circle.does("Ada", "PUT", "/groups/loire/heir", {"person": ben})
    await circle.does("Ada", "DELETE", "/groups/loire/heir")
    await circle.does("Ada", "PUT", f"/groups/loire/bans/{cho}", {"reason": "Shouts."})
    await circle.does("Ada", "DELETE", f"/groups/loire/bans/{cho}")

    last = ["You are not banned from Les Amis any more"]
    assert await told(circle) == {"Ada": [], "Ben": ["You are an admin of Les Amis"], "Cho": last}


@pytest.mark.parametrize(
    ("does", "hears"), [("POST", "Ben owns Les Amis now"), ("DELETE", "Ben does not take over Les Amis")]
)
async def test_who_offered_the_group_hears_the_answer(circle: Circle, does: str, hears: str):
    await circle.does("Ada", "PUT", "/groups/loire/heir", {"person": circle.id("Ben")})
    asked = (await told(circle))["Ben"]
    assert await circle.does("Ben", does, "/groups/loire/heir") == (204, None)

    assert await told(circle) == {"Ada": [hears], "Ben": asked, "Cho": []}


async def test_who_never_was_in_a_private_group_does_not_learn_its_name_by_a_ban(tmp_path, database_url: str):
    async with opened(tmp_path / "data", url=database_url) as place:
        circle = await circle_in(place, private=True)
        for name in ("Ben", "Cho"):
            for does, said in (("PUT", {"reason": "Shouts."}), ("DELETE", None)):
                assert (await circle.does("Ada", does, f"/groups/loire/bans/{circle.id(name)}", said))[0] == 204
                await told(circle)

        heard = await told(circle)
        assert (len(heard["Ben"]), heard["Cho"]) == (2, [])
