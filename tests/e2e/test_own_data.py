"""One's own: taken along as a file, and the account deleted, as people do it in their settings."""

import contextlib
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from causerie.accounts.stepping_up import LATELY
from tests.e2e.house import House
from tests.e2e.looking import AXE, STILL, faults, looked_at
from tests.e2e.people import Person
from tests.e2e.test_signing_in import has_device

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(180),
]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "data")
    house.settings["CAUSERIE_WEB_PUBLIC_URL"] = house.address
    house.start()
    yield house
    house.stop()


async def with_passkey(place: House, person: Person) -> None:
    """An account, by a passkey."""
    await has_device(person.page)
    await person.page.goto(f"{place.address}/welcome")
    await person.page.get_by_label("What shall we call you?").fill(person.name)
    await person.press("Make an account with a passkey")
    await person.page.wait_for_url(f"{place.address}/")


async def test_somebody_takes_along_what_is_kept_and_goes(place: House, browser: Browser, tmp_path: Path) -> None:
    person = await Person.sits_down(browser, "Aurélie Sandoz")
    page, settings = person.page, f"{place.address}/settings"
    await with_passkey(place, person)
    await page.goto(settings)
    await person.press("Pack it")
    link = page.get_by_role("link", name="Take it along")
    await expect(link).to_be_visible(timeout=30_000)
    async with page.expect_download() as coming:
        await link.click()
    file = tmp_path / "own.zip"
    await (await coming.value).save_as(file)
    with zipfile.ZipFile(file) as pack:
        assert "Aurélie Sandoz" in pack.read("index.html").decode()
        assert b"Chrome" in pack.read("data/sessions.json")

    await page.get_by_role("button", name="Delete your account…").click()
    last = page.get_by_role("button", name="Delete for good")
    await expect(last).to_be_disabled()
    await page.get_by_label("Type your name").fill(person.name)
    await last.click()
    await page.wait_for_url(f"{place.address}/")

    await person.sees("Your account is deleted.")
    assert await page.evaluate("fetch('/api/v1/me').then((it) => it.json()).then((me) => me.person)") is None
    await page.goto(f"{place.address}/welcome")
    await person.press("Sign in with a passkey")
    await person.sees("This passkey does not open anything here.")
    assert person.faults == []


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_pages_of_ones_own(place: House, browser: Browser, language: str) -> None:
    person = await Person.sits_down(browser, "Aurélie Sandoz", **STILL)
    await with_passkey(place, person)
    await person.context.add_init_script(AXE)

    found = {"settings": await looked_at(person.page, f"{place.address}/settings?lang={language}", "#own-h")}
    await person.page.locator(".button--wax").click()
    await person.page.locator("#goodbye-name").wait_for()
    found["goodbye"] = await faults(person.page)

    assert {page: said for page, said in found.items() if said} == {}


async def test_who_signed_in_long_ago_does_so_anew_before_a_way_in_is_added(tmp_path: Path, browser: Browser) -> None:
    house = House(tmp_path / "data", settings={"CAUSERIE_SIGN_IN_PASSWORDS": "true"})
    house.settings["CAUSERIE_WEB_PUBLIC_URL"] = house.address
    house.start()
    person = await Person.sits_down(browser, "Aurélie Sandoz", **STILL)
    await person.context.add_init_script(AXE)
    page = person.page
    await with_passkey(house, person)
    with contextlib.closing(sqlite3.connect(house.data / "causerie.sqlite", isolation_level=None)) as file:
        file.execute("UPDATE sessions SET created_at = created_at - ?", (LATELY,))

    await page.goto(f"{house.address}/settings")
    await page.get_by_label("New password").fill("a long enough one")
    form = page.locator("form", has=page.get_by_label("New password"))
    await form.get_by_role("button", name="Keep", exact=True).click()
    await person.sees("Sign in once more, to show that it is you.")
    found = await faults(page)
    await person.press("Sign in with a passkey")
    await person.sees("Your password is kept.")

    ways = await page.evaluate("fetch('/api/v1/me/ways-in').then((it) => it.json())")
    house.stop()
    assert (found, ways["password"], len(ways["passkeys"])) == ([], True, 1)


async def test_somebody_is_blocked_from_their_page_and_let_be_again(place: House, browser: Browser) -> None:
    other = await Person.sits_down(browser, "Yuki Tanabe")
    await with_passkey(place, other)
    await other.page.evaluate(GOES_BY)
    person = await Person.sits_down(browser, "Aurélie Sandoz", **STILL)
    page = person.page
    await with_passkey(place, person)
    await person.context.add_init_script(AXE)
    await page.goto(f"{place.address}/@yuki")
    await person.press("Block")
    await person.sees("Yuki Tanabe is blocked, and is not told.")

    found = await looked_at(page, f"{place.address}/settings", "#blocked-h")
    await page.get_by_role("button", name="Let them be: Yuki Tanabe").click()
    await expect(page.locator("#blocked-h")).to_have_count(0)

    assert found == []
    assert person.faults == []


GOES_BY = """() => fetch("/api/v1/me/profile", {
  method: "PUT", headers: {"content-type": "application/json"},
  body: JSON.stringify({name: "Yuki Tanabe", handle: "yuki", bio: "", links: [], languages: []}),
})"""
