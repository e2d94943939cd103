"""Two desks over one queue: what one host puts first, and whom they call, the other sees."""

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.e2e.keyboard import keys
from tests.e2e.people import Person
from tests.e2e.salon import Salon

HEARD = "Who speaks for the river?"
READ = ("What does a sturgeon need?", "Who pays for the dam?", "May a lake sue?")
CALLED = "Karim Tafrout is called."
# The desk gives somebody who is called twenty seconds.
PATIENCE = 25_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(360),
]


def line(desk: Person) -> Locator:
    return desk.page.locator(".floor-row__text")


async def stands(desks: tuple[Person, ...], *texts: str) -> None:
    """At each desk the queue is in this order."""
    for desk in desks:
        await expect(line(desk)).to_have_text([*texts], timeout=15_000)


async def in_focus(desk: Person, text: str) -> None:
    await desk.page.locator(".floor-row", has_text=text).locator("[aria-haspopup]").focus()


async def test_what_one_desk_puts_first_and_whom_it_calls_the_other_sees(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, 0)
    samuel = await Person.sits_down(browser, "Samuel Okafor")
    karim = await Person.sits_down(browser, "Karim Tafrout")
    celeste = await Person.sits_down(browser, "Céleste Aubry")
    for person in (samuel, karim, celeste):
        await evening.joined_by(person, account=person is samuel)
    await evening.does(host, do="role.give", person=await samuel.id(), role="cohost")
    await expect(samuel.page.get_by_role("region", name="Floor")).to_be_visible(timeout=15_000)
    desks = (host, samuel)
    await evening.asked(karim, HEARD)
    await host.press("Put on air, question of Karim Tafrout")
    await samuel.sees(CALLED)
    for asker, text in zip((host, samuel, celeste), READ, strict=True):
        await evening.does(asker, do="question.ask", text=text, myself=False)
    first, second, third = READ
    await stands(desks, first, second, third)

    await line(host).nth(2).drag_to(line(host).nth(0))
    await stands(desks, third, first, second)
    await in_focus(samuel, second)
    await keys(samuel, "Alt+ArrowUp")
    await stands(desks, third, second, first)
    await keys(samuel, "Alt+ArrowUp")
    await stands(desks, second, third, first)

    await expect(host.button("Call the next")).to_be_visible(timeout=PATIENCE)
    await expect(samuel.button("Call the next")).to_be_visible()
    await host.press("Wait")
    await host.sees(CALLED)
    await samuel.press("Call the next")
    await expect(host.page.locator(".now-on-air__text")).to_have_text(second, timeout=15_000)
    await expect(karim.page.get_by_role("alertdialog")).to_have_count(0, timeout=15_000)
    assert [person.faults for person in (host, samuel, karim, celeste)] == [[], [], [], []]


async def test_who_is_next_reads_so_on_the_card_and_nothing_lies_over_its_buttons(
    salon: Salon, browser: Browser
) -> None:
    evening, _ = await salon.evening(browser, 440)
    listener = await Person.sits_down(browser, "Yuki Tanabe", viewport={"width": 390, "height": 800})
    page = listener.page

    await evening.joined_by(listener)
    await listener.press("Raise hand")
    await page.locator(".deck-card").get_by_role("button", name="Not ready").scroll_into_view_if_needed()

    await expect(page.locator(".toasts")).to_contain_text("You are next. Ready?")
    await expect(page.locator(".toast", has_text="You are next. Ready?")).to_have_count(0)
    await listener.press("Not ready")
    await listener.sees("You keep your place. Say so when you are ready.")
    assert listener.faults == []
