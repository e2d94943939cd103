"""What cannot be: no such room, endless names, a server that is away. Said clearly, and nobody else notices."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.people import Person, longest_gap
from tests.e2e.relay import relayed
from tests.e2e.salon import Salon

A = 440
ENDLESS = "o" * 10_000
WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Everything that the page asks of the server, by socket or otherwise, at its own time.
COUNTED = """
const tries = window.tries = [];
const counted = (asks) => new Proxy(asks, {
  construct: (made, given) => (tries.push(Date.now()), new made(...given)),
  apply: (made, on, given) => (tries.push(Date.now()), Reflect.apply(made, on, given)),
});
window.WebSocket = counted(WebSocket);
window.fetch = counted(fetch);
"""
SENDS = """async ([where, body]) => {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`/api/v1/${where}`, { method: "POST", headers, body: JSON.stringify(body) });
  return [answer.status, (await answer.json()).text];
}"""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]


@pytest.mark.parametrize("room", ["no-such-room", ENDLESS, "%00%ff", "<b>"])
async def test_a_room_that_does_not_exist(salon: Salon, browser: Browser, room: str) -> None:
    visitor = await Person.sits_down(browser, "Samuel Okafor")

    answer = await visitor.page.goto(f"{salon.house.address}/r/{room}")

    assert answer is not None
    assert answer.status == 404
    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text("There is no room at this address")
    await expect(visitor.page.get_by_role("main").get_by_role("link", name="Home")).to_be_visible()
    assert visitor.faults == []


async def test_endless_names_are_refused_with_a_sentence_and_others_hear_on(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Yuki Tanabe")
    await evening.joined_by(listener)
    await listener.hears_exactly({A}, [A])
    began = await listener.watch_from_now([A])
    endless = await Person.sits_down(browser, ENDLESS)

    await endless.page.goto(evening.link)
    await endless.page.get_by_label("Your name").fill(ENDLESS)
    await endless.press("Listen")

    await expect(endless.page.get_by_role("alert")).to_have_text("A name has 1 to 60 characters.")

    # Without the page's own care, too; and as the title of a room.
    assert await endless.page.evaluate(SENDS, ["guests", {"name": ENDLESS}]) == [422, "This cannot be meant: name."]
    assert await host.page.evaluate(SENDS, ["rooms", {"title": ENDLESS}]) == [422, "This cannot be meant: title."]

    # The longest that may be shows without a scroll to the side.
    await endless.page.get_by_label("Your name").fill("W" * 60)
    await endless.press("Listen")
    await expect(endless.button("Leave quietly")).to_be_visible(timeout=15_000)
    await endless.press("Raise hand")
    await expect(host.button(f"Bring to stage, {'W' * 60}")).to_be_visible()
    assert not await host.page.evaluate(WIDER_THAN_THE_SCREEN)
    assert longest_gap(await listener.log_since(began)) < 250.0


async def test_a_server_that_is_away_is_not_stormed(salon: Salon, browser: Browser) -> None:
    evening, _ = await salon.evening(browser, A)
    async with relayed(salon.house) as relay:
        listener = await Person.sits_down(browser, "Yuki Tanabe")
        # Chance at its most impatient: without a bound on all tries this page would never rest.
        await listener.context.add_init_script("Math.random = () => 0.001;" + COUNTED)
        await listener.page.clock.install()
        await evening.joined_by(listener, at=relay.address)
        await listener.hears_exactly({A}, [A])

        relay.cut()
        cut = await listener.page.evaluate("() => Date.now()")
        await minute_by(listener.page)

        tries = [at - cut for at in await listener.page.evaluate("() => tries") if cut <= at < cut + 60_000]
        assert 2 <= len(tries) <= 12, tries
        await expect(listener.page.get_by_text("Reconnecting").first).to_be_visible()

        relay.mend()
        await listener.page.clock.fast_forward(60_000)
        await expect(listener.page.get_by_text("Reconnecting")).to_have_count(0, timeout=20_000)
        await listener.hears_exactly({A}, [A], within=30)
        assert listener.faults == []


async def minute_by(page: Page) -> None:
    """A minute of the page's clock and a little more, in steps that leave a failing socket the time to fail."""
    for _ in range(31):
        await page.clock.run_for(2000)
        await asyncio.sleep(0.02)
