"""A plan is made by keys alone, on a phone; and is read from another zone by who was asked along."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.keyboard import goes_to, keys, types
from tests.e2e.looking import AXE, STILL, faults
from tests.e2e.people import Person
from tests.e2e.salon import Salon

PHONE = {"width": 390, "height": 800}

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]


async def test_a_plan_by_keys_on_a_phone_with_clocks_tags_and_somebody_asked_along(
    salon: Salon, browser: Browser
) -> None:
    host = await salon.host(browser)
    await host.page.set_viewport_size(PHONE)
    await host.page.goto(f"{salon.house.address}/plan")
    await types(host, "What do you want to talk about?", "What bees remember")
    await goes_to(host, "When I am ready")
    await keys(host, "ArrowRight")
    await host.page.get_by_label("Day", exact=True).fill("2027-03-28")
    await host.page.get_by_label("Begins", exact=True).fill("02:30")
    await host.page.get_by_label("By the clocks of").fill("Europe/Paris")
    await host.page.get_by_label("Tags").focus()
    await host.page.keyboard.type("#Bees, gardens")
    await host.page.get_by_label("Name, @handle or e-mail").focus()
    await host.page.keyboard.type("Ida Brandt")
    await keys(host, "Enter")
    await expect(host.page.locator(".plan__people li")).to_contain_text(["Ida Brandt"])
    await goes_to(host, "Plan this room")
    await keys(host, "Enter")

    await expect(host.page.locator("#faults")).to_be_focused()
    await expect(host.page.locator("#faults")).to_contain_text("The next is 3:00")
    await host.page.get_by_label("Begins", exact=True).fill("03:00")
    await goes_to(host, "Plan this room")
    await keys(host, "Enter")
    await expect(host.page.get_by_role("heading", level=1)).to_have_text("The room is planned")
    link = "http://" + await host.page.locator("code", has_text="/w/").inner_text()

    far = await Person.sits_down(browser, "Ida Brandt", timezone_id="Asia/Tokyo")
    await far.page.goto(link)
    await far.sees("By the clocks of Paris that is Sunday")
    await far.page.get_by_label("Your name").fill("Ida Brandt")
    await far.press("Yes, I take part")
    await far.sees("You said yes.")
    await expect(far.page.get_by_role("list", name="Who takes part")).to_contain_text("Ida Brandt")
    await expect(far.page.get_by_role("list", name="Tags")).to_contain_text("gardens")
    assert [*host.faults, *far.faults] == []


async def test_the_plan_is_for_everybody(salon: Salon, browser: Browser) -> None:
    host = await salon.host(browser, **STILL)
    await host.context.add_init_script(AXE)
    found = []
    for language in ("en", "ar"):
        await host.page.goto(f"{salon.house.address}/plan?lang={language}")
        await host.page.locator("input[name=when][value=later]").check()
        found += await faults(host.page)

    assert found == []
