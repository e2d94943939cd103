"""Who may ask in a room of a group: everyone who listens, or its members alone; typed, before the start and live."""

from typing import Any

import pytest

from causerie.clock import DAY, MINUTE
from tests.place import Page
from tests.web.test_groups import Circle, place, public, secret

__all__ = ["place", "public", "secret"]
WHY = "Why do sparrows bathe in dust?"


async def planned(circle: Circle, *visitors: str, **more: Any) -> dict[str, Page]:
    """Ada's room of the group, to come, in which members alone ask; she and these are in it."""
    said = {"title": "Sparrows", "group": "loire", "who_asks": "members"} | more
    made = await circle.asks("Ada", "POST", "/api/v1/rooms", said)
    assert made.status_code == 201, made.text
    pages = {name: circle.place.page(circle.cookies.get(name) or circle.place.visitor()) for name in ("Ada", *visitors)}
    for page in pages.values():
        await page.enter(made.json()["room"])
    return pages


async def asks(page: Page) -> str:
    told = await page.does("question.ask", text=WHY)
    return str(told.get("code", told["type"]))


def snapshot(page: Page) -> Any:
    return next(frame for frame in page.frames if frame["type"] == "snapshot")


def told_rights(page: Page) -> list[bool]:
    """Each time it was told its rights: whether it may ask."""
    frames = [frame for frame in page.frames if frame["type"] == "events"]
    told = [one for frame in frames for one in frame["events"] if one["is"] == "me.rights"]
    return ["question.ask" in one["rights"] for one in told]


async def test_members_ask_and_who_only_listens_votes_before_the_start_and_live(public: Circle):
    pages = await planned(public, "Ben", "Cho")

    before = [await asks(pages[name]) for name in ("Ben", "Cho", "Ada")]
    question = next(iter(public.place.state("sparrows").questions.all))
    voted = await pages["Cho"].does("question.vote", question=question)
    await pages["Ada"].does("room.start")
    public.place.clock.turn(MINUTE)

    assert before == ["ack", "question.members", "ack"]
    assert voted["type"] == "ack"
    assert [await asks(pages[name]) for name in ("Ben", "Cho")] == ["ack", "question.members"]


async def test_the_page_is_told_so_with_the_group_and_what_one_may(public: Circle):
    pages = await planned(public, "Ben", "Cho", "")

    shown = [snapshot(pages[name]) for name in ("Ada", "Ben", "Cho", "")]

    assert ["question.ask" in one["me"]["rights"] for one in shown] == [True, True, False, False]
    assert ["question.vote" in one["me"]["rights"] for one in shown] == [True, True, True, False]
    assert [(one["room"]["settings"]["who_asks"], one["room"]["group"]) for one in shown] == [
        ("members", {"handle": "loire", "name": "Les Amis", "joining": "open"})
    ] * 4


async def test_who_joins_may_ask_at_once_and_who_leaves_no_more_and_what_they_asked_stays(public: Circle):
    pages = await planned(public, "Ben", "Cho")
    await pages["Ada"].does("room.start")
    await asks(pages["Ben"])

    await public.does("Ben", "POST", "/groups/loire/leave")
    await public.does("Cho", "POST", "/groups/loire/join")
    public.place.clock.turn(MINUTE)

    assert [await asks(pages[name]) for name in ("Ben", "Cho")] == ["question.members", "ack"]
    assert (told_rights(pages["Ben"])[-1], told_rights(pages["Cho"])[-1]) == (False, True)
    assert [one.person for one in public.place.state("sparrows").questions.open] == [
        public.id("Ben"),
        public.id("Cho"),
    ]


async def test_a_cohost_and_who_is_on_stage_ask_as_ever(public: Circle):
    pages = await planned(public, "Cho")
    await pages["Ada"].does("role.give", person=public.id("Cho"), role="cohost")
    led = await asks(pages["Cho"])
    await pages["Ada"].does("role.take", person=public.id("Cho"))
    await pages["Ada"].does("room.start")
    public.place.clock.turn(MINUTE)
    listening = await asks(pages["Cho"])

    await pages["Ada"].does("stage.invite", person=public.id("Cho"))
    await pages["Cho"].does("stage.accept")

    assert (led, listening, await asks(pages["Cho"])) == ("ack", "question.members", "ack")
    assert told_rights(pages["Cho"])[-1] is True


async def test_it_is_set_at_the_desk_too_and_everybody_is_told_their_rights(public: Circle):
    pages = await planned(public, "Ben", "Cho", who_asks="everyone")

    before = await asks(pages["Cho"])
    await pages["Ada"].does("room.set", who_asks="members")
    public.place.clock.turn(MINUTE)
    among = [await asks(pages[name]) for name in ("Ben", "Cho")]
    await pages["Ada"].does("room.set", who_asks="everyone")

    assert (before, among, await asks(pages["Cho"])) == ("ack", ["ack", "question.members"], "ack")
    assert told_rights(pages["Cho"]) == [False, True]


async def test_a_room_of_no_group_lets_everybody_ask_and_takes_nothing_else(public: Circle):
    alone = {"title": "Alone", "who_asks": "members"}
    refused = await public.does("Ada", "POST", "/api/v1/rooms", alone)
    pages = await planned(public, group=None, who_asks=None)

    assert refused == (409, "room.askers_need_group")
    assert (await pages["Ada"].does("room.set", who_asks="members"))["code"] == "room.askers_need_group"
    assert public.place.state("sparrows").room.settings.who_asks == "everyone"


async def test_with_its_group_a_room_that_is_held_elsewhere_takes_those_who_ask(public: Circle):
    pages = await planned(public, "Ben", "Cho")
    await public.does("Ada", "POST", "/groups", {"handle": "oise", "name": "Oise"})
    await public.does("Cho", "POST", "/groups/oise/join")

    moved = [await public.does("Ada", "PUT", "/api/v1/rooms/sparrows/group", {"group": to}) for to in ("oise", None)]

    assert moved == [(204, None), (409, "room.askers_need_group")]
    assert [await asks(pages[name]) for name in ("Ben", "Cho")] == ["question.members", "ack"]


async def test_the_next_one_like_it_asks_the_same_where_it_is_held_in_a_group(public: Circle):
    await planned(public)
    plan = (await public.asks("Ada", "GET", "/api/v1/rooms/sparrows/plan")).json()

    again = {"title": "Again", "like": "sparrows"}
    held = (await public.asks("Ada", "POST", "/api/v1/rooms", {**again, "group": "loire"})).json()
    alone = (await public.asks("Ada", "POST", "/api/v1/rooms", again)).json()

    assert (plan["who_asks"], held["who_asks"], alone["who_asks"]) == ("members", "members", "everyone")


async def test_once_the_group_is_gone_everybody_asks(public: Circle):
    pages = await planned(public, "Cho")
    before = await asks(pages["Cho"])

    assert await public.does("Ada", "PUT", "/groups/loire/deletion", {"with_rooms": False}) == (200, None)
    public.place.clock.turn(8 * DAY)
    await public.place.causerie.rooms.groups.let_go(public.place.clock.now())

    assert public.place.state("sparrows").room.askers is None
    assert (before, await asks(pages["Cho"])) == ("question.members", "ack")


@pytest.mark.parametrize("who", ["Ben", "Cho"])
async def test_a_room_that_comes_to_life_again_knows_who_asks(public: Circle, who: str):
    pages = await planned(public)
    before = public.place.state("sparrows").room.askers
    await pages["Ada"].leave()
    await public.place.causerie.rooms.let_go(public.place.state("sparrows").room.id)

    page = public.place.page(public.cookies[who])
    await page.enter("sparrows")

    assert public.place.state("sparrows").room.askers == before == {public.id("Ada"), public.id("Ben")}
    assert ("question.ask" in snapshot(page)["me"]["rights"]) is (who == "Ben")
