"""Somebody reports what is wrong by keyboard alone, without a name; the desk and those who run the place read it."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.people import Person
from tests.e2e.salon import Salon
from tests.e2e.test_look import AXE, STILL, A, faults, goes_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(240),
]


async def test_a_report_by_keyboard(salon: Salon, browser: Browser) -> None:
    evening, _ = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Samuel Okafor", **STILL)
    desk = await salon.host(browser, **STILL)
    for person in (listener, desk):
        await person.context.add_init_script(AXE)
    await goes_in(listener, evening.link, ".audience-line")
    await goes_in(desk, evening.link, ".desk-stage")
    page, sheet = listener.page, listener.page.get_by_role("dialog", name="Report")

    await page.get_by_role("button", name="Report").focus()
    await page.keyboard.press("Enter")
    await expect(sheet).to_be_visible()
    found = await faults(page)
    await sheet.get_by_label("In your words").focus()
    await page.keyboard.type("Somebody plays music over the talk.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await expect(sheet).to_be_hidden()
    await expect(page.get_by_role("button", name="Report")).to_be_focused()
    panel = desk.page.get_by_role("region", name="Reported")
    await expect(panel).to_contain_text("Somebody plays music over the talk.")
    found += await faults(desk.page)
    await panel.get_by_role("button", name="Dealt with").press("Enter")
    await expect(panel).to_be_hidden()

    await desk.page.goto(f"{salon.house.address}/admin")
    kept = desk.page.get_by_role("region", name="Reported")
    await expect(kept).to_contain_text("The hosts have dealt with it.")
    found += await faults(desk.page)
    await kept.get_by_role("button", name="Settle, ").press("Enter")
    sheet = desk.page.get_by_role("dialog")
    found += await faults(desk.page)
    await sheet.get_by_label("What you say to who reported it").fill("It was their own song.")
    await sheet.get_by_role("button", name="Settle it").press("Enter")
    await expect(kept).to_contain_text("nothing to look at")
    assert found == []
