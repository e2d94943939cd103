"""A link or a page that could not be fetched offers to try again, and says nothing of the link until it is known."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.house import House
from tests.e2e.looking import AXE, STILL, faults
from tests.e2e.people import Person
from tests.e2e.test_groups import FOUNDS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(180),
]
LINKS = {"/in/": "sign-in", "/s/": "speaker-links", "/w/": "asked", "/i/": "group-invitations"}


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "data")
    await asyncio.to_thread(house.start)
    yield house
    await asyncio.to_thread(house.stop)


async def test_what_could_not_be_fetched_is_fetched_when_one_tries_again(place: House, browser: Browser):
    ada = await Person.sits_down(browser, "Ada", **STILL)
    await Evening(place).first_admin(ada)
    await ada.context.add_init_script(AXE)
    again, found = ada.button("Try again"), dict[str, list[str]]()

    for page, route in LINKS.items():
        address = f"**/api/v1/{route}/**"
        await ada.page.route(address, lambda route: route.abort())
        await ada.page.goto(f"{place.address}{page}none-such-link")
        await expect(again).to_be_visible()
        found[page] = await faults(ada.page)
        await ada.page.unroute(address)
        await again.click()
        await ada.sees("This link opens nothing")
        await expect(again).to_have_count(0)

    await ada.page.route("**/api/v1/plan/groups", lambda route: route.abort())
    await ada.page.goto(f"{place.address}/")
    await ada.page.get_by_role("link", name="Plan a room").first.click()
    await expect(again).to_be_visible()
    await ada.page.unroute("**/api/v1/plan/groups")
    await again.click()
    await expect(ada.page.get_by_label("What do you want to talk about?")).to_be_visible()
    assert {page: said for page, said in found.items() if said} == {}


async def test_in_which_group_a_room_is_held_is_asked_anew_too(place: House, browser: Browser):
    ada = await Person.sits_down(browser, "Ada", **STILL)
    evening = Evening(place)
    await evening.first_admin(ada)
    await ada.page.evaluate(FOUNDS, {"handle": "river", "name": "River"})
    await evening.planned_by(ada, "What bees remember")

    await ada.page.route("**/api/v1/plan/groups", lambda route: route.abort())
    await ada.page.locator("[data-more]:visible").first.click()
    await ada.page.locator(".deed", has_text="Its group").click()
    await expect(ada.button("Try again")).to_be_visible()
    await ada.page.unroute("**/api/v1/plan/groups")
    await ada.press("Try again")
    await ada.page.get_by_label("Held in").select_option(label="River")
    await ada.press("Keep")

    await ada.sees("The room is held in River.")
