"""Before it begins a room is held in another group, or in none: who may say so, and who comes in from then on."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, update

from causerie.clock import DAY
from causerie.db.tables import audit
from causerie.groups.models import groups
from causerie.rooms.models import rooms
from tests.place import Page
from tests.web.test_groups import Circle, place, public, secret

__all__ = ["place", "public", "secret"]
HELD = "/api/v1/rooms/sparrows/group"


async def planned(circle: Circle, **more: Any) -> dict[str, Page]:
    """Ada's room, to come, in no group unless it is said; she, Ben and Cho are in it."""
    await circle.place.room(circle.people["Ada"], name="sparrows", starts_at=circle.place.clock.now() + DAY, **more)
    pages = {name: circle.place.page(circle.cookies[name]) for name in ("Ada", "Ben", "Cho")}
    for page in pages.values():
        await page.enter()
    return pages


async def hold(circle: Circle, group: str | None, *, by: str = "Ada") -> tuple[int, str | None]:
    return await circle.does(by, "PUT", HELD, {"group": group})


async def stored(circle: Circle) -> list[Any]:
    async with circle.place.causerie.database.read() as connection:
        return [(await connection.execute(select(table))).all() for table in (rooms, audit)]


async def test_into_a_private_group_strangers_are_out_at_once_and_members_stay(secret: Circle):
    pages = await planned(secret)

    told = await hold(secret, "loire")
    await asyncio.wait_for(pages["Cho"].task, 5)

    again = secret.place.page(secret.cookies["Cho"])
    live = secret.place.state().room
    assert (told, pages["Cho"].closed, pages["Ben"].closed) == ((204, None), 4002, None)
    assert (await again.enter())["code"] == "room.unknown"
    assert [(await secret.asks(name, "GET", "/r/sparrows")).status_code for name in ("Ben", "Cho", "")] == [
        200,
        404,
        404,
    ]
    assert (live.group_handle, live.group_private, live.visibility) == ("loire", True, "unlisted")
    found = (await secret.asks("Ben", "GET", "/groups/loire")).json()["soon"]
    assert [card["room"] for card in found] == ["sparrows"]
    assert pages["Ben"].events("room")[-2:] == ["room.planned", "room.planned"]


async def test_out_of_a_private_group_who_has_the_link_comes_in_and_the_group_has_it_no_more(secret: Circle):
    await secret.place.room(secret.people["Ada"], name="sparrows", group="loire")

    told = await hold(secret, None)

    page = secret.place.page(secret.cookies["Cho"])
    assert (told, (await page.enter())["type"]) == ((204, None), "snapshot")
    assert (await secret.asks("Ben", "GET", "/groups/loire")).json()["soon"] == []
    assert (await secret.asks("Ada", "GET", "/api/v1/rooms/sparrows/plan")).json()["group"] is None
    assert secret.place.state().room.visibility == "unlisted"


async def test_who_looks_after_the_group_looks_after_the_room_as_long_as_it_is_held_there(public: Circle):
    pages = await planned(public)
    await public.does("Ada", "PUT", f"/groups/loire/members/{public.id('Ben')}/role", {"role": "admin"})

    async def may() -> str:
        return (await pages["Ben"].does("room.pin", text="Hello."))["type"]

    before = await may()
    await hold(public, "loire")
    inside = await may()
    await hold(public, None)

    assert (before, inside, await may()) == ("refused", "ack", "refused")


async def test_the_host_alone_says_so_and_only_into_a_group_that_lets_them_before_it_begins(public: Circle):
    pages = await planned(public)
    await pages["Ada"].does("role.give", person=public.id("Cho"), role="cohost")
    assert await public.does("Cho", "POST", "/groups", {"handle": "oise", "name": "Oise"}) == (201, None)
    before = await stored(public)

    refused = [
        await hold(public, "loire", by="Ben"),
        await hold(public, "loire", by="Cho"),
        await hold(public, "loire", by=""),
        await hold(public, "nothing"),
        await hold(public, "oise"),
        await public.does("Ada", "PUT", "/api/v1/rooms/nothing/group", {"group": "loire"}),
    ]

    assert refused == [
        (403, "room.may_not"),
        (403, "room.group_host"),
        (403, "room.may_not"),
        (404, "group.unknown"),
        (403, "group.opens"),
        (404, "room.unknown"),
    ]
    assert await stored(public) == before
    await pages["Ada"].does("room.start")
    assert await hold(public, "loire") == (409, "room.begun")


async def test_what_was_asked_among_members_stays_among_them(secret: Circle):
    await secret.place.room(secret.people["Ada"], name="sparrows", group="loire")
    page = secret.place.page(secret.cookies["Ben"])
    await page.enter()
    asked = (await page.does("question.ask", text="Why do sparrows bathe in dust?"))["made"]
    await page.does("question.withdraw", question=asked)

    assert await hold(secret, None) == (409, "room.asked_among_members")
    assert (await secret.asks("Cho", "GET", "/r/sparrows")).status_code == 404


async def test_of_a_public_group_it_goes_with_what_was_asked(public: Circle):
    await public.place.room(public.people["Ada"], name="sparrows", group="loire")
    page = public.place.page(public.cookies["Ben"])
    await page.enter()
    await page.does("question.ask", text="Why do sparrows bathe in dust?")

    assert await hold(public, None) == (204, None)
    assert len(public.place.state().questions.open) == 1


async def test_a_suspended_group_keeps_its_rooms(public: Circle):
    await public.place.room(public.people["Ada"], name="sparrows", group="loire")
    shut = update(groups).values(suspended_at=1)
    await public.place.causerie.database.write(lambda tx: tx.run(shut))

    assert await hold(public, None) == (409, "room.group_away")


async def test_who_may_not_open_rooms_takes_none_out_of_a_group(public: Circle):
    await public.does("Ada", "PUT", "/groups/loire/charter", {"opens": "members", "recording": "each"})
    await public.place.room(public.people["Ben"], name="sparrows", group="loire")

    assert await hold(public, None, by="Ben") == (403, "room.not_allowed")


@pytest.mark.parametrize(
    ("records", "recording", "wanted"),
    [("never", "off", ("off", False)), ("must", "condition", ("each", True)), ("may", "off", ("each", False))],
)
async def test_it_is_recorded_as_the_charter_of_the_group_says(
    public: Circle, records: str, recording: str, wanted: tuple[str, bool]
):
    await planned(public)
    charter = {"opens": "members", "recording": recording, "records": records}
    await public.does("Ada", "PUT", "/groups/loire/charter", charter)

    await hold(public, "loire")

    live = public.place.state().room
    assert (live.settings.recording, live.settings.record_from_start, live.records) == (*wanted, records)


async def test_the_group_reads_that_a_room_left_and_nothing_of_what_becomes_of_it(public: Circle):
    await public.place.room(public.people["Ada"], name="sparrows", group="loire")

    await hold(public, None)
    await hold(public, None)

    told = (await public.asks("Ada", "GET", "/groups/loire/deeds")).json()
    left = told["deeds"][0]
    assert (left["verb"], left["name"], left["group"], left["title"]) == ("group.room_left", "Ada", "Les Amis", None)
    assert [one["verb"] for one in told["deeds"] if one["title"] is not None] == []
