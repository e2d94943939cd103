"""A room for whom its host invites: to others there is none, and who is invited comes in by their link."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.looking import AXE, STILL, glance
from tests.e2e.people import Person
from tests.e2e.salon import Salon

NOTHING = "There is no room at this address"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(240),
]


async def test_who_is_invited_to_listen_comes_in_by_their_link_and_a_stranger_finds_no_room(
    salon: Salon, browser: Browser
) -> None:
    host = await salon.host(browser, **STILL)
    guest, stranger = [await Person.sits_down(browser, name, **STILL) for name in ("Karim Tafrout", "Samuel Okafor")]
    await host.context.add_init_script(AXE)
    await host.page.goto(f"{salon.house.address}/plan")
    await host.page.get_by_label("What do you want to talk about?").fill("Among ourselves")
    await host.page.get_by_role("radio", name="Whom you invite").check()
    await host.page.get_by_label("Name, @handle or e-mail").fill("Karim")
    await host.page.get_by_label("As", exact=True).select_option(label="listener")
    await host.press("Invite")
    looked = await glance(host.page)
    await host.press("Plan this room")
    link = await host.page.locator("main .copy-line code").last.inner_text()
    await host.press("Go to the desk")
    await host.page.wait_for_url("**/r/*")
    evening = Evening(salon.house, host.page.url.rsplit("/", 1)[1].split("?")[0])

    for person in (guest, stranger):
        await person.page.goto(evening.link)
        await expect(person.page.get_by_role("heading", level=1)).to_have_text(NOTHING, timeout=15_000)
    await guest.page.goto(f"http://{link}")
    await expect(guest.page.get_by_text("You are invited to listen here.")).to_be_visible()
    await guest.page.get_by_label("Your name").fill("Karim Tafrout")
    await guest.press("Yes, I take part")
    await expect(guest.page.get_by_role("heading", level=1)).to_have_text("Among ourselves", timeout=15_000)
    await stranger.page.goto(f"http://{link}")
    await stranger.page.get_by_label("Your name").fill("Samuel Okafor")
    await stranger.press("Yes, I take part")
    await expect(stranger.page.get_by_role("alert")).to_be_visible()
    await stranger.page.goto(evening.link)
    await expect(stranger.page.get_by_role("heading", level=1)).to_have_text(NOTHING, timeout=15_000)

    assert looked == []
    assert [*host.faults, *guest.faults, *stranger.faults] == []
