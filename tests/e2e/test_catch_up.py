"""Who comes late hears the answers so far, one after another, and then the room live again."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.house import House
from tests.e2e.looking import AXE, STILL, faults, glance, goes_in
from tests.e2e.people import Person
from tests.e2e.three import FIRST, SECOND, VOICES, A, B, C, Three

MADE_WITHIN = 90_000

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(480)]


async def samuel_alone_is_live(three: Three) -> None:
    """He is back on stage, and the host says nothing."""
    await three.evening.invited(three.host, three.samuel)
    await three.evening.accepted(three.samuel)
    await three.host.press("Mute")


async def how_it_looks(late: Person, link: str) -> list[str]:
    """Come in again, and stop in the midst of an answer."""
    await goes_in(late, link, ".catch-up .button")
    offered = await glance(late.page)
    await late.page.locator(".catch-up .button").click()
    await late.page.locator(".catch-up .button--icon").first.click()
    return [*offered, *await faults(late.page)]


async def test_answers_so_far_and_then_live(house: House, browser: Browser):
    three = await Three.come(house, browser)
    await three.record()
    await three.answer(three.samuel, FIRST, seconds=4)
    await three.answer(three.celeste, SECOND, seconds=4)
    await samuel_alone_is_live(three)
    late = await Person.sits_down(browser, "Nour Haddad", **STILL)
    await late.context.add_init_script(AXE)
    await three.evening.joined_by(late)
    await late.listens_to({B}, VOICES)
    offer = late.page.get_by_role("region", name="Catch up")
    await expect(offer).to_contain_text("2 answers", timeout=MADE_WITHIN)

    await offer.get_by_role("button", name="Catch up").click()
    await expect(offer).to_contain_text(FIRST)
    await late.listens_to({A, B}, VOICES)
    await expect(offer).to_contain_text(SECOND, timeout=15_000)
    await late.listens_to({A, C}, VOICES)
    await late.sees("You hear the room live again.")
    await late.listens_to({B}, VOICES)

    looks = {language: await how_it_looks(late, f"{three.evening.link}?lang={language}") for language in ("en", "ar")}
    assert looks == {"en": [], "ar": []}
    assert late.faults == three.host.faults == []
