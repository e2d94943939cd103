"""People in real browsers: each speaks one pure tone, and is asked which tones arrive."""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, Playwright, expect

EARS = Path(__file__).with_name("ears.js").read_text(encoding="utf-8")
HEARS_WITHIN = 15.0
PLAIN_PLACE = "salon.example"

WHO = """async () => {
  const me = async () => (await (await fetch("/api/v1/me")).json()).person;
  let person = await me();
  for (; !person; person = await me()) await new Promise(done => setTimeout(done, 50));
  return person.id;
}"""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    # A machine that has only its loopback interface must connect, too.
    "--allow-loopback-in-peer-connection",
    # A name that is no safe place, as a machine's address without https is none.
    f"--host-resolver-rules=MAP {PLAIN_PLACE} 127.0.0.1",
]
# The ears are an AudioContext, which would wait for a gesture of its own; the test of autoplay leaves this flag out.
EARS_OPEN = "--autoplay-policy=no-user-gesture-required"


CHROMIUM = next((path for path in ["/usr/bin/chromium"] if Path(path).exists()), None)


async def chromium(playwright: Playwright, *more: str, ears_open: bool = True) -> Browser:
    """Chromium as the tests want it: the machine's own, else the one Playwright brought."""
    flags = [*FLAGS, *more, EARS_OPEN] if ears_open else [*FLAGS, *more]
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)


@dataclass
class Person:
    """Somebody with a page of their own. `hz` is the pitch of their voice; 0 has no microphone."""

    name: str
    hz: int
    page: Page
    context: BrowserContext
    faults: list[str]

    @classmethod
    async def sits_down(
        cls,
        browser: Browser,
        name: str,
        hz: int = 0,
        *,
        denied: bool = False,
        microphones: dict[str, int] | None = None,
        **options: Any,
    ) -> "Person":
        """`microphones` are several to choose from, each with its own pitch; the first is the system's choice."""
        context = await browser.new_context(permissions=["microphone"], **options)
        context.set_default_timeout(15_000)
        tone = json.dumps({"hz": hz, "denied": denied, "microphones": microphones or {}})
        await context.add_init_script(f"window.__tone = {tone};\n{EARS}")
        page = await context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        return cls(name, hz, page, context, faults)

    async def id(self) -> str:
        """Who they are to the server; a name that was given at the door is on its way for a moment."""
        return str(await self.page.evaluate(WHO))

    async def another_tab(self) -> "Person":
        """The same person in a second page of the same browser."""
        return replace(self, page=await self.context.new_page())

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    async def press(self, name: str | re.Pattern[str]) -> None:
        await self.button(name).first.click()

    async def sees(self, text: str) -> None:
        await expect(self.page.get_by_text(text).first).to_be_visible(timeout=15_000)

    async def sees_not(self, text: str) -> None:
        await expect(self.page.get_by_text(text)).to_have_count(0)

    # ---- ears ----

    async def heard(self, pitches: Iterable[int]) -> set[int]:
        """The pitches that sound at this moment."""
        return set(await self.page.evaluate("pitches => window.__ears.heard(pitches)", list(pitches)))

    async def played(self, pitches: Iterable[int]) -> set[int]:
        """The pitches that come out of the loudspeaker at this moment: of what arrives, and of files."""
        return set(await self.page.evaluate("pitches => window.__ears.played(pitches)", list(pitches)))

    async def hears_exactly(self, wanted: set[int], among: Iterable[int], within: float = HEARS_WITHIN) -> None:
        """Wait until just these pitches arrive, and see them stay for half a second."""
        await self._steady(partial(self.heard, list(among)), wanted, within)

    async def listens_to(self, wanted: set[int], among: Iterable[int], within: float = HEARS_WITHIN) -> None:
        """Wait until just these pitches come out of the loudspeaker, and see them stay for half a second."""
        await self._steady(partial(self.played, list(among)), wanted, within)

    async def _steady(self, sounds: Callable[[], Awaitable[set[int]]], wanted: set[int], within: float) -> None:
        deadline, steady, last = time.monotonic() + within, 0, set[int]()
        while time.monotonic() < deadline:
            last = await sounds()
            steady = steady + 1 if last == wanted else 0
            if steady == 5:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{self.name} hears {sorted(last)}, not {sorted(wanted)}; faults {self.faults}")

    async def watch(self, pitches: Iterable[int]) -> None:
        """Keep a log of how loud these pitches are, every 20 ms."""
        await self.page.evaluate("pitches => window.__ears.watch(pitches)", list(pitches))

    async def clock(self) -> float:
        """Now, in the milliseconds that the log uses; the same for all pages of one machine."""
        return float(await self.page.evaluate("() => window.__ears.now()"))

    async def log_since(self, moment: float) -> list[list[float]]:
        log: list[list[float]] = await self.page.evaluate("moment => window.__ears.since(moment)", moment)
        assert log, "this page keeps no log of what it hears"
        return log

    async def players(self) -> int:
        """How many of the page's own audio elements play."""
        return int(await self.page.evaluate("() => window.__ears.playing()"))

    async def watch_from_now(self, pitches: Iterable[int]) -> float:
        """Begin a log, once it has begun to sound; gives the moment."""
        await self.watch(pitches)
        await asyncio.sleep(0.3)
        return await self.clock()

    # ---- microphone ----

    async def was_asked(self) -> int:
        """How often this page has asked the browser for a microphone."""
        return int(await self.page.evaluate("() => window.__ears.asked.length"))

    async def microphones_held(self) -> int:
        """How many microphones this page has not given back to the system."""
        return int(await self.page.evaluate("() => window.__ears.held()"))

    async def sends_nothing(self) -> None:
        """No track is at a sender, and for one second no sound leaves this page."""
        assert await self.page.evaluate("() => window.__ears.sending()") == 0
        before = await self.page.evaluate("() => window.__ears.sent()")
        await asyncio.sleep(1)
        assert await self.page.evaluate("() => window.__ears.sent()") == before

    async def leaves(self) -> None:
        await self.context.close()


def longest_gap(log: list[list[float]], column: int = 1, floor: float = -55.0) -> float:
    """The longest time in milliseconds without the watched pitch, from one look to the next."""
    longest, since = 0.0, None
    for row in log:
        if row[column] > floor:
            longest = max(longest, row[0] - since) if since is not None else longest
            since = None
        elif since is None:
            since = row[0]
    return max(longest, log[-1][0] - since) if since is not None else longest


def last_sound(log: list[list[float]], column: int = 1, floor: float = -55.0) -> float | None:
    """When the watched pitch was last heard, or None."""
    times = [row[0] for row in log if row[column] > floor]
    return times[-1] if times else None


def first_sound(log: list[list[float]], column: int = 1, floor: float = -55.0) -> float | None:
    """When the watched pitch was first heard, or None."""
    return next((row[0] for row in log if row[column] > floor), None)
