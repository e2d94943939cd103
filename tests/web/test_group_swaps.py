"""Every address of a group, with what belongs to another group in it: nothing is found, nothing is changed."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from causerie.db.tables import audit, metadata
from causerie.groups.models import group_asks, group_bans
from tests.place import Place, opened

OF_A_GROUP = re.compile(r"^/api/v1/groups/\{handle\}")
# What is said at each address that is not only looked at. A new one has no line here, and fails.
SAID: dict[tuple[str, str], Any] = {
    ("PUT", ""): {"name": "L", "description": "", "private": True, "joining": "invited", "hidden_list": False},
    ("PUT", "/charter"): {"opens": "members", "recording": "off"},
    ("PUT", "/cover"): {"picture": None},
    ("PUT", "/deletion"): {"with_rooms": True},
    ("DELETE", "/deletion"): None,
    ("POST", "/join"): {"line": ""},
    ("DELETE", "/join"): None,
    ("POST", "/leave"): None,
    ("POST", "/asks/{person}"): {"let_in": True},
    ("PUT", "/members/{person}/role"): {"role": "admin"},
    ("DELETE", "/members/{person}"): None,
    ("PUT", "/bans/{person}"): {"reason": "Shouts."},
    ("DELETE", "/bans/{person}"): None,
    ("POST", "/invitations"): {"hours": 1, "uses": 1},
    ("DELETE", "/invitations/{id}"): None,
    ("PUT", "/reports/{id}/done"): None,
    ("PUT", "/heir"): {"person": "{person}"},
    ("POST", "/heir"): None,
    ("DELETE", "/heir"): None,
}
# Of somebody who is not in it, this is no swap: a group may keep out whoever it wants to.
OWN_BUSINESS = {("PUT", "/bans/{person}")}


class Two:
    """Ada's group and Ben's, both private, each with a member, a request, a ban, an invitation and a report."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.cookies: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.held: dict[str, dict[str, str]] = {}

    async def asks(self, name: str, method: str, path: str, json: Any = None) -> Any:
        async with self.place.browser(self.cookies[name]) as browser:
            body = {} if json is None and method in ("POST", "PUT") else json
            return await browser.request(method, path, json=body)

    async def founded(self, owner: str, handle: str) -> None:
        """The group, and one of everything that belongs to it."""
        person, self.cookies[owner] = await self.place.person(owner, may_open_rooms=True)
        self.ids[owner] = person.id
        for kind in ("member", "asks", "banned"):
            somebody, self.cookies[f"{kind} of {owner}"] = await self.place.person(f"{kind} of {owner}")
            self.ids[f"{kind} of {owner}"] = somebody.id
        group = {"handle": handle, "name": handle, "private": True}
        assert (await self.asks(owner, "POST", "/api/v1/groups", group)).status_code == 201
        made = (await self.asks(owner, "POST", f"/api/v1/groups/{handle}/invitations", {"hours": 1, "uses": 2})).json()
        token = made["url"].rsplit("/", 1)[1]
        assert (await self.asks(f"member of {owner}", "POST", f"/api/v1/group-invitations/{token}")).status_code == 200
        room = (await self.asks(owner, "POST", "/api/v1/rooms", {"title": handle, "group": handle})).json()["room"]
        told = {"about": "room", "grounds": "other", "note": ""}
        assert (await self.asks(owner, "POST", f"/api/v1/rooms/{room}/reports", told)).status_code == 204
        report = (await self.asks(owner, "GET", f"/api/v1/groups/{handle}/reports")).json()[0]["id"]
        await self._asked_and_banned(owner, handle)
        self.held[owner] = {"handle": handle, "id": made["id"], "report": report}

    async def _asked_and_banned(self, owner: str, handle: str) -> None:
        async with self.place.causerie.database.read() as connection:
            group = (
                await connection.execute(
                    select(metadata.tables["groups"].c.id).where(metadata.tables["groups"].c.handle == handle)
                )
            ).scalar_one()
        asked = {"group_id": group, "person": self.ids[f"asks of {owner}"], "line": "", "at": 1, "declined_at": None}
        out = {"group_id": group, "person": self.ids[f"banned of {owner}"], "reason": "", "by": owner, "at": 1}

        async def put(tx: Any) -> None:
            await tx.put(group_asks, **asked)
            await tx.put(group_bans, **out)

        await self.place.causerie.database.write(put)

    async def rows(self) -> list[str]:
        found: list[str] = []
        async with self.place.causerie.database.read() as connection:
            for table in metadata.sorted_tables:
                found += [
                    f"{table.name} {row}" for row in await connection.execute(select(table)) if table is not audit
                ]
        return sorted(found)


async def addresses(place: Place) -> list[tuple[str, str]]:
    """Every way to speak of a group, from the API's own description of itself."""
    async with place.browser() as browser:
        described = (await browser.get("/api/openapi.json")).json()["paths"]
    return [
        (method.upper(), OF_A_GROUP.sub("", path))
        for path, methods in described.items()
        if OF_A_GROUP.match(path)
        for method in methods
    ]


@pytest.fixture
async def two(tmp_path: Path, database_url: str) -> Any:
    async with opened(tmp_path / "data", url=database_url) as place:
        two = Two(place)
        await two.founded("Ada", "loire")
        await two.founded("Ben", "bees")
        yield two


def whose(two: Two, path: str, owner: str) -> str:
    """The path with what belongs to this owner's group in it."""
    kind = "asks" if path.startswith("/asks") else "banned" if path.startswith("/bans") else "member"
    filled = path.replace("{person}", two.ids[f"{kind} of {owner}"])
    return filled.replace("{id}", two.held[owner]["report" if path.startswith("/reports") else "id"])


async def test_every_address_of_a_group_is_tried(two: Two):
    found = await addresses(two.place)

    assert {one for one in found if one[0] != "GET"} == set(SAID)
    assert len(found) > 25


async def test_of_a_group_one_may_not_know_of_no_address_says_or_does_anything(two: Two):
    """Ben, at every address of Ada's group, with what is in it: as if it had never been."""
    before = await two.rows()

    told: dict[tuple[str, str], tuple[int, str]] = {}
    for method, path in await addresses(two.place):
        said = SAID.get((method, path))
        said = {"person": two.ids["member of Ada"]} if path == "/heir" and said else said
        answer = await two.asks("Ben", method, f"/api/v1/groups/loire{whose(two, path, 'Ada')}", said)
        told[method, path] = answer.status_code, answer.json().get("code")

    assert {one: what for one, what in told.items() if what != (404, "group.unknown")} == {}
    assert await two.rows() == before


async def test_with_what_belongs_to_another_group_ones_own_finds_nothing(two: Two):
    """Ben, in his own group, with the people, invitations and reports of Ada's."""
    swapped = [one for one in await addresses(two.place) if "{" in one[1] or one == ("PUT", "/heir")]
    before = await two.rows()

    told: dict[tuple[str, str], int] = {}
    for method, path in swapped:
        if (method, path) in OWN_BUSINESS:
            continue
        said = {"person": two.ids["member of Ada"]} if path == "/heir" else SAID.get((method, path))
        answer = await two.asks("Ben", method, f"/api/v1/groups/bees{whose(two, path, 'Ada')}", said)
        told[method, path] = answer.status_code

    assert len(told) >= 7
    assert {one: status for one, status in told.items() if status != 404} == {}
    assert await two.rows() == before


async def test_no_list_of_ones_own_group_holds_anything_of_another(two: Two):
    """Ben reads all of his group: nothing in it is of Ada's."""
    foreign = [id for name, id in two.ids.items() if "Ada" in name] + list(two.held["Ada"].values())

    for method, path in await addresses(two.place):
        if method == "GET" and "{" not in path:
            read = (await two.asks("Ben", "GET", f"/api/v1/groups/bees{path}")).text
            assert (path, [id for id in foreign if id in read]) == (path, [])
