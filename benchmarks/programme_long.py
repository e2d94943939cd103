"""Half an hour of a programme over the wrap of its numbers, heard by Chromium, another client and a player."""

import os
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from benchmarks.report import write
from tests.e2e.people import chromium
from tests.e2e.three_listeners import Heard, heard, three_talk

MINUTES = float(os.environ.get("PROGRAMME_MINUTES", "30"))

HEAD = ["| listener | packets | missing | made up | longest time without the tone |", "|---|---|---|---|---|"]


async def listened() -> Heard:
    """The three, in a house of their own."""
    with tempfile.TemporaryDirectory() as folder, three_talk(Path(folder)) as house:
        async with async_playwright() as playwright:
            browser = await chromium(playwright)
            try:
                return await heard(house, browser, MINUTES * 60)
            finally:
                await browser.close()


def lines(of: Heard) -> list[str]:
    """One row for each."""
    page, client, player = of.chromium, of.client, of.player
    return [
        f"| Chromium | {page.packets:,} | {page.lost} | {page.made_up:.2%} | **{page.gap:.2f} s** |",
        f"| aiortc | {len(client.packets):,} | {client.missing} | – | **{client.gap:.1f} s** |",
        f"| PyAV, `stream.mp3` | – | – | – | **{player.gap:.1f} s** |",
    ]


async def measure() -> None:
    three = await listened()
    numbers = three.client.numbers
    write(
        "programme_long",
        "make bench ARGS=programme_long",
        [
            f"Three tones talk for {MINUTES:g} minutes, mixed into one; the packets' numbers begin at {numbers[0]:,}",
            f"and end at {numbers[-1]:,}, over {numbers[-1] // 2**16 - numbers[0] // 2**16} wraps of sixteen bits.",
            "",
            *HEAD,
            *lines(three),
            "",
            f"Over what was left out the clock went on by {three.client.out_of_time:.2f} s at most. The core was kept",
            f"from its work for {three.held.whole:.2f} s in all; what that costs is in the last column.",
            "",
            "Must: no packet missing; the tone never away for longer than 0.2 s and what the core was held up.",
        ],
    )
