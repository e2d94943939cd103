"""A plan kept as a draft until it is announced, its links handed over; and what is said, typed along and read."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.people import Person
from tests.e2e.salon import HOST, Salon

A = 440
SAID = "My father asked the water before he asked the mayor."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(180),
]


async def heading(person: Person, text: str) -> None:
    await expect(person.page.get_by_role("heading", level=1)).to_have_text(text, timeout=15_000)


async def test_what_is_said_is_typed_along_and_read_as_a_line_and_as_a_log(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    types, reads = [await Person.sits_down(browser, name) for name in ("Yuki Tanabe", "Karim Tafrout")]
    for person in (types, reads):
        await evening.joined_by(person)

    await evening.does(host, do="role.give", person=await types.id(), role="captioner")
    await types.sees("You type what is said")
    await types.page.get_by_label("Who speaks").select_option(HOST)
    await types.page.get_by_label("What is said", exact=True).fill(SAID)
    await types.page.keyboard.press("Enter")

    await expect(types.page.get_by_label("What is said", exact=True)).to_have_value("")
    await reads.press("Captions")
    await expect(reads.page.locator(".caption-line:visible")).to_have_text(f"{HOST}: {SAID}")
    await reads.page.locator(".captions:visible").get_by_role("button", name="All captions").click()
    await expect(reads.page.get_by_role("dialog", name="What was said")).to_contain_text(f"{HOST}: {SAID}")
    assert [*types.faults, *reads.faults, *host.faults] == []


async def test_a_draft_is_announced_and_its_speaker_comes_by_a_link(salon: Salon, browser: Browser) -> None:
    host = await salon.host(browser)
    await host.page.goto(f"{salon.house.address}/plan")
    await host.page.get_by_label("What do you want to talk about?").fill("Do swifts sleep?")
    await host.page.get_by_label("Name, @handle or e-mail").fill("Ida Brandt")
    await host.page.keyboard.press("Enter")
    await host.press("Keep as a draft")
    await heading(host, "The room is planned")
    link = "http://" + await host.page.locator("code", has_text="/w/").inner_text()

    await host.press("Go to the desk")
    await host.sees("This room is a draft.")
    outside, speaker = [await Person.sits_down(browser, name) for name in ("Samuel Okafor", "Ida Brandt")]
    await outside.page.goto(host.page.url)
    await heading(outside, "There is no room at this address")

    await host.press("Announce it")
    await expect(host.button("Announce it")).to_have_count(0)
    await outside.page.reload()
    await expect(outside.button("Listen from the start")).to_be_visible()
    await outside.sees("no captions")
    await speaker.page.goto(link)
    await heading(speaker, "Do swifts sleep?")
    await speaker.page.get_by_label("Your name").fill(speaker.name)
    await speaker.press("Yes, I take part")
    await speaker.press("Listen from the start")
    await expect(speaker.button("Leave quietly")).to_be_visible(timeout=15_000)
    await host.press("Go live")
    await expect(speaker.page.get_by_role("alertdialog")).to_be_visible(timeout=15_000)
    assert [*outside.faults, *speaker.faults, *host.faults] == []
