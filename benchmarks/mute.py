"""From the host's press of *Mute* or *Hush* to silence at a listener: the server's 300 ms as the ear has them."""

import asyncio
import re
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from benchmarks.report import spread, write
from tests.e2e.evening import Evening
from tests.e2e.house import opened
from tests.e2e.people import Person, chromium, last_sound

TRIES = 12
HOST, SPEAKER = 440, 880


async def one_mute(evening: Evening, host: Person, speaker: Person, listener: Person) -> float:
    await evening.unmuted(speaker)
    return await silent_after(f"Mute {speaker.name}", host, listener)


async def one_hush(evening: Evening, host: Person, speaker: Person, listener: Person) -> float:
    await evening.unmuted(speaker)
    await host.press("More")
    took = await silent_after(re.compile("^Hush"), host, listener)
    await host.press("Lift the hush")
    return took


async def silent_after(button: str | re.Pattern[str], host: Person, listener: Person) -> float:
    """Milliseconds from the host's press to the listener's last loud look."""
    await listener.hears_exactly({SPEAKER}, [SPEAKER])
    pressed = await host.clock()
    await host.press(button)
    await listener.hears_exactly(set(), [SPEAKER])
    heard_until = last_sound(await listener.log_since(pressed)) or pressed
    return heard_until - pressed


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        async with async_playwright() as playwright:
            browser = await chromium(playwright)
            host = await Person.sits_down(browser, "Aurélie Sandoz", HOST)
            speaker = await Person.sits_down(browser, "Karim Tafrout", SPEAKER)
            listener = await Person.sits_down(browser, "Fiona MacRae")
            evening = Evening(house)
            await evening.opened_by(host, "How fast is quiet?")
            await asyncio.gather(evening.joined_by(speaker), evening.joined_by(listener))
            await speaker.press("Raise hand")
            await host.press(f"Bring to stage, {speaker.name}")
            await evening.accepted(speaker)
            await speaker.press("Mute")
            await listener.watch([SPEAKER])
            muted = [await one_mute(evening, host, speaker, listener) for _ in range(TRIES)]
            hushed = [await one_hush(evening, host, speaker, listener) for _ in range(TRIES)]
            await browser.close()
    write(
        "mute",
        "make bench ARGS=mute",
        [
            f"Press of *Mute* to the last loud look at the listener: **{spread(muted)}**.",
            f"Press of *Hush* to the same: **{spread(hushed)}**.",
            "",
            "In it: the press itself, the command, the gate at the server (must: ≤ 300 ms), the jitter buffer there,",
            "and an analyser of 85 ms that is read every 20 ms.",
        ],
    )
