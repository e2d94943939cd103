"""The host keeps single rights from co-hosts: in the plan or later, told at once, and nobody else can change it."""

from pathlib import Path

import pytest

from causerie.clock import MINUTE, SECOND
from tests.live.conftest import Evening, evening_in
from tests.live.test_roles import me
from tests.place import Page, opened

MAY_NOT, HOST_ALONE = "room.may_not", "role.host_alone"


@pytest.fixture
async def led(evening: Evening) -> Evening:
    """Ben is co-host."""
    await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")
    return evening


def rights(page: Page) -> set[str]:
    """What a page was last told its person may do."""
    return set(next(event["rights"] for event in reversed(me(page)) if event["is"] == "me.rights"))


async def test_a_cohost_hears_at_once_what_is_kept_and_what_is_given_back(led: Evening):
    before = rights(led.ben)

    await led.ada.does("room.set", cohosts_without=["room.end", "room.extend"])
    kept = before - rights(led.ben)
    refused = await led.ben.does("room.end")
    await led.ada.does("room.set", cohosts_without=["room.extend"])

    assert (kept, refused["code"]) == ({"room.end", "room.cancel", "room.extend"}, MAY_NOT)
    assert before - rights(led.ben) == {"room.extend"}
    assert led.place.state().room.phase == "live"
    assert (await led.ben.does("room.end"))["type"] == "ack"


async def test_nobody_hears_of_their_rights_whose_rights_are_as_before(led: Evening):
    heard = [page.events("me") for page in (led.ada, led.cho, led.visitor)]

    await led.ada.does("room.set", cohosts_without=["room.ban"])

    assert [page.events("me") for page in (led.ada, led.cho, led.visitor)] == heard


async def test_a_cohost_gives_themselves_nothing_back(led: Evening):
    await led.ada.does("room.set", cohosts_without=["room.end"])
    before = led.place.state()

    told = [
        await led.ben.does("room.set", cohosts_without=[]),
        await led.ben.does("room.set", cohosts_without=["room.end"], reactions=False),
    ]

    assert [(one["code"], one["text"]) for one in told] == [
        (HOST_ALONE, "Only the host says what co-hosts may do."),
        (HOST_ALONE, "Only the host says what co-hosts may do."),
    ]
    assert led.place.state() == before
    assert (await led.ben.does("room.set", reactions=False))["type"] == "ack"


async def test_who_runs_this_place_does_not_say_it_either(led: Evening):
    _, cookie = await led.place.person("Ops", admin=True)
    page = led.place.page(cookie)
    await page.enter()

    assert (await page.does("room.set", cohosts_without=["room.end"]))["code"] == HOST_ALONE


async def test_who_becomes_cohost_later_has_what_is_left(led: Evening):
    await led.ada.does("room.set", cohosts_without=["floor.pick"])
    await led.ada.does("role.give", person=led.id("Cho"), role="cohost")

    invited = await led.cho.does("stage.invite", person=led.id("Ben"))
    asked = (await led.ben.does("question.ask", text="Who decides?", myself=False))["made"]
    picked = await led.cho.does("floor.pick", question=asked)

    assert {"floor.pick", "floor.topic", "stage.invite", "stage.put_on_air"} & rights(led.cho) == set()
    assert (invited["code"], picked["code"]) == (MAY_NOT, MAY_NOT)
    assert (led.place.state().stage.invitations, led.place.state().questions.on_air) == ({}, None)


async def test_a_cohost_makes_no_speaker_link_where_the_host_chooses_who_speaks(led: Evening):
    async def made() -> int:
        async with led.place.browser(led.ben.cookie) as browser:
            return (await browser.post("/api/v1/rooms/sparrows/speaker-links", json={"name": "Dee"})).status_code

    before = await made()
    await led.ada.does("room.set", cohosts_without=["floor.pick"])

    assert (before, await made()) == (201, 403)


async def test_a_cohost_who_leads_while_the_host_is_lost_has_every_right_until_they_return(led: Evening):
    await led.ada.does("room.set", cohosts_without=["room.end", "room.set"])
    as_cohost = rights(led.ben)
    await led.ada.leave()
    await led.place.tick(2 * MINUTE + SECOND)
    as_host = rights(led.ben)
    changed = await led.ben.does("room.set", cohosts_without=["room.end"])

    await led.place.page(led.ada.cookie).enter()

    assert {"room.end", "room.set", "role.limit"} & as_cohost == set()
    assert {"room.end", "room.set", "role.limit"} <= as_host
    assert changed["type"] == "ack"
    assert {"room.end", "room.set", "role.limit"} & rights(led.ben) == {"room.set"}


async def test_it_is_kept_over_a_restart(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")
        await evening.ada.does("room.set", cohosts_without=["room.end"])

        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            await again.causerie.rooms.open()
            ben = again.page(evening.ben.cookie)
            snapshot = await ben.enter()

            assert snapshot["room"]["settings"]["cohosts_without"] == ["room.end"]
            assert "room.end" not in snapshot["me"]["rights"]
            assert (await ben.does("room.end"))["code"] == MAY_NOT


async def test_a_plan_says_it_before_anybody_is_cohost(evening: Evening):
    plan = {"title": "On swifts", "cohosts_without": ["room.start", "room.start"]}
    async with evening.place.browser(evening.ada.cookie) as browser:
        planned = (await browser.post("/api/v1/rooms", json=plan)).json()["room"]
        wrong = await browser.post("/api/v1/rooms", json={**plan, "cohosts_without": ["room.sing"]})
    await evening.ada.enter(planned)
    await evening.ben.enter(planned)
    await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")

    refused = await evening.ben.does("room.start")

    assert wrong.status_code == 422
    assert evening.place.state(planned).room.settings.cohosts_without == ("room.start",)
    assert (refused["code"], evening.place.state(planned).room.phase) == (MAY_NOT, "scheduled")
    assert (await evening.ada.does("room.start"))["type"] == "ack"
