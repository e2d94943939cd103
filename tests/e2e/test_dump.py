"""A host has the audience hear the room later, and takes a moment out: everybody reads it, and no caption tells it."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.keyboard import keys
from tests.e2e.people import Person
from tests.e2e.salon import Salon

A = 440
SAID = "A name that should not fall."
LATER = "You hear the room again in 10 seconds."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(180),
]


async def test_a_moment_is_taken_out_by_press_and_by_key(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    reads = await Person.sits_down(browser, "Karim Tafrout")
    await evening.joined_by(reads)
    await expect(host.button("Dump")).to_have_count(0)

    await host.page.locator("[data-more]:visible").first.click()
    await host.press("Settings of the room")
    await host.page.get_by_label("Safety delay").select_option("10")
    await host.page.keyboard.press("Escape")
    await host.sees("The audience hears you 10 seconds later.")
    await evening.does(host, do="caption.say", text=SAID)
    await host.press("Dump")

    await expect(reads.page.get_by_role("status").filter(has_text=LATER)).to_be_visible(timeout=15_000)
    await host.sees("Nobody in the audience hears it.")
    await keys(host, "d")
    await expect(reads.button("Captions")).to_have_count(0)
    assert [*reads.faults, *host.faults] == []
