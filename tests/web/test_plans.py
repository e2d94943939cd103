"""A plan over HTTP: what it says, and what is refused."""

from typing import Any

import httpx
import pytest

from tests.place import Place, opened
from tests.web.test_home import statements

ROOMS = "/api/v1/rooms"
PARIS = "Europe/Paris"


@pytest.fixture
async def place(tmp_path, database_url: str):
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


async def plan(browser: httpx.AsyncClient, **said: Any) -> httpx.Response:
    return await browser.post(ROOMS, json={"title": "On swifts", **said})


async def test_a_plan_says_when_it_begins_by_its_own_clocks_and_what_it_is_about(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        made = await plan(browser, zone=PARIS, local_start="2027-07-01T20:30", tags=["#Birds", "open data"])
        card = (await browser.get(f"{ROOMS}/on-swifts")).json()

    assert made.status_code == 201
    assert made.json() == card
    said = {name: card[name] for name in ("starts_at", "zone", "local_start", "tags", "language")}
    assert said == {
        "starts_at": 1_814_466_600_000,
        "zone": PARIS,
        "local_start": "2027-07-01T20:30",
        "tags": ["birds", "open-data"],
        "language": "en",
    }


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"zone": PARIS, "local_start": "2027-03-28T02:30"}, "room.time_skipped"),
        ({"zone": PARIS, "local_start": "2027-10-31T02:30"}, "room.time_twice"),
        ({"zone": "Europe/Atlantis", "local_start": "2027-07-01T20:30"}, "room.zone"),
        ({"zone": PARIS, "local_start": "soon"}, "room.start_unreadable"),
        ({"local_start": "2027-07-01T20:30"}, "room.start_unreadable"),
        ({"starts_at": 0, "zone": PARIS, "local_start": "2027-07-01T20:30"}, "room.start_unreadable"),
        ({"zone": PARIS, "local_start": "2029-07-01T20:30"}, "room.start"),
        ({"starts_at": 2**70}, "room.start"),
        ({"starts_at": -(2**70)}, "room.start"),
        ({"tags": ["a", "b", "c", "d", "e", "f"]}, "room.tags"),
        ({"tags": ["a\r\nb:c"]}, "room.tags"),
    ],
)
async def test_what_cannot_be_meant_is_refused_and_nothing_is_written(place: Place, said: dict[str, Any], code: str):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        answer = await plan(browser, **said)
        there = await browser.get(f"{ROOMS}/on-swifts")

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert there.status_code == 404


async def test_a_refused_hour_names_the_next_there_is(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        answer = await plan(browser, zone=PARIS, local_start="2027-03-28T02:30")

    assert answer.json()["text"] == (
        "Clocks are put forward over 2027-03-28, 02:30: there is no such time. The next is 2027-03-28, 03:00."
    )


async def test_the_home_page_tells_tags_without_asking_for_each_room(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    counted = []
    async with place.browser(cookie) as browser:
        for rooms in (1, 3):
            while len((await browser.get("/api/v1/home")).json()["soon"]) < rooms:
                await plan(browser, zone=PARIS, local_start="2027-07-01T20:30", tags=["birds", "rivers"])
            with statements(place.causerie.database) as told:
                cards = (await browser.get("/api/v1/home")).json()["soon"]
            counted.append(len(told))
            assert [card["tags"] for card in cards] == [["birds", "rivers"]] * rooms

    assert counted[0] == counted[1]
