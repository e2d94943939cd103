"""A room of a group is planned where it is chosen; its members alone ask, and who joins the group asks at once."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.looking import AXE, STILL, glance
from tests.e2e.people import Person
from tests.e2e.salon import PLANS, Salon
from tests.e2e.test_groups import FOUNDS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(240),
]


async def test_who_is_not_in_the_group_reads_who_asks_and_joins_and_asks(salon: Salon, browser: Browser) -> None:
    host, guest = await salon.host(browser, **STILL), await Person.sits_down(browser, "Karim Tafrout", **STILL)
    evening = Evening(salon.house)
    await evening.signed_in(guest)
    for person in (host, guest):
        await person.context.add_init_script(AXE)
    await host.page.goto(salon.house.address)
    await host.page.evaluate(FOUNDS, {"handle": "hives", "name": "Keepers of the hives"})

    await host.page.goto(f"{salon.house.address}/plan")
    await host.page.get_by_label("What do you want to talk about?").fill("What bees remember")
    alone = await host.page.get_by_role("radio", name="Members of the group").count()
    await host.page.get_by_label("Group", exact=True).select_option(label="Keepers of the hives")
    await host.page.get_by_role("group", name="Who may ask").get_by_label("Members of the group").check()
    looked = await glance(host.page)
    await host.press("Plan this room")
    await host.page.wait_for_url("**/r/*")
    evening.room = host.page.url.rsplit("/", 1)[1].split("?")[0]
    await guest.page.goto(evening.link)
    await guest.press("Listen from the start")
    await expect(guest.page.get_by_text("Members of the group ask here:")).to_be_visible()
    await expect(guest.button("Ask a question")).to_have_count(0)
    looked += await glance(guest.page)
    await guest.press("Join the group")
    await guest.press("Ask a question")
    await guest.page.get_by_label("Your question").fill("Do they know each other by smell?")
    await guest.press("Send question")

    await expect(guest.page.locator("#tab-panel").get_by_text("Do they know each other by smell?")).to_be_visible()
    assert (alone, looked) == (0, [])
    assert [*host.faults, *guest.faults] == []


async def test_where_guests_do_not_ask_a_guest_reads_how_one_can(salon: Salon, browser: Browser) -> None:
    host, guest = await salon.host(browser, **STILL), await Person.sits_down(browser, "Samuel Okafor", **STILL)
    await host.page.goto(salon.house.address)
    soon = await host.page.evaluate("Date.now()") + 36 * 3600 * 1000
    card = await host.page.evaluate(PLANS, {"title": "What bees remember", "starts_at": soon, "guests_ask": "no"})
    evening = Evening(salon.house, card["room"])
    await guest.context.add_init_script(AXE)

    await guest.page.goto(evening.link)
    await guest.press("Listen from the start")
    await expect(guest.page.get_by_text("Asking takes an account here.")).to_be_visible()
    await expect(guest.button("Ask a question")).to_have_count(0)
    looked = await glance(guest.page)
    await expect(guest.page.get_by_role("link", name="Sign in")).to_have_attribute("href", "/welcome")
    await evening.signed_in(guest)
    await guest.page.goto(evening.link)
    await guest.press("Listen from the start")

    await expect(guest.button("Ask a question")).to_be_visible()
    await expect(guest.page.get_by_text("Asking takes an account here.")).to_have_count(0)
    assert (looked, guest.faults) == ([], [])
