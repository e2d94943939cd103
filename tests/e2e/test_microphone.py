"""The second key is the person's own: no microphone is asked for before a press, and none is open while it is shut."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.people import PLAIN_PLACE, Person
from tests.e2e.salon import Salon

A, C, HEADSET = 440, 880, 990
TONES = [A, C, HEADSET]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]


async def invited(salon: Salon, browser: Browser, **options: Any) -> tuple[Evening, Person, Person]:
    """The host is on air and has invited a listener."""
    evening, host = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Céleste Aubry", C, **options)
    await evening.joined_by(listener)
    await evening.invited(host, listener)
    return evening, host, listener


async def test_the_microphone_is_asked_for_on_a_press_only(salon: Salon, browser: Browser) -> None:
    evening, host, listener = await invited(salon, browser)
    assert await listener.was_asked() == 0

    await listener.press("Check my microphone first")

    # The check is between the person and their own machine: a level to look at, and nothing leaves.
    meter = listener.page.get_by_role("meter", name="Microphone level")
    await expect(meter).to_have_attribute("aria-valuetext", re.compile("good|too loud"))
    await expect(listener.page.get_by_text("We hear you well")).to_be_visible()
    await listener.sends_nothing()
    await host.hears_exactly(set(), TONES)

    await evening.accepted(listener)

    await host.hears_exactly({C}, TONES)
    assert await listener.was_asked() == 1
    assert listener.faults == []


async def test_declined_after_the_check_the_microphone_is_given_back(salon: Salon, browser: Browser) -> None:
    _, host, listener = await invited(salon, browser)
    await listener.press("Check my microphone first")
    await expect(listener.page.get_by_role("meter")).to_be_visible()

    await listener.press("Not now")

    await expect(listener.page.get_by_role("alertdialog")).to_have_count(0)
    await listener.sends_nothing()
    assert await listener.microphones_held() == 0
    await host.hears_exactly(set(), TONES)


async def test_a_shut_microphone_is_explained_and_nothing_is_accepted(salon: Salon, browser: Browser) -> None:
    evening, host, listener = await invited(salon, browser, denied=True)

    await listener.press("Accept and speak")

    help_shown = listener.page.get_by_role("alertdialog").get_by_role("alert")
    await expect(help_shown.get_by_role("heading", name="Your microphone is shut")).to_be_visible()
    await expect(help_shown.get_by_role("listitem")).to_have_count(3)
    await expect(host.page.get_by_text("Céleste Aubry is invited")).to_be_visible()
    await expect(host.button("Mute Céleste Aubry")).to_have_count(0)

    await listener.press("Ask in writing instead")

    await listener.page.get_by_role("dialog", name="Ask a question").get_by_role("textbox").fill("Who pays for it?")
    await listener.press("Send question")
    await host.sees("Who pays for it?")
    await expect(host.page.get_by_text("Céleste Aubry is invited")).to_have_count(0)

    # Invited again (a hand that was up stays up), and now the browser is told otherwise.
    await host.press("Bring to stage, Céleste Aubry")
    await listener.press("Accept and speak")
    await listener.page.evaluate("() => { window.__tone.denied = false; }")
    await listener.press("Try again")
    await evening.accepted(listener)
    await host.hears_exactly({C}, TONES)


async def test_who_is_muted_sends_nothing(salon: Salon, browser: Browser) -> None:
    evening, host, speaker = await invited(salon, browser)
    await evening.accepted(speaker)
    await host.hears_exactly({C}, TONES)

    await speaker.press("Mute")
    await host.hears_exactly(set(), TONES)
    await speaker.sends_nothing()

    await evening.unmuted(speaker)
    await host.hears_exactly({C}, TONES)
    await host.press("Mute Céleste Aubry")
    await expect(speaker.button("Unmute")).to_be_visible()
    await host.hears_exactly(set(), TONES)
    await speaker.sends_nothing()

    # Open again, and the page is loaded anew: back on stage, and muted.
    await evening.unmuted(speaker)
    await host.hears_exactly({C}, TONES)
    await speaker.page.reload()
    await speaker.press("Listen")
    await expect(speaker.button("Unmute")).to_be_visible(timeout=15_000)
    await speaker.hears_exactly({A}, TONES)
    await host.hears_exactly(set(), TONES)
    await speaker.sends_nothing()
    assert await speaker.was_asked() == 0


async def test_the_device_chosen_in_the_check_is_the_one_that_is_heard(salon: Salon, browser: Browser) -> None:
    evening, host, listener = await invited(salon, browser, microphones={"Built-in": C, "Headset": HEADSET})
    await listener.press("Check my microphone first")

    await listener.page.get_by_label("Microphone", exact=True).select_option("Headset")
    await evening.accepted(listener)

    await host.hears_exactly({HEADSET}, TONES)

    # And on stage, without leaving it.
    await listener.press("Sound")
    await listener.page.get_by_label("Microphone", exact=True).select_option("Built-in")
    await host.hears_exactly({C}, TONES)


async def test_without_https_one_hears_and_is_told_why_one_cannot_speak(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Samuel Okafor", C)

    await evening.joined_by(listener, at=f"http://{PLAIN_PLACE}:{urlsplit(salon.house.address).port}")

    assert await listener.page.evaluate("() => window.isSecureContext") is False
    await listener.hears_exactly({A}, TONES)
    await listener.sees("Here you can listen. The microphone needs https.")

    await evening.invited(host, listener)
    await listener.press("Accept and speak")
    await expect(listener.page.get_by_role("heading", name="The microphone needs https")).to_be_visible()
    await expect(host.button("Mute Samuel Okafor")).to_have_count(0)
