"""Rooms for some alone: the members of a group that everybody knows of, or who is invited; at every door the same."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from causerie.clock import DAY, HOUR
from tests.place import Page, Place, opened
from tests.web.test_groups import Circle, circle_in, whep

ROOM = "/api/v1/rooms/sparrows"
DOORS = ("/r/sparrows", "/r/sparrows/screen", ROOM, f"{ROOM}/qr", f"{ROOM}/with", "/r/sparrows/card.jpg")


@pytest.fixture
async def place(tmp_path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


@pytest.fixture
async def circle(place: Place) -> Circle:
    """Ben is in Ada's group, Cho is in none; everybody knows of the group."""
    return await circle_in(place, private=False)


async def planned(circle: Circle, visibility: str, **more: Any) -> Page:
    """Ada's room that is to come; her page in it."""
    starts_at = circle.place.clock.now() + DAY
    more = {"name": "sparrows", "starts_at": starts_at, "visibility": visibility} | more
    await circle.place.room(circle.people["Ada"], **more)
    page = circle.place.page(circle.cookies["Ada"])
    await page.enter()
    return page


async def asked(circle: Circle, to: str, **said: Any) -> dict[str, Any]:
    return dict((await circle.asks("Ada", "POST", f"{ROOM}/asked", {"to": to, "role": "listener", **said})).json())


async def handles(circle: Circle) -> None:
    for name in ("Ada", "Ben", "Cho"):
        await circle.asks(name, "PUT", "/api/v1/me/profile", {"name": name, "handle": f"{name.lower()}_b"})


async def met(circle: Circle, name: str) -> set[int]:
    """What somebody gets at every door, by page, by other programs, by a live line."""
    told = {(await circle.asks(name, "GET", door)).status_code for door in DOORS}
    if name:
        page = circle.place.page(circle.cookies[name])
        told.add({"snapshot": 200}.get((await page.enter())["type"], 404))
    return told


async def finds(circle: Circle, name: str) -> dict[str, list[str]]:
    """Where they come upon it by themselves."""
    home = (await circle.asks(name, "GET", "/api/v1/home")).json()
    search = (await circle.asks(name, "GET", "/api/v1/search?q=sparrows")).json()
    group = (await circle.asks(name, "GET", "/groups/loire")).json()
    lists = {"soon": home["soon"], "followed": home["followed"], "group": group["soon"], "live": home["live"]}
    found = [one["card"]["room"] for one in search["rooms"]["found"]]
    return {where: rooms for where, cards in lists.items() if (rooms := [card["room"] for card in cards])} | (
        {"search": found} if found else {}
    )


async def test_a_room_for_its_group_is_there_for_members_and_for_nobody_else(circle: Circle):
    await planned(circle, "group", group="loire")

    assert [await met(circle, name) for name in ("Ada", "Ben", "Cho", "")] == [{200}, {200}, {404}, {404}]
    assert [await finds(circle, name) for name in ("Ben", "Cho", "")] == [
        {"followed": ["sparrows"], "group": ["sparrows"], "search": ["sparrows"]},
        {},
        {},
    ]


async def test_who_leaves_the_group_is_out_of_its_room_and_who_joins_comes_in(circle: Circle):
    host = await planned(circle, "group", group="loire")
    inside, outside = (circle.place.page(circle.cookies[name]) for name in ("Ben", "Cho"))
    await inside.enter()
    await host.does("room.start")

    await circle.does("Ben", "POST", "/groups/loire/leave")
    await asyncio.wait_for(inside.task, 5)
    await circle.does("Cho", "POST", "/groups/loire/join")

    assert (inside.closed, (await outside.enter())["type"]) == (4002, "snapshot")
    assert [await whep(circle, name, "sparrows") for name in ("Ben", "Cho", "")] == [404, 201, 404]


async def test_a_room_for_invited_people_is_there_for_them_and_for_nobody_else(circle: Circle):
    await handles(circle)
    host = await planned(circle, "invited")
    before = [await met(circle, name) for name in ("Ben", "Cho")]
    found = await finds(circle, "Ben")

    await asked(circle, "@ben_b")
    after = [await met(circle, name) for name in ("Ben", "Cho", "")]
    finds_it = [await finds(circle, name) for name in ("Ben", "Cho")]
    page = circle.place.page(circle.cookies["Ben"])
    await page.enter()
    await host.does("room.start")
    [one] = (await circle.asks("Ada", "GET", f"{ROOM}/asked")).json()
    await circle.does("Ada", "DELETE", f"{ROOM}/asked/{one['id']}")
    await asyncio.wait_for(page.task, 5)

    assert (before, found, after) == ([{404}, {404}], {}, [{200}, {404}, {404}])
    assert finds_it == [{"followed": ["sparrows"], "search": ["sparrows"]}, {}]
    assert (page.closed, await met(circle, "Ben")) == (4002, {404})


async def test_a_link_invites_who_says_yes_by_it_first_and_who_says_no_is_not_there(circle: Circle):
    await planned(circle, "invited")
    token = (await asked(circle, "Karim"))["url"].rsplit("/w/", 1)[1]
    looked = (await circle.asks("Cho", "GET", f"/api/v1/asked/{token}")).json()
    before = await met(circle, "Cho")

    await circle.asks("Cho", "POST", f"/api/v1/asked/{token}", {"yes": True})
    yes = await met(circle, "Cho")
    other = await circle.does("Ben", "POST", f"/api/v1/asked/{token}", {"yes": True})
    shown = (await circle.asks("Ada", "GET", f"{ROOM}/with")).json()["people"]
    await circle.asks("Cho", "PUT", f"{ROOM}/with/me", {"yes": False})

    assert (looked["card"]["title"], looked["role"], before, yes) == ("Sparrows", "listener", {404}, {200})
    assert (other, shown, await met(circle, "Ben"), await met(circle, "Cho")) == (
        (409, "asked.another"),
        [],
        {404},
        {404},
    )


async def test_who_has_a_part_or_a_speaker_link_is_invited(circle: Circle):
    host = await planned(circle, "invited")
    await host.does("role.give", person=circle.id("Ben"), role="captioner")
    made = (await circle.asks("Ada", "POST", f"{ROOM}/speaker-links", {"name": "Cho"})).json()
    token = made["url"].rsplit("/s/", 1)[1]
    looked = (await circle.asks("Cho", "GET", f"/api/v1/speaker-links/{token}")).json()
    before = await met(circle, "Cho")
    await circle.asks("Cho", "POST", f"/api/v1/speaker-links/{token}")
    page = circle.place.page(circle.cookies["Cho"])
    at_once = (await page.enter())["type"]
    helping, speaking = await met(circle, "Ben"), await met(circle, "Cho")
    await circle.place.tick()
    await circle.asks("Ada", "DELETE", f"{ROOM}/speaker-links/{made['id']}")
    await circle.place.tick()
    await asyncio.wait_for(page.task, 5)

    assert (looked["card"]["title"], before, at_once) == ("Sparrows", {404}, "snapshot")
    assert (helping, speaking, page.closed, await met(circle, "Cho")) == ({200}, {200}, 4002, {404})


async def test_an_invitation_lets_nobody_past_the_group_or_a_ban(place: Place):
    circle = await circle_in(place, private=True)
    await handles(circle)
    host = await planned(circle, "invited", group="loire")
    for name in ("@ben_b", "@cho_b"):
        await asked(circle, name)
    inside = [await met(circle, name) for name in ("Ben", "Cho")]
    await circle.place.page(circle.cookies["Ben"]).enter()
    await host.does("room.ban", person=circle.id("Ben"), reason="shouts", hours=None, network=False)

    assert (inside, await met(circle, "Ben")) == ([{200}, {404}], {404})


async def test_it_is_changed_before_it_begins_and_who_is_not_among_them_is_out(circle: Circle):
    host = await planned(circle, "public", group="loire")
    pages = {name: circle.place.page(circle.cookies[name]) for name in ("Ben", "Cho")}
    for page in pages.values():
        await page.enter()

    said = {"title": "Sparrows", "language": "en", "description": ""}
    await host.does("room.plan", visibility="group", **said)
    await asyncio.wait_for(pages["Cho"].task, 5)
    closed = {name: page.closed for name, page in pages.items()}
    out_of_group = await circle.does("Ada", "PUT", f"{ROOM}/group", {"group": None})
    await pages["Ben"].does("question.ask", text="Why do sparrows bathe in dust?")
    refused = await host.does("room.plan", visibility="public", **said)
    await host.does("room.start")
    late = await host.does("room.plan", visibility="invited", **said)

    assert closed == {"Ben": None, "Cho": 4002}
    assert out_of_group == (409, "room.group_needed")
    assert (refused["code"], late["code"]) == ("room.asked_among_members", "room.begun")
    assert circle.place.state().room.visibility == "group"


async def test_without_a_group_there_are_no_members_it_could_be_for(circle: Circle):
    host = await planned(circle, "invited")
    said = {"title": "Sparrows", "visibility": "group"}

    made = await circle.does("Ada", "POST", "/api/v1/rooms", said)
    changed = await host.does("room.plan", language="en", description="", **said)

    assert (made, changed["code"]) == ((409, "room.group_needed"), "room.group_needed")
    assert circle.place.state().room.visibility == "invited"


async def test_those_it_is_for_are_told_and_nobody_else(circle: Circle):
    await handles(circle)
    host = await planned(circle, "public", group="loire")
    for name in ("Ben", "Cho"):
        await circle.asks(name, "PUT", f"/api/v1/following/{circle.id('Ada')}")
        await circle.asks(name, "PUT", f"{ROOM}/interest", {"times": ["hour"]})
    await host.does("room.plan", title="Sparrows", language="en", description="", visibility="group")
    circle.place.clock.turn(DAY - HOUR)
    await circle.place.causerie.house.notices.sweep()
    await host.does("room.start")
    await circle.place.causerie.house.notices.sweep()

    kinds = {}
    for name in ("Ben", "Cho"):
        kinds[name] = [one["kind"] for one in (await circle.asks(name, "GET", "/api/v1/inbox")).json()["notices"]]

    assert kinds == {"Ben": ["room.live", "room.hour"], "Cho": []}


async def test_who_is_invited_to_listen_is_asked_and_told_when_it_is_live(circle: Circle):
    await handles(circle)
    host = await planned(circle, "invited")
    for name in ("@ben_b", "@cho_b"):
        await asked(circle, name)
    await circle.place.causerie.house.notices.sweep()
    await circle.asks("Ben", "PUT", f"{ROOM}/with/me", {"yes": True})
    await circle.asks("Cho", "PUT", f"{ROOM}/with/me", {"yes": False})
    await host.does("room.start")
    await circle.place.causerie.house.notices.sweep()

    told = {}
    for name in ("Ben", "Cho"):
        told[name] = {one["kind"] for one in (await circle.asks(name, "GET", "/api/v1/inbox")).json()["notices"]}

    assert told == {"Ben": {"room.asked", "room.live"}, "Cho": {"room.asked"}}
