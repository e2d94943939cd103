"""Where no mail server is set up: what somebody was asked by e-mail is handed over, as a link or a code."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.house import House
from tests.e2e.looking import AXE, STILL, faults, in_every_light
from tests.e2e.people import Person
from tests.e2e.test_notices import DAY, PLANS, SENDS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(180),
]


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "data")
    await asyncio.to_thread(house.start)
    yield house
    await asyncio.to_thread(house.stop)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
async def test_a_letter_is_handed_over_and_waits_again_when_it_was_not(place: House, browser: Browser, language: str):
    ada = await Person.sits_down(browser, "Ada", **STILL)
    await Evening(place).first_admin(ada)
    await ada.context.add_init_script(AXE)
    room = await ada.page.evaluate(PLANS, ["What bees remember", DAY])
    assert await ada.page.evaluate(SENDS, ["POST", f"/rooms/{room}/asked", {"to": "zoe@example.org"}]) == 201

    await ada.page.goto(f"{place.address}/admin/outbox?lang={language}")
    row = ada.page.locator("main ul > .person-row").first
    scan, hand = row.locator("button").nth(1), row.locator("button").nth(2)
    await scan.click()
    code = row.locator("img.qr")
    await expect(code).to_be_visible()
    assert await code.evaluate("async (one) => (await one.decode(), one.naturalWidth > 100)")
    found = {"waits": await in_every_light(ada.page) if language == "en" else await faults(ada.page)}

    await hand.click()
    await expect(ada.page.locator("main h1")).to_be_focused()
    handed = ada.page.locator("main details")
    await handed.locator("summary").click()
    found["handed over"] = await faults(ada.page)

    await handed.locator("button").first.click()
    await expect(row.locator("code")).to_be_visible()
    await expect(handed).to_have_count(0)
    assert {page: said for page, said in found.items() if said} == {}
