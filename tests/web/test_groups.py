"""Groups over HTTP, and every door to the rooms of a private one."""

import asyncio
import io
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import select, update

from causerie.accounts.people import Person
from causerie.clock import DAY, MINUTE
from causerie.groups.models import groups
from causerie.groups.rules import BY_ROLE
from causerie.rooms.models import rooms
from tests.copies.shelf import NAME, shelved
from tests.place import Page, Place, opened
from tests.sound_on_paper import OFFER
from tests.web.test_home import statements

SDP = {"content-type": "application/sdp"}


@dataclass
class Circle:
    """Ada's group, Ben who is in it, Cho who is not; each with a cookie."""

    place: Place
    people: dict[str, Person] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    async def asks(self, name: str, method: str, path: str, json: Any = None) -> httpx.Response:
        async with self.place.browser(self.cookies.get(name, "")) as browser:
            body = {} if json is None and method in ("POST", "PUT") else json
            return await browser.request(method, f"/api/v1{path}" if path.startswith("/groups") else path, json=body)

    async def does(self, name: str, method: str, path: str, json: Any = None) -> tuple[int, str | None]:
        told = await self.asks(name, method, path, json)
        said = told.json() if told.content else {}
        return told.status_code, said.get("code") if isinstance(said, dict) else None

    def id(self, name: str) -> str:
        return self.people[name].id


async def circle_in(place: Place, *, private: bool) -> Circle:
    circle = Circle(place)
    for name in ("Ada", "Ben", "Cho"):
        circle.people[name], circle.cookies[name] = await place.person(name, may_open_rooms=name == "Ada")
    group = {"handle": "loire", "name": "Les Amis", "private": private}
    assert await circle.does("Ada", "POST", "/groups", group) == (201, None)
    made = (await circle.asks("Ada", "POST", "/groups/loire/invitations", {"hours": 1, "uses": 1})).json()
    token = made["url"].rsplit("/i/", 1)[1]
    assert await circle.does("Ben", "POST", f"/api/v1/group-invitations/{token}") == (200, None)
    return circle


@pytest.fixture
async def place(tmp_path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


@pytest.fixture
async def secret(place: Place) -> Circle:
    return await circle_in(place, private=True)


@pytest.fixture
async def public(place: Place) -> Circle:
    return await circle_in(place, private=False)


async def live_room(circle: Circle) -> tuple[str, Page]:
    """A live room of the group; its name, and its host's page."""
    made = await circle.asks("Ada", "POST", "/api/v1/rooms", {"title": "Sparrows", "group": "loire"})
    name = made.json()["room"]
    host = circle.place.page(circle.cookies["Ada"])
    await host.enter(name)
    await host.does("room.start")
    return name, host


async def whep(circle: Circle, name: str, room: str) -> int:
    async with circle.place.browser(circle.cookies.get(name, "")) as browser:
        return (await browser.post(f"/whep/{room}", content=OFFER, headers=SDP)).status_code


async def test_a_private_groups_room_is_for_members_at_every_door(secret: Circle):
    room, _ = await live_room(secret)
    doors = [
        f"/r/{room}",
        f"/r/{room}/screen",
        f"/api/v1/rooms/{room}",
        f"/api/v1/rooms/{room}/qr",
        "/g/loire",
        "/api/v1/groups/loire",
        "/api/v1/groups/loire/members",
    ]

    met = {name: [(await secret.asks(name, "GET", door)).status_code for door in doors] for name in ("Ben", "Cho", "")}
    pages = {name: secret.place.page(secret.cookies[name]) for name in ("Ben", "Cho")}
    entered = {name: await page.enter(room) for name, page in pages.items()}
    heard = {name: await whep(secret, name, room) for name in ("Ben", "Cho", "")}

    assert met == {"Ben": [200] * 7, "Cho": [404] * 7, "": [404] * 7}
    assert (entered["Ben"]["type"], entered["Cho"].get("code")) == ("snapshot", "room.unknown")
    assert heard == {"Ben": 201, "Cho": 404, "": 404}
    knocked = await pages["Cho"].does("room.knock", room=room, name="Cho", note="")
    assert knocked["code"] == "room.unknown"


async def test_what_is_hidden_looks_like_what_is_not_there(secret: Circle):
    room, _ = await live_room(secret)

    for there, not_there in (
        (f"/r/{room}", "/r/nothing"),
        ("/g/loire", "/g/nothing"),
        ("/api/v1/groups/loire", "/api/v1/groups/nothing"),
    ):
        told = [await secret.asks("Cho", "GET", path) for path in (there, not_there)]
        assert told[0].content == told[1].content
        assert told[0].headers == told[1].headers


async def test_the_home_page_lists_a_private_groups_room_for_nobody_who_may_not_know(secret: Circle):
    room, _ = await live_room(secret)
    await secret.place.causerie.database.write(lambda tx: tx.run(update(rooms).values(visibility="public")))

    live = {
        name: [card["room"] for card in (await secret.asks(name, "GET", "/api/v1/home")).json()["live"]]
        for name in ("Ben", "Cho")
    }

    assert live == {"Ben": [room], "Cho": []}


@pytest.mark.parametrize("how", ["ban", "remove", "leave"])
async def test_who_is_out_of_the_group_is_out_of_its_rooms_at_once(secret: Circle, how: str):
    room, _ = await live_room(secret)
    page = secret.place.page(secret.cookies["Ben"])
    await page.enter(room)
    assert await whep(secret, "Ben", room) == 201
    ways = {
        "ban": ("Ada", "PUT", f"/groups/loire/bans/{secret.id('Ben')}", {"reason": "Shouts."}),
        "remove": ("Ada", "DELETE", f"/groups/loire/members/{secret.id('Ben')}"),
        "leave": ("Ben", "POST", "/groups/loire/leave"),
    }

    told = await secret.does(*ways[how])
    await asyncio.wait_for(page.task, 5)

    hub = secret.place.causerie.rooms.hubs[secret.place.causerie.rooms.names[room]]
    assert (told, page.closed, [page.person.name for page in hub.pages]) == ((204, None), 4002, ["Ada"])
    assert await whep(secret, "Ben", room) == 404
    again = secret.place.page(secret.cookies["Ben"])
    assert (await again.enter(room))["code"] == "room.unknown"


async def test_who_speaks_and_is_banned_from_the_group_is_silent_and_has_no_seat(public: Circle):
    room, host = await live_room(public)
    page = public.place.page(public.cookies["Cho"])
    await page.enter(room, sdp=OFFER)
    asked = (await page.does("question.ask", text="Why do sparrows bathe in dust?", myself=True))["made"]
    await host.does("floor.pick", question=asked)
    assert (await page.does("stage.accept"))["type"] == "ack"
    heard = len(public.place.engine.heard)

    await public.does("Ada", "PUT", f"/groups/loire/bans/{public.id('Cho')}", {"reason": "Shouts."})
    await asyncio.wait_for(page.task, 5)

    live = public.place.state(room)
    assert (heard, public.place.engine.heard, [seat.name for seat in live.stage.seats.values()]) == (1, set(), ["Ada"])


async def test_who_comes_into_the_group_comes_into_its_rooms(secret: Circle):
    room, _ = await live_room(secret)
    page = secret.place.page(secret.cookies["Cho"])
    before = await page.enter(room)
    made = (await secret.asks("Ada", "POST", "/groups/loire/invitations", {"hours": 1, "uses": 1})).json()

    await secret.does("Cho", "POST", f"/api/v1/group-invitations/{made['url'].rsplit('/', 1)[1]}")

    assert (before["code"], (await page.enter(room))["type"]) == ("room.unknown", "snapshot")


async def test_a_ban_from_a_public_group_closes_its_rooms(public: Circle):
    room, _ = await live_room(public)
    page = public.place.page(public.cookies["Cho"])
    await page.enter(room)

    await public.does("Ada", "PUT", f"/groups/loire/bans/{public.id('Cho')}", {"reason": "Shouts."})
    await asyncio.wait_for(page.task, 5)

    assert (page.closed, (await public.asks("Cho", "GET", f"/r/{room}")).status_code) == (4002, 404)
    assert (await public.asks("Cho", "GET", "/g/loire")).status_code == 404
    assert (await public.asks("", "GET", f"/r/{room}")).status_code == 200
    assert await public.does("Ada", "DELETE", f"/groups/loire/bans/{public.id('Cho')}") == (204, None)
    assert (await public.asks("Cho", "GET", f"/r/{room}")).status_code == 200


async def test_a_group_that_becomes_private_closes_its_rooms_to_strangers(public: Circle):
    room, _ = await live_room(public)
    pages = {name: public.place.page(public.cookies[name]) for name in ("Ben", "Cho")}
    for page in pages.values():
        await page.enter(room)

    edited = {"name": "L", "description": "", "private": True, "joining": "open", "hidden_list": False}
    assert await public.does("Ada", "PUT", "/groups/loire", edited) == (204, None)
    await asyncio.wait_for(pages["Cho"].task, 5)

    assert {name: page.closed for name, page in pages.items()} == {"Ben": None, "Cho": 4002}
    assert (await public.asks("Cho", "GET", f"/r/{room}")).status_code == 404


async def test_who_leads_a_room_comes_into_it_from_outside_the_group(secret: Circle):
    room, host = await live_room(secret)
    await host.does("role.give", person=secret.id("Cho"), role="cohost")
    page = secret.place.page(secret.cookies["Cho"])

    entered = await page.enter(room)

    assert (entered["type"], (await secret.asks("Cho", "GET", f"/r/{room}")).status_code) == ("snapshot", 200)
    assert (await secret.asks("Cho", "GET", "/groups/loire")).status_code == 404


async def test_copies_of_a_private_group_are_for_members_at_every_door(place: Place):
    shelf = await shelved(place)
    feed = f"/h/{shelf.people['Aurélie']}/feed.xml"
    sound = next(
        link for link in _links((await shelf.get(f"/api/v1/copies/{NAME}")).json()) if "/sound/room.mp3" in link
    )
    answer = "aaaaaaaaaaaaaaaaaaaaa1"
    doors = [f"/c/{NAME}", f"/api/v1/copies/{NAME}", f"/a/{answer}", f"/e/a/{answer}", sound]
    before = [(await shelf.get(door)).status_code for door in [*doors, feed]]

    await _held_in_a_private_group(place, shelf.room.id, shelf.cookies["Karim"])

    names = ("", "Cho", "Karim", "Aurélie")
    met = {name: [(await shelf.get(door, name)).status_code for door in doors] for name in names}
    assert before == [200] * 6
    assert met == {"": [404] * 5, "Cho": [404] * 5, "Karim": [200] * 5, "Aurélie": [200] * 5}
    assert (await shelf.get(feed)).status_code == 404


def _links(told: Any) -> list[str]:
    if isinstance(told, dict):
        return [link for value in told.values() for link in _links(value)]
    if isinstance(told, list):
        return [link for value in told for link in _links(value)]
    return [told] if isinstance(told, str) and told.startswith("/files/") else []


async def _held_in_a_private_group(place: Place, room: str, cookie: str) -> None:
    async with place.browser(cookie) as browser:
        made = await browser.post("/api/v1/groups", json={"handle": "loire", "name": "L", "private": True})
        assert made.status_code == 201
    async with place.causerie.database.read() as connection:
        id = await connection.scalar(select(groups.c.id))
    await place.causerie.database.write(lambda tx: tx.run(update(rooms).where(rooms.c.id == room).values(group_id=id)))


async def test_whom_the_charter_lets_goes_live_while_it_does(public: Circle):
    charter = {"recording": "off", "opens": "members"}
    await public.does("Ada", "PUT", "/groups/loire/charter", charter)
    room = (await public.asks("Ben", "POST", "/api/v1/rooms", {"title": "Herons", "group": "loire"})).json()["room"]
    ben = public.place.page(public.cookies["Ben"])
    await ben.enter(room)

    await public.does("Ada", "PUT", "/groups/loire/charter", {**charter, "opens": "admins"})
    without = await ben.does("room.start")
    await public.does("Ada", "PUT", "/groups/loire/charter", charter)
    again = await ben.does("room.start")

    assert (without["code"], again["type"]) == ("room.host_not_allowed", "ack")


async def test_the_page_of_a_group_for_each_who_sees_it(public: Circle):
    room, host = await live_room(public)
    soon = {"title": "Tomorrow", "group": "loire", "starts_at": public.place.clock.now() + DAY}
    await public.asks("Ada", "POST", "/api/v1/rooms", soon)
    await public.asks("Ada", "POST", "/api/v1/rooms", {**soon, "title": "By link", "visibility": "unlisted"})
    await public.asks("Ada", "POST", "/api/v1/rooms", {**soon, "title": "Not yet", "draft": True})

    told = {name: (await public.asks(name, "GET", "/groups/loire")).json() for name in ("", "Ben", "Ada")}

    shown = {
        name: [[card["title"] for card in page[kind]] for kind in ("live", "soon", "past")]
        for name, page in told.items()
    }
    mine = ("role", "rights", "may_open", "sees_members", "members")
    assert shown == {name: [["Sparrows"], ["Tomorrow"], []] for name in told}
    assert {name: [page[what] for what in mine] for name, page in told.items()} == {
        "": [None, [], False, True, 2],
        "Ben": ["member", [], False, True, 2],
        "Ada": [
            "owner",
            [
                "group.edit",
                "group.charter",
                "group.invite",
                "group.answer",
                "group.role",
                "group.remove",
                "group.ban",
                "group.audit",
                "group.reports",
                "group.hand_on",
                "group.delete",
            ],
            True,
            True,
            2,
        ],
    }
    assert told[""]["looked_after_by"] == [
        {"person": public.id("Ada"), "name": "Ada", "portrait": None, "role": "owner"}
    ]
    assert told["Ben"]["live"][0]["group"] == {"handle": "loire", "name": "Les Amis", "private": False}
    await host.does("room.end")
    assert [card["room"] for card in (await public.asks("", "GET", "/groups/loire")).json()["past"]] == [room]


# What each right of the page on rights is asked by, at its door.
ASKED_BY: dict[str, tuple[str, str, Any]] = {
    "group.edit": (
        "PUT",
        "",
        {"name": "L", "description": "", "private": False, "joining": "open", "hidden_list": False},
    ),
    "group.charter": ("PUT", "/charter", {"opens": "members", "recording": "off"}),
    "group.invite": ("POST", "/invitations", {"hours": 1, "uses": 1}),
    "group.answer": ("POST", "/asks/nobody", {"let_in": True}),
    "group.role": ("PUT", "/members/nobody/role", {"role": "member"}),
    "group.remove": ("DELETE", "/members/nobody", None),
    "group.ban": ("DELETE", "/bans/nobody", None),
    "group.audit": ("GET", "/deeds", None),
    "group.reports": ("GET", "/reports", None),
    "group.hand_on": ("PUT", "/heir", {"person": "nobody"}),
    "group.delete": ("DELETE", "/deletion", None),
}


def test_every_right_has_its_door():
    assert set(ASKED_BY) == set(BY_ROLE)


@pytest.mark.parametrize("right", ASKED_BY)
async def test_who_may_not_is_refused_at_the_door_and_who_may_is_not(public: Circle, right: str):
    for name in ("Dan", "Mia"):
        public.people[name], public.cookies[name] = await public.place.person(name)
        await public.does(name, "POST", "/groups/loire/join")
    for name, role in (("Dan", "admin"), ("Mia", "moderator")):
        await public.does("Ada", "PUT", f"/groups/loire/members/{public.id(name)}/role", {"role": role})
    method, path, said = ASKED_BY[right]

    told = {
        role or "stranger": (await public.does(name, method, f"/groups/loire{path}", said))[1]
        for name, role in (("Cho", None), ("Ben", "member"), ("Mia", "moderator"), ("Dan", "admin"), ("Ada", "owner"))
    }

    assert {role for role, code in told.items() if code != "group.may_not"} == set(BY_ROLE[right])


async def test_a_hidden_list_is_shown_to_members_alone(public: Circle):
    edited = {"name": "L", "description": "", "private": False, "joining": "open", "hidden_list": True}
    await public.does("Ada", "PUT", "/groups/loire", edited)

    told = [await public.does(name, "GET", "/groups/loire/members") for name in ("", "Cho", "Ben")]

    assert told == [(403, "group.may_not"), (403, "group.may_not"), (200, None)]


async def test_what_only_those_who_look_after_it_see(public: Circle):
    for path in ("asks", "bans", "invitations", "deletion"):
        told = [(await public.does(name, "GET", f"/groups/loire/{path}"))[0] for name in ("", "Ben")]
        assert (path, told) == (path, [403, 403])
        assert (await public.asks("Ada", "GET", f"/groups/loire/{path}")).status_code == 200


async def test_who_looks_after_a_group_reads_what_was_done_in_its_rooms_and_nothing_of_others(public: Circle):
    room, host = await live_room(public)
    await host.does("room.lock", on=True)
    other = await public.place.room(public.people["Ada"], "Herons")
    page = public.place.page(public.cookies["Ada"])
    await page.enter(other.name)
    await page.does("room.lock", on=True)

    told = (await public.asks("Ada", "GET", "/groups/loire/deeds")).json()["deeds"]

    shown = [(deed["verb"], deed["name"], deed["room"], deed["title"]) for deed in told]
    assert shown[:2] == [("room.lock", "Ada", room, "Sparrows"), ("room.start", "Ada", room, "Sparrows")]
    assert [deed for deed in shown[2:] if not deed[0].startswith("group.")] == []


async def test_reports_and_requests_come_page_by_page_and_none_twice(public: Circle, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.web.group_reports.MOST", 1)
    monkeypatch.setattr("causerie.groups.roll.PAGE", 1)
    room, _ = await live_room(public)
    public.people["Eve"], public.cookies["Eve"] = await public.place.person("Eve")
    for name, grounds in (("Cho", "spam"), ("Ben", "hate"), ("Eve", "other")):
        told = {"about": "room", "grounds": grounds}
        assert (await public.asks(name, "POST", f"/api/v1/rooms/{room}/reports", told)).status_code == 204
    edited = {"name": "L", "description": "", "private": False, "joining": "request", "hidden_list": False}
    await public.does("Ada", "PUT", "/groups/loire", edited)
    for name in ("Cho", "Eve"):
        await public.does(name, "POST", "/groups/loire/join", {"line": ""})

    async def pages(path: str, what: str, place: Callable[[Any], str]) -> list[str]:
        found, after = list[str](), ""
        while page := (await public.asks("Ada", "GET", f"/groups/loire/{path}{after}")).json():
            found += [one[what] for one in page]
            after = f"?after={place(page[-1])}"
        return found

    assert await pages("reports", "grounds", lambda one: one["id"]) == ["other", "hate", "spam"]
    assert await pages("asks", "name", lambda one: f"{one['at']}.{one['person']}") == ["Cho", "Eve"]


async def test_reports_of_a_groups_rooms_come_to_who_looks_after_it_those_about_hosts_too(public: Circle):
    for name in ("Dan", "Mia"):
        public.people[name], public.cookies[name] = await public.place.person(name)
        await public.does(name, "POST", "/groups/loire/join")
    await public.does("Ada", "PUT", f"/groups/loire/members/{public.id('Dan')}/role", {"role": "admin"})
    room, host = await live_room(public)
    told = {"about": "person", "subject": public.id("Ada"), "grounds": "other", "note": "Shouts."}
    assert await public.does("Cho", "POST", f"/api/v1/rooms/{room}/reports", told) == (204, None)
    await host.does("room.end")

    seen = {name: (await public.asks(name, "GET", "/groups/loire/reports")).json() for name in ("Dan", "Ada")}
    refused = await public.does("Ben", "PUT", f"/groups/loire/reports/{seen['Dan'][0]['id']}/done")
    done = await public.does("Dan", "PUT", f"/groups/loire/reports/{seen['Dan'][0]['id']}/done")
    (after,) = (await public.asks("Dan", "GET", "/groups/loire/reports")).json()

    assert [(one["room"], one["title"], one["name"], one["note"]) for one in seen["Dan"]] == [
        (room, "Sparrows", "Ada", "Shouts.")
    ]
    assert seen["Ada"] == []
    assert not {"reporter", "done_by", "settled_by"} & after.keys()
    assert (refused, done, after["done_at"]) == ((403, "group.may_not"), (204, None), public.place.clock.now())


@pytest.mark.parametrize("rows", [1, 3])
async def test_reports_and_deeds_ask_the_database_as_often_for_one_as_for_three(public: Circle, rows: int):
    for _ in range(rows):
        room, _ = await live_room(public)
        told = {"about": "room", "grounds": "other", "note": ""}
        await public.does("Cho", "POST", f"/api/v1/rooms/{room}/reports", told)

    asked = {}
    for path in ("reports", "deeds"):
        with statements(public.place.causerie.database) as said:
            await public.asks("Ada", "GET", f"/groups/loire/{path}")
        asked[path] = len(said)

    assert asked == {"reports": 4, "deeds": 3}


async def test_a_copy_of_a_groups_room_is_looked_after_by_its_admins(place: Place):
    shelf = await shelved(place)
    await _held_in_a_private_group(place, shelf.room.id, shelf.cookies["Karim"])

    may = (await shelf.get(f"/api/v1/copies/{NAME}", "Karim")).json()["may"]
    async with place.browser(shelf.cookies["Karim"]) as browser:
        hidden = await browser.post(f"/api/v1/copies/{NAME}/visibility", json={"visibility": "private"})

    assert may == ["edit", "publish", "clip", "delete", "tracks"]
    assert (hidden.status_code, (await shelf.copy()).visibility) == (200, "private")


def picture(side: int, kind: str = "PNG") -> str:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "#204a3c").save(out, kind)
    return f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"


async def test_a_cover_is_drawn_anew_and_seen_by_who_sees_the_group(secret: Circle):
    set_by = [
        await secret.does(name, "PUT", "/groups/loire/cover", {"picture": picture(40)}) for name in ("Ben", "Ada")
    ]
    address = (await secret.asks("Ben", "GET", "/groups/loire")).json()["cover"]

    seen = {name: await secret.asks(name, "GET", address) for name in ("Ben", "Cho")}

    assert set_by == [(403, "group.may_not"), (204, None)]
    assert Image.open(io.BytesIO(seen["Ben"].content)).size == (1400, 1400)
    assert seen["Cho"].status_code == 404
    assert await secret.does("Ada", "PUT", "/groups/loire/cover", {"picture": None}) == (204, None)
    assert (await secret.asks("Ben", "GET", address)).status_code == 404


@pytest.mark.parametrize("spoilt", ["", "data:,<svg onload=alert(1)>", b64encode(b"<svg/>").decode(), "Ça ne va pas"])
async def test_what_is_no_cover_is_refused(public: Circle, spoilt: str):
    told = await public.does("Ada", "PUT", "/groups/loire/cover", {"picture": spoilt})

    assert (told, (await public.asks("Ada", "GET", "/groups/loire")).json()["cover"]) == (
        (422, "cover.unreadable"),
        None,
    )


async def test_what_deleting_takes_along_is_said_before_and_goes_when_the_week_is_over(public: Circle):
    soon = {"title": "Tomorrow", "group": "loire", "starts_at": public.place.clock.now() + 20 * DAY}
    name = (await public.asks("Ada", "POST", "/api/v1/rooms", soon)).json()["room"]

    said = (await public.asks("Ada", "GET", "/groups/loire/deletion")).json()
    deleted = await public.does("Ada", "PUT", "/groups/loire/deletion", {"with_rooms": True})
    told = (await public.asks("Ben", "GET", "/groups/loire")).json()["goes_at"]
    public.place.clock.turn(7 * DAY)
    await public.place.tick(2 * MINUTE)

    assert (said, deleted, told is not None) == ({"to_come": 1, "past": 0, "copies": 0}, (200, None), True)
    assert (await public.asks("Ada", "GET", "/groups/loire")).status_code == 404
    assert (await public.asks("", "GET", f"/api/v1/rooms/{name}")).json()["phase"] == "cancelled"


async def test_rooms_that_stay_stay_with_their_hosts_where_the_group_was_private(secret: Circle):
    soon = {"title": "Tomorrow", "group": "loire", "starts_at": secret.place.clock.now() + 20 * DAY}
    name = (await secret.asks("Ada", "POST", "/api/v1/rooms", soon)).json()["room"]
    await secret.does("Ada", "PUT", "/groups/loire/deletion", {"with_rooms": False})
    secret.place.clock.turn(7 * DAY)
    await secret.place.tick(2 * MINUTE)

    told = {who: (await secret.asks(who, "GET", f"/api/v1/rooms/{name}")).status_code for who in ("Ada", "Ben", "")}

    assert told == {"Ada": 200, "Ben": 404, "": 404}


async def test_the_lists_cost_the_same_for_one_and_for_many(public: Circle):
    async def cost(path: str) -> int:
        with statements(public.place.causerie.database) as told:
            assert (await public.asks("Ben", "GET", path)).status_code == 200
        return len(told)

    await public.asks("Ada", "POST", "/api/v1/rooms", {"title": "One", "group": "loire"})
    paths = ("/groups", "/groups/loire", "/groups/loire/members", "/api/v1/home")
    one = [await cost(path) for path in paths]
    for number in range(3):
        person, cookie = await public.place.person(f"Another {number}")
        public.cookies[person.name or ""] = cookie
        await public.does(person.name or "", "POST", "/groups/loire/join")
        await public.does(person.name or "", "POST", "/groups", {"handle": f"group-{number}", "name": "G"})
        await public.does("Ben", "POST", f"/groups/group-{number}/join")
        await public.asks("Ada", "POST", "/api/v1/rooms", {"title": f"More {number}", "group": "loire"})

    assert [await cost(path) for path in paths] == one
    assert max(one) <= 10


async def test_nothing_that_is_looked_at_is_changed(public: Circle):
    made = (await public.asks("Ada", "POST", "/groups/loire/invitations", {"hours": 1, "uses": 1})).json()
    token = made["url"].rsplit("/", 1)[1]
    database = public.place.causerie.database
    before = database.commits

    paths = [
        "/groups",
        "/groups/loire",
        "/groups/loire/members",
        "/groups/loire/asks",
        f"/api/v1/group-invitations/{token}",
    ]
    assert [(await public.asks("Ada", "GET", path)).status_code for path in paths] == [200] * 5

    assert database.commits == before


async def test_those_who_look_after_it_read_what_was_done(public: Circle):
    await public.does("Ada", "PUT", f"/groups/loire/bans/{public.id('Ben')}", {"reason": "Shouts."})

    told = (await public.asks("Ada", "GET", "/groups/loire/deeds")).json()

    assert [(deed["verb"], deed["name"], deed["of"]) for deed in told["deeds"]] == [
        ("group.ban", "Ada", "Ben"),
        ("group.join", "Ben", None),
        ("group.invite", "Ada", None),
        ("group.found", "Ada", None),
    ]
    assert told["deeds"][0]["says"] == "{by} banned {of} from {group}"
    assert told["next"] is None


async def test_a_visitor_and_a_guest_do_nothing_with_groups(public: Circle):
    _, public.cookies["Gus"] = await public.place.person("Gus", guest=True)
    public.cookies["Eve"] = public.place.visitor()

    told = {name: await public.does(name, "POST", "/groups/loire/join") for name in ("Gus", "Eve", "")}

    assert told == dict.fromkeys(told, (403, "group.account"))


async def test_no_name_is_too_odd_to_ask_for(public: Circle):
    paths = [
        "/g/%00",
        "/g/" + "x" * 300,
        "/api/v1/groups/%00",
        "/api/v1/group-invitations/%00",
        "/api/v1/groups/loire/members?after=9.x",
    ]

    told = [(await public.asks("Ben", "GET", path)).status_code for path in paths]

    assert told == [404, 404, 404, 404, 422]
