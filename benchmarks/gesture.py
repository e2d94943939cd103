"""From the press of *Listen* to the first sound in the page: 30 fresh visits to the demo room."""

import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from benchmarks.report import spread, write
from tests.e2e.house import opened
from tests.e2e.people import chromium

TRIES = 30
FIRST_SOUND = """() => {
  const [pressed] = performance.getEntriesByName("causerie:gesture");
  const [heard] = performance.getEntriesByName("causerie:first-sound");
  return pressed && heard ? heard.startTime - pressed.startTime : null;
}"""


async def one_visit(browser: Browser, address: str) -> float:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{address}/r/demo")
    await page.get_by_role("button", name="Listen", exact=True).click()
    took = await page.wait_for_function(FIRST_SOUND, timeout=20_000, polling=20)
    milliseconds = float(await took.json_value())
    await context.close()
    return milliseconds


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data", demo=True) as house:
        async with async_playwright() as playwright:
            browser = await chromium(playwright, ears_open=False)
            took = [await one_visit(browser, house.address) for _ in range(TRIES)]
            await browser.close()
    write(
        "gesture",
        "make bench ARGS=gesture",
        [
            f"Press of *Listen* to first sound, Chromium on the same machine: **{spread(took)}**.",
            "",
            "Must: p50 ≤ 350 ms, p95 ≤ 800 ms. Each try is a fresh browser context; the voices pause between",
            "sentences, and such a pause is in the figure.",
        ],
    )
