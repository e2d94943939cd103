"""What a place has in writing is written anew: who is signed in is shown so on their next page, until they say yes."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.house import House
from tests.e2e.looking import AXE, STILL, faults
from tests.e2e.people import Person
from tests.web.test_papers import written

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(180),
]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[House]:
    house = House(written(tmp_path / "data", rules="Be kind."))
    house.start()
    yield house
    house.stop()


async def test_who_is_signed_in_reads_what_is_new_and_says_yes_once(place: House, browser: Browser) -> None:
    host = await Person.sits_down(browser, "Aurélie Sandoz", **STILL)
    await host.context.add_init_script(AXE)
    await Evening(place).first_admin(host)
    new = host.page.get_by_role("complementary", name="Written anew")
    await host.page.goto(f"{place.address}/settings")
    await expect(host.page.get_by_role("heading", name="Ask to be checked")).to_be_visible()
    accepted_by_coming_in = await new.count()

    await asyncio.to_thread(place.stop)
    written(place.data, rules="Be kind, and brief.")
    await asyncio.to_thread(place.start)
    await host.page.goto(f"{place.address}/settings")
    await expect(new.get_by_role("link", name="Rules")).to_be_visible()
    found = await faults(host.page)
    await new.get_by_role("link", name="Rules").click()
    await expect(host.page.get_by_text("Be kind, and brief.")).to_be_visible()
    await new.get_by_role("button", name="I accept").click()
    await expect(new).to_have_count(0)
    await host.page.reload()
    await expect(host.page.get_by_text("Be kind, and brief.")).to_be_visible()

    assert (accepted_by_coming_in, await new.count(), found, host.faults) == (0, 0, [], [])
