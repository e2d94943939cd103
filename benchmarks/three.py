"""A host, a speaker and a listener in one live room, each at a browser of their own."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import async_playwright

from tests.e2e.evening import Evening
from tests.e2e.house import opened
from tests.e2e.people import Person, chromium

HOST, SPEAKER = 440, 880


@dataclass
class Three:
    """They stand before the first press that is measured: nobody but the host is on stage."""

    evening: Evening
    host: Person
    speaker: Person
    listener: Person


@asynccontextmanager
async def three(title: str, **settings: str) -> AsyncIterator[Three]:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data", settings=settings) as house:
        async with async_playwright() as playwright:
            browser = await chromium(playwright)
            host = await Person.sits_down(browser, "Aurélie Sandoz", HOST)
            speaker = await Person.sits_down(browser, "Karim Tafrout", SPEAKER)
            listener = await Person.sits_down(browser, "Fiona MacRae")
            evening = Evening(house)
            await evening.opened_by(host, title)
            await asyncio.gather(evening.joined_by(speaker), evening.joined_by(listener))
            yield Three(evening, host, speaker, listener)
            await browser.close()
