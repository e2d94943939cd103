"""Where a room is planned: the groups whose charter lets somebody open one, in the page and in one statement."""

from typing import Any

from tests.web.test_first import answers_in, built
from tests.web.test_groups import Circle, place, public
from tests.web.test_home import statements

__all__ = ["built", "place", "public"]


async def founded(circle: Circle, handle: str, *, opens: str = "members", **more: Any) -> None:
    """Ada's group, with Ben in it."""
    group = {"handle": handle, "name": handle.title(), **more}
    assert await circle.does("Ada", "POST", "/groups", group) == (201, None)
    agreed = {"opens": opens, "recording": "condition"}
    assert await circle.does("Ada", "PUT", f"/groups/{handle}/charter", agreed) == (204, None)
    made = (await circle.asks("Ada", "POST", f"/groups/{handle}/invitations", {"hours": 1, "uses": 1})).json()
    token = made["url"].rsplit("/i/", 1)[1]
    assert await circle.does("Ben", "POST", f"/api/v1/group-invitations/{token}") == (200, None)


async def offered(circle: Circle, name: str) -> list[str]:
    told = await circle.asks(name, "GET", "/api/v1/plan/groups")
    return [one["handle"] for one in told.json()]


async def test_groups_are_offered_to_whom_their_charter_lets_open_rooms(public: Circle):
    await founded(public, "oise", opens="members")
    await founded(public, "aisne", opens="admins")
    await founded(public, "somme", opens="members", private=True)
    assert await public.does("Ada", "PUT", "/groups/oise/deletion", {"with_rooms": False}) == (200, None)

    assert [await offered(public, name) for name in ("Ada", "Ben", "Cho", "")] == [
        ["aisne", "loire", "somme"],
        ["somme"],
        [],
        [],
    ]


async def test_each_comes_with_what_its_charter_says_of_rooms(public: Circle):
    await founded(public, "somme", private=True)

    (told,) = (await public.asks("Ben", "GET", "/api/v1/plan/groups")).json()

    charter = (await public.asks("Ben", "GET", "/groups/somme")).json()["charter"]
    assert told == {"handle": "somme", "name": "Somme", "private": True, "charter": charter}
    assert charter["recording"] == "condition"


async def test_three_groups_cost_as_many_statements_as_one(public: Circle):
    with statements(public.place.causerie.database) as one:
        await offered(public, "Ada")
    await founded(public, "oise")
    await founded(public, "aisne")

    with statements(public.place.causerie.database) as three:
        assert len(await offered(public, "Ada")) == 3

    assert len(three) == len(one)


async def test_the_page_knows_them_before_it_asks(public: Circle):
    async with public.place.browser(public.cookies["Ada"]) as browser:
        page = await browser.get("/plan")

    assert answers_in(page)["/plan/groups"] == (await public.asks("Ada", "GET", "/api/v1/plan/groups")).json()
