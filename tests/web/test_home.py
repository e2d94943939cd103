"""The home page and the people's lists: what they show, and that it costs the same for one room and for many."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from causerie.db import Database
from tests.live.conftest import Evening, evening_in
from tests.place import Place, opened


@contextlib.contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement that is read or written meanwhile."""
    told: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        told.append(statement)

    engines = {database.reader.sync_engine, database.writer.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", heard)
    try:
        yield told
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", heard)


@pytest.fixture
async def place(tmp_path: Path, database_url: str):
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


@pytest.fixture
async def evening(place: Place) -> Evening:
    return await evening_in(place)


async def test_home_shows_what_is_on_what_comes_and_what_was(evening: Evening):
    ada, clock = evening.people["Ada"], evening.place.clock
    later = clock.now() + 3_600_000
    await evening.place.room(ada, "In two hours", starts_at=later + 3_600_000)
    await evening.place.room(ada, "In an hour", starts_at=later)
    await evening.place.room(ada, "Not for everybody", visibility="unlisted")
    await evening.place.room(ada, "It is over")
    await evening.ada.enter("it-is-over")
    await evening.ada.does("room.end")
    await evening.ben.does("question.ask", text="Who hears?")

    async with evening.place.browser() as browser, evening.place.browser(evening.ada.cookie) as hers:
        home, own = [(await one.get("/api/v1/home")).json() for one in (browser, hers)]

    assert {kind: [card["title"] for card in cards] for kind, cards in home.items()} == {
        "live": ["Sparrows"],
        "soon": ["In an hour", "In two hours"],
        "ended": ["It is over"],
        "fallen": [],
        "own": [],
    }
    assert [card["title"] for card in own["own"]] == ["Not for everybody"]
    (card,) = home["live"]
    assert (card["listeners"], card["open_questions"], card["faces"], card["host"]) == (
        3,
        1,
        [{"name": "Ada", "portrait": None}],
        "Ada",
    )


async def test_home_costs_the_same_for_one_room_and_for_many(evening: Evening):
    async def cost() -> int:
        async with evening.place.browser(evening.ben.cookie) as browser:
            with statements(evening.place.causerie.database) as told:
                assert (await browser.get("/api/v1/home")).status_code == 200
        return len(told)

    one = await cost()
    for n in range(5):
        await evening.place.room(evening.people["Ada"], f"Another {n}")

    assert await cost() == one <= 4


async def test_bringing_a_room_to_life_costs_the_same_for_few_and_for_many(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    guests = [await place.person(f"Guest {n}") for n in range(6)]
    costs = []
    for title, count in (("Few", 1), ("Many", 6)):
        await place.room(ada, title)
        room = title.lower()
        for _, guest in guests[:count]:
            page = place.page(guest)
            await page.enter(room)
            made = (await page.does("question.ask", text="Why?"))["made"]
            await page.does("hand.raise")
            voter = place.page(cookie)
            await voter.enter(room)
            await voter.does("question.vote", question=made)
        for page in place.pages:
            await page.leave()
        await place.tick()
        assert place.causerie.rooms.hubs == {}

        with statements(place.causerie.database) as told:
            page = place.page(cookie)
            snapshot = await page.enter(room)
        assert len(snapshot["room"]["questions"]) == len(snapshot["desk"]["hands"]) == count
        costs.append(len(told))
        await page.leave()
        await place.tick()

    assert costs[0] == costs[1] <= 37


async def test_the_peoples_list_costs_the_same_for_one_and_for_many(place: Place):
    _, cookie = await place.person("Ada", admin=True)

    async def cost(expected: int) -> int:
        async with place.browser(cookie) as browser:
            with statements(place.causerie.database) as told:
                assert len((await browser.get("/api/v1/people")).json()) == expected
        return len(told)

    one = await cost(1)
    for n in range(5):
        await place.person(f"Another {n}")

    assert await cost(6) == one <= 3


async def test_reports_cost_the_same_from_one_room_and_from_many(place: Place):
    ada, cookie = await place.person("Ada", admin=True, may_open_rooms=True)

    async def cost(rooms: list[str]) -> int:
        for title in rooms:
            await place.room(ada, title)
            async with place.browser(cookie) as browser:
                told = {"about": "room", "grounds": "spam"}
                assert (await browser.post(f"/api/v1/rooms/{title.lower()}/reports", json=told)).status_code == 204
        async with place.browser(cookie) as browser:
            with statements(place.causerie.database) as made:
                found = (await browser.get("/api/v1/reports")).json()
        assert {one["title"] for one in found} >= set(rooms)
        return len(made)

    one = await cost(["One"])

    assert await cost(["Two", "Three", "Four"]) == one <= 4


@pytest.mark.parametrize("path", ["/r/%00", "/api/v1/rooms/%00", "/api/v1/sign-in/%00", "/in/%00"])
async def test_no_name_is_too_odd_to_look_for(place: Place, path: str):
    async with place.browser("causerie_session=\x00; causerie_visitor=\x00.") as browser:
        answer = await browser.get(path)

    assert answer.status_code in (200, 404)


async def test_no_word_is_too_odd_to_be_written(evening: Evening):
    odd = "\u0000\ufffe\U0001f426 \u202e'; --"
    host = evening.people["Ada"]

    made = [
        (await evening.ben.does("question.ask", text=f"Why? {odd}"))["type"],
        (await evening.cho.does("hand.raise", note=odd))["type"],
        (await evening.ada.does("stage.mute", person=odd))["type"],
        (await evening.ada.does("stage.mute", person="x" * 40))["type"],
        (await evening.ada.does("stage.move_down", person=odd))["type"],
        (await evening.ben.does("question.vote", question=odd))["code"],
        (await evening.ben.does("room.enter", room=odd))["code"],
    ]
    room = await evening.place.room(host, f"On {odd}", description=odd)

    assert made == ["ack", "ack", "refused", "refused", "refused", "message.unknown", "room.unknown"]
    assert room.title == "On \ufffe\U0001f426 \u202e'; --"
