"""How each listener hears, for who runs the place: a page at a time, by one call into the core, no addresses."""

from dataclasses import replace
from typing import Any

import pytest

from tests.live.conftest import Evening
from tests.place import Page, Place
from tests.sound_on_paper import OFFER, Figures
from tests.web.test_home import statements


async def root(place: Place) -> str:
    """The cookie of somebody who runs this place."""
    return (await place.person("Root", admin=True))[1]


async def asked(place: Place, cookie: str, **said: Any) -> Any:
    """The status, and what was answered."""
    room = said.pop("room", "sparrows")
    async with place.browser(cookie) as browser:
        answer = await browser.get(f"/api/v1/admin/rooms/{room}/listeners", params=said)
    return answer.status_code, answer.json()


async def hears(page: Page) -> int:
    """Somebody hears by a page; the number of their connection."""
    await page.does("media.offer", sdp=OFFER)
    return max(page.place.engine.peers)


async def test_each_listener_is_told_with_how_they_hear_and_how_well(evening: Evening):
    place = evening.place
    await evening.ada.does("room.set", visible_list=True)
    ben, visitor = await hears(evening.ben), await hears(evening.visitor)
    place.engine.listening = [
        Figures(ben, None, False, 64, 180, 20, 90, 5_000_000, 60_000),
        Figures(visitor, 2, True, 0, 30, 2, 95, 1000, 1000),
        Figures(9999, 0),
    ]

    status, told = await asked(place, await root(place))

    now = place.clock.now()
    assert status == 200
    assert {name: value for name, value in told.items() if name != "listeners"} == {
        "title": "Sparrows",
        "all": 3,
        "pages": 1,
        "voices": 1,
        "programme": [1, 0, 1],
        "by_tcp": 1,
        "by_stream": 0,
        "page": 1,
    }
    assert told["listeners"][0] == {
        "id": str(ben),
        "name": "Ben",
        "programme": None,
        "by_tcp": False,
        "lost": 0.25,
        "round_trip": 180,
        "jitter": 20,
        "delay": 90,
        "bytes": 5_000_000,
        "since": now - 60_000,
    }
    assert [(one["name"], one["programme"], one["by_tcp"]) for one in told["listeners"][1:]] == [
        (None, 2, True),
        (None, 0, False),
    ]


async def test_without_a_visible_list_only_who_is_on_stage_has_a_name(evening: Evening):
    place = evening.place
    ada, ben = await hears(evening.ada), await hears(evening.ben)
    place.engine.listening = [Figures(ada), Figures(ben)]

    _, told = await asked(place, await root(place))

    assert [one["name"] for one in told["listeners"]] == ["Ada", None]


async def test_a_page_of_ten_thousand_is_one_call_and_as_few_statements_as_one_of_three(evening: Evening):
    place, cookie = evening.place, await root(evening.place)
    ben = await hears(evening.ben)
    one = Figures(ben)
    place.engine.listening = [one] * 3
    with statements(place.causerie.database) as few:
        await asked(place, cookie)
    place.engine.listening = [replace(one, bytes=at) for at in range(10_000)]
    place.engine.asked_for.clear()

    with statements(place.causerie.database) as many:
        _, told = await asked(place, cookie, page=200, by="newest")

    room = place.causerie.media.rooms[place.causerie.rooms.names["sparrows"]]
    assert place.engine.asked_for == [(room, "newest", 9950, 50)]
    assert len(many) == len(few)
    assert (told["all"], told["pages"], [one["bytes"] for one in told["listeners"]]) == (
        10_000,
        200,
        list(range(9950, 10_000)),
    )


async def test_a_room_that_nobody_hears_and_a_page_behind_the_last_are_empty(evening: Evening):
    place, cookie = evening.place, await root(evening.place)
    quiet = await asked(place, cookie)
    await hears(evening.ben)
    behind = await asked(place, cookie, page=7)

    for status, told in (quiet, behind):
        assert (status, told["all"], told["pages"], told["listeners"]) == (200, 0, 0, [])


@pytest.mark.parametrize("said", [{"page": 0}, {"page": 2001}, {"page": "x"}, {"by": "name"}, {"by": ""}])
async def test_what_cannot_be_meant_is_refused(evening: Evening, said: dict[str, Any]):
    status, told = await asked(evening.place, await root(evening.place), **said)

    assert (status, told["code"]) == (422, "body.invalid")


async def test_of_a_room_that_is_not_there_and_to_others_nothing_is_told(evening: Evening):
    place = evening.place
    unknown = await asked(place, await root(place), room="owls")
    _, host = await place.person("Cleo", may_open_rooms=True)
    others = [await asked(place, cookie) for cookie in (host, place.visitor(), "")]

    assert (unknown[0], unknown[1]["code"]) == (404, "room.unknown")
    assert [(status, told["code"]) for status, told in others] == [(403, "admin.only")] * 3
