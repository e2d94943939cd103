"""Listening: begun by one press, going on while one looks around or gives a name, ended quietly or for everybody."""

import asyncio

import pytest
from playwright.async_api import Browser, Route, async_playwright, expect
from playwright.async_api import TimeoutError as TooLate

from tests.e2e.evening import Evening
from tests.e2e.people import Person, chromium, longest_gap
from tests.e2e.salon import TITLE, Salon

A, C = 440, 880
TONES = [A, C]
# A page that goes on sounding has no hole in it; the analyser itself looks back 85 ms.
HOLE = 200.0
# What Playwright does or asks counts as a press of the person. So this page clicks by itself, as soon as there is a
# button, which Chromium takes for no press; and it tells by itself when it is connected and what it plays.
ON_ITS_OWN = """
let clicked = false;
const told = setInterval(() => {
  const listen = document.querySelector("form button[type=submit]");
  if (listen && !clicked) { clicked = true; listen.click(); }
  if (!window.__ears.peers.some((peer) => peer.connectionState === "connected")) return;
  const cover = document.querySelector(".sound-cover button")?.textContent.trim();
  if (!cover) return;
  clearInterval(told);
  console.log(`connected, ${window.__ears.playing()} play: ${cover}`);
}, 50);
"""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]


async def listens(salon: Salon, browser: Browser, name: str = "Samuel Okafor") -> tuple[Evening, Person, Person]:
    """The host is on air, and one person hears it."""
    evening, host = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, name, C)
    await evening.joined_by(listener)
    await listener.hears_exactly({A}, TONES)
    return evening, host, listener


async def counts(host: Person, listeners: str) -> None:
    await expect(host.page.get_by_role("complementary", name="Desk").get_by_text(listeners)).to_be_visible(
        timeout=15_000
    )


async def test_a_hand_raised_while_the_name_is_on_its_way_waits_for_it(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Samuel Okafor")
    pressed = asyncio.Event()

    async def slow(route: Route) -> None:
        await pressed.wait()
        await route.continue_()

    await listener.page.route("**/api/v1/guests", slow)
    await evening.joined_by(listener)
    await listener.press("Raise hand")
    pressed.set()

    await host.sees("Samuel Okafor raised a hand")
    await expect(listener.page.get_by_role("dialog")).to_have_count(0)


async def test_where_the_browser_refuses_sound_one_more_press_brings_it(salon: Salon, browser: Browser) -> None:
    evening, _ = await salon.evening(browser, A)
    async with async_playwright() as playwright:
        strict = await chromium(playwright, ears_open=False)
        listener = await Person.sits_down(strict, "Samuel Okafor")
        await listener.context.add_init_script(ON_ITS_OWN)

        page = listener.page
        try:
            # Where the machine is full for a moment, the stream is heard first and live sound within a minute.
            async with page.expect_console_message(lambda told: "connected" in told.text, timeout=90_000) as told:
                await page.goto(evening.link)
        except TooLate as late:
            raise AssertionError(await page.inner_text("body"), listener.faults) from late

        assert (await told.value).text == "connected, 0 play: Tap to listen"
        await listener.sees("Your browser plays no sound until you say so.")
        await listener.press("Tap to listen")
        await listener.hears_exactly({A}, TONES)
        assert await listener.players() > 0
        await expect(listener.button("Tap to listen")).to_have_count(0)
        await strict.close()


async def test_two_tabs_are_one_listener(salon: Salon, browser: Browser) -> None:
    evening, host, listener = await listens(salon, browser)
    second = await listener.another_tab()

    await second.page.goto(evening.link)
    await second.press("Listen")

    await asyncio.gather(*(tab.hears_exactly({A}, TONES) for tab in (listener, second)))
    await counts(host, "1 person listens")

    # Whoever speaks in one tab is not echoed by the other.
    await evening.invited(host, second)
    await second.press("Accept and speak")
    await host.hears_exactly({C}, TONES)
    await listener.sees("The sound is off here.")
    assert await listener.players() == 0

    await second.page.close()
    await listener.press("Listen")
    await listener.hears_exactly({A}, TONES)


async def test_leaving_quietly_ends_the_sound_and_the_counting(salon: Salon, browser: Browser) -> None:
    _, host, listener = await listens(salon, browser)
    await counts(host, "1 person listens")

    await listener.press("Leave quietly")

    await expect(listener.page.get_by_role("heading", level=1)).to_be_focused()
    await listener.hears_exactly(set(), TONES)
    assert await listener.players() == 0
    await counts(host, "0 people listen")


async def test_the_sound_goes_on_while_one_looks_around(salon: Salon, browser: Browser) -> None:
    evening, _, listener = await listens(salon, browser)
    began = await listener.watch_from_now([A])

    await listener.page.get_by_role("link", name="Keep listening and go back").click()
    still = listener.page.get_by_role("complementary", name="Still listening")
    await expect(still.get_by_text(TITLE)).to_be_visible()
    await listener.page.get_by_role("link", name="You, Samuel Okafor").first.click()
    await still.get_by_role("link").click()
    await expect(listener.page).to_have_url(evening.link)
    await expect(listener.button("Leave quietly")).to_be_visible()

    assert longest_gap(await listener.log_since(began)) < HOLE
    await expect(still).to_have_count(0)


async def test_a_visitor_gives_a_name_when_it_is_needed(salon: Salon, browser: Browser) -> None:
    _, host, visitor = await listens(salon, browser, name="")
    began = await visitor.watch_from_now([A])

    await visitor.press("Ask a question")
    sheet = visitor.page.get_by_role("dialog", name="What shall we call you?")
    await sheet.get_by_label("Your name").fill("Yuki Tanabe")
    await sheet.get_by_role("button", name="Continue").click()
    await visitor.page.get_by_role("dialog", name="Ask a question").get_by_role("textbox").fill("Who dredges it?")
    await visitor.press("Send question")

    await expect(host.button("Put on air, question of Yuki Tanabe")).to_be_visible()
    assert longest_gap(await visitor.log_since(began)) < HOLE
    await counts(host, "1 person listens")


async def test_the_end_of_a_room_is_the_end_for_everybody(salon: Salon, browser: Browser) -> None:
    evening, host, listener = await listens(salon, browser)

    await host.press("End room")
    await host.press("End it for everyone")

    for person in (host, listener):
        await expect(person.page.get_by_role("heading", name="The room has ended")).to_be_visible(timeout=15_000)
        await person.hears_exactly(set(), TONES)
        assert await person.players() == 0
    await host.sends_nothing()
    assert await host.microphones_held() == 0

    # And whoever comes now is told so, without a press.
    late = await Person.sits_down(browser, "Yuki Tanabe")
    await late.page.goto(evening.link)
    await expect(late.page.get_by_role("heading", name="The room has ended")).to_be_visible()
    await expect(late.button("Listen")).to_have_count(0)


async def test_one_press_on_the_home_page_is_enough(salon: Salon, browser: Browser) -> None:
    await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Samuel Okafor")
    await listener.page.goto(salon.house.address)

    await listener.press("Listen")
    await expect(listener.button("Leave quietly")).to_be_visible(timeout=15_000)
    assert listener.faults == []
