"""Backstage in real browsers: who waits there is heard by the hosts alone, and so is who speaks with them."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.people import Person
from tests.e2e.salon import Salon

A, C = 440, 880
TONES = [A, C]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]


async def rests(page: Page) -> None:
    """Nothing that can be pressed has the focus."""
    await page.evaluate("() => document.activeElement?.blur()")


async def test_backstage_is_heard_by_the_hosts_and_by_nobody_else(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    await evening.set(host, backstage=True)
    guest = await Person.sits_down(browser, "Céleste Aubry", C)
    listener = await Person.sits_down(browser, "Samuel Okafor")
    for person in (guest, listener):
        await evening.joined_by(person)

    # Invited and accepted, she is backstage: the host hears her, the room does not.
    await evening.invited(host, guest)
    await evening.accepted(guest)
    await guest.sees("You are backstage")
    await host.hears_exactly({C}, TONES)
    await listener.hears_exactly({A}, TONES)
    await guest.hears_exactly({A}, TONES)

    await guest.page.get_by_label("What you want to speak about").fill("Rivers in court")
    await guest.press("Ready")
    await guest.sees("The hosts see that you are ready.")
    await host.sees("Rivers in court")

    # While the host holds the key, she alone hears him.
    await rests(host.page)
    await host.page.keyboard.down("b")
    await host.sees("You are heard backstage only.")
    await listener.hears_exactly(set(), TONES)
    await guest.hears_exactly({A}, TONES)
    await listener.sees("speaking backstage")
    await host.page.keyboard.up("b")
    await listener.hears_exactly({A}, TONES)

    # On air by the host's press; from the same press on, she hears no more of backstage.
    await host.press("Put on air, Céleste Aubry")
    await listener.hears_exactly({A, C}, TONES)
    await expect(guest.page.get_by_text("You are backstage")).to_have_count(0)
    await expect(guest.button("Step down")).to_be_visible()

    # Muted, she holds the space bar to speak.
    await guest.press("Mute")
    await listener.hears_exactly({A}, TONES)
    await rests(guest.page)
    await guest.page.keyboard.down(" ")
    await listener.hears_exactly({A, C}, TONES)
    await guest.page.keyboard.up(" ")
    await listener.hears_exactly({A}, TONES)
    assert [person.faults for person in (host, guest, listener)] == [[]] * 3
