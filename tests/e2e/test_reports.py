"""Somebody reports what is wrong by keyboard alone, without a name; the desk and those who run the place read it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Browser, Route, expect

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


async def test_more_reports_than_come_at_once_are_asked_for_by_a_press(salon: Salon, browser: Browser) -> None:
    desk = await salon.host(browser, **STILL)

    async def made_up(route: Route) -> None:
        """250 reports, as many of them as are asked for."""
        most = int(parse_qs(urlsplit(route.request.url).query)["most"][0])
        one = {"about": "room", "subject": None, "name": None, "text": None, "grounds": "spam", "note": "", "at": 1}
        one |= {"on_stage": [], "on_air": None, "done_at": None, "settled_at": None, "outcome": None, "answer": None}
        one |= {"apart": False, "room": "owls", "title": "Owls", "live": False}
        await route.fulfill(json=[{**one, "id": str(n)} for n in range(min(most, 250))])

    await desk.page.route("**/api/v1/admin/reports?*", made_up)
    await desk.page.goto(f"{salon.house.address}/admin/reports")
    listed = desk.page.get_by_role("region", name="Reported")
    await expect(listed.get_by_role("listitem")).to_have_count(200)

    await listed.get_by_role("button", name="Show more").press("Enter")

    await expect(listed.get_by_role("listitem")).to_have_count(250)
    await expect(listed.get_by_role("button", name="Show more")).to_be_hidden()
