"""An answer's page in a real browser: read without a script, looked at from all sides, heard with our player."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from causerie.copies import keys
from tests.copies.shelf import ANSWERS, NAME, Shelf, shelved
from tests.copies.test_hearing import recorded
from tests.e2e.looking import AXE, STILL, faults
from tests.served import served

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]
TITLES = {"en": "Can a river have rights?", "ar": "هل للنهر حقوق؟"}


@pytest_asyncio.fixture(loop_scope="session", params=["en", "ar"])
async def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Shelf, str]]:
    """A published copy behind a real server, with sound that plays."""
    async with served(tmp_path / "data") as (place, port):
        shelf = await shelved(place, TITLES[request.param], language=request.param)
        sound = recorded(tmp_path / "sound.mp3", "mp3", "libmp3lame", 48_000, 9, "mono").read_bytes()
        await place.causerie.house.copying.storage.keep(keys.of_edition(NAME, 1) + "answers/01.mp3", sound)
        yield shelf, f"http://localhost:{port}"


async def test_it_is_for_everybody(shelf: tuple[Shelf, str], browser: Browser) -> None:
    _, address = shelf
    context = await browser.new_context(**STILL)
    page = await context.new_page()
    await context.add_init_script(AXE)
    said = list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    found = {}
    for path in (f"/a/{ANSWERS['nour']}", f"/a/{ANSWERS['ben']}", f"/e/a/{ANSWERS['nour']}"):
        await page.goto(address + path)
        await page.locator("h1").wait_for()
        found[path] = await faults(page)

    assert {path: told for path, told in found.items() if told} == {}
    assert said == [], "nothing is kept out by the page's own policy"


async def test_it_reads_without_a_script(shelf: tuple[Shelf, str], browser: Browser) -> None:
    _, address = shelf
    page = await (await browser.new_context(java_script_enabled=False)).new_page()

    await page.goto(f"{address}/a/{ANSWERS['nour']}")

    await expect(page.locator("h1")).to_have_text("Who speaks for the <river>?")
    await expect(page.locator("audio[controls]")).to_be_visible()
    await expect(page.get_by_text("You said what you saw.")).to_be_visible()
    assert await page.locator("button:visible").count() == 0, "nothing is shown that does nothing"


async def test_it_is_heard_faster_and_followed(shelf: tuple[Shelf, str], browser: Browser) -> None:
    _, address = shelf
    page = await (await browser.new_context()).new_page()
    await page.goto(f"{address}/a/{ANSWERS['nour']}")

    await page.locator("[data-do=speed]").click()
    await page.locator("[data-do=follow]").click()
    await page.locator(".play").click()

    await page.wait_for_function("() => document.querySelector('audio').currentTime > 0.3")
    assert await _playing(page) == [True, 1.25, False]
    await page.locator(".wave input").evaluate("one => { one.value = 5; one.dispatchEvent(new Event('input')); }")
    await expect(page.locator(".is-heard")).to_contain_text("On the boats")
    await expect(page.locator(".answer__at")).to_have_text("0:05")
    await page.locator(".play").click()
    assert await _playing(page) == [False, 1.25, False]


async def _playing(page: Page) -> list[bool | float]:
    """Whether it plays, how fast, and whether the browser's own player is still there."""
    told: list[bool | float] = await page.evaluate(
        "() => { const a = document.querySelector('audio'); return [!a.paused, a.playbackRate, a.controls]; }"
    )
    return told
