"""From the host's press of *Bring to stage* to the first syllable at a listener: whoever speaks had said *Ready*."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright, expect

from benchmarks.report import spread, write
from tests.e2e.evening import Evening
from tests.e2e.house import opened
from tests.e2e.people import Person, chromium, first_sound

TRIES = 12
HOST, SPEAKER = 440, 880


async def one_call(host: Person, speaker: Person, listener: Person) -> float:
    await speaker.press("Raise hand")
    await speaker.press("Ready")
    await host.sees("Next up, ready")
    pressed = await listener.watch_from_now([SPEAKER])
    await host.press(f"Bring to stage, {speaker.name}")
    await listener.hears_exactly({SPEAKER}, [SPEAKER], within=15)
    heard = first_sound(await listener.log_since(pressed))
    assert heard is not None
    await speaker.press("Step down")
    await expect(speaker.button("Raise hand")).to_be_visible()
    await listener.hears_exactly(set(), [SPEAKER])
    return heard - pressed


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        async with async_playwright() as playwright:
            browser = await chromium(playwright)
            host = await Person.sits_down(browser, "Aurélie Sandoz", HOST)
            speaker = await Person.sits_down(browser, "Karim Tafrout", SPEAKER)
            listener = await Person.sits_down(browser, "Fiona MacRae")
            evening = Evening(house)
            await evening.opened_by(host, "How soon is now?")
            await asyncio.gather(evening.joined_by(speaker), evening.joined_by(listener))
            took = [await one_call(host, speaker, listener) for _ in range(TRIES)]
            await browser.close()
    write(
        "onair",
        "make bench ARGS=onair",
        [
            f"Press of *Bring to stage* to the first syllable at a listener, asker ready: **{spread(took)}**.",
            "",
            "Must: p50 ≤ 4 s. The 3-2-1 is in it, and the press itself.",
        ],
    )
