"""The same once with Firefox ESR: it hears a host in Chromium, comes on stage and is heard."""

import asyncio
import time
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.e2e.evening import Evening
from tests.e2e.firefox import Firefox, firefox, there
from tests.e2e.house import House
from tests.e2e.people import EARS, Person

HOST, FOX = 440, 990
TONES = [HOST, FOX]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(480),
    pytest.mark.skipif(not there(), reason="Firefox ESR and PulseAudio are packages of Debian"),
]

# What a person does, by the names on the screen; it waits until the thing is there.
ACTS = """
window.__find = async (role, name) => {
  const fits = (e) => (e.getAttribute("aria-label") ?? e.textContent).trim().replace(/\\s+/g, " ") === name;
  for (let i = 0; i < 300; i++) {
    const seen = role === "field"
      ? [...document.querySelectorAll("label")].filter(fits).map((l) => l.control)
      : [...document.querySelectorAll("button, a")].filter(fits);
    const usable = seen.find((e) => e && e.offsetParent !== null && !e.disabled);
    if (usable) return usable;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`no ${role} "${name}" on ${document.body.innerText.slice(0, 400)}`);
};
window.__press = async (name) => { (await window.__find("button", name)).click(); };
window.__fill = async (name, text) => {
  const field = await window.__find("field", name);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
"""


async def press(fox: Firefox, name: str) -> None:
    await fox.does("name => window.__press(name)", name)


async def hears_exactly(fox: Firefox, wanted: set[int], within: float = 30.0) -> None:
    deadline, steady, last = time.monotonic() + within, 0, set[int]()
    while time.monotonic() < deadline:
        last = set(await fox.does("pitches => window.__ears.heard(pitches)", TONES))
        steady = steady + 1 if last == wanted else 0
        if steady == 5:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"Firefox hears {sorted(last)}, not {sorted(wanted)}")


async def test_firefox_hears_and_speaks(house: House, browser: Browser, tmp_path: Path) -> None:
    host = await Person.sits_down(browser, "Aurélie Sandoz", HOST)
    evening = Evening(house)
    await evening.opened_by(host, "Can a river have rights?")

    async with firefox(tmp_path / "firefox") as fox:
        await fox.opens(evening.link, f'window.__tone = {{"hz": {FOX}}};\n{EARS}\n{ACTS}')
        await fox.does("text => window.__fill('Your name', text)", "Yuki Tanabe")
        await press(fox, "Listen")
        await hears_exactly(fox, {HOST})

        await press(fox, "Raise hand")
        await host.press("Bring to stage, Yuki Tanabe")
        await press(fox, "Accept and speak")

        await host.hears_exactly({FOX}, TONES, within=30)
        await hears_exactly(fox, {HOST})
