"""How a page is looked at: axe finds nothing, nothing is wider than the screen or too small to touch.

With `CAUSERIE_PICTURES=FOLDER` every view that is looked at is also kept as a picture, to lie beside the design.
"""

import os
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

from playwright.async_api import Page

from tests.e2e.people import Person

AXE = (Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
STILL = {"reduced_motion": "reduce"}
PICTURES = os.environ.get("CAUSERIE_PICTURES")

FAULTS = """async () => (await axe.run()).violations.map((rule) =>
  `${rule.id}: ${rule.nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join(" | ")}`)"""
# How many pixels a page is wider than the screen, and what sticks out.
WIDER = """() => {
  const root = document.documentElement, most = root.clientWidth, more = root.scrollWidth - most;
  const out = (box) => box.width > 0 && (box.right > most + 0.5 || box.left < -0.5);
  const named = [...document.body.querySelectorAll("*")].filter((one) => out(one.getBoundingClientRect()))
    .map((one) => one.tagName.toLowerCase() + [...one.classList].map((name) => `.${name}`).join(""));
  return more > 0 ? `${more} px wider (${named.slice(-6).join(", ")})` : "";
}"""
HEADINGS = """() => [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility())
  .map((one) => one.textContent)"""
# WCAG 2.5.8: 24 px; a link in running text is as high as its line, a switch is pressed by its whole label, a card's
# title by the whole card.
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, [role=tab]")]
  .filter((one) => one.checkVisibility() && !one.closest("p, .visually-hidden, .skip-link, [inert]"))
  .map((one) => [one, (one.closest("label, h3:has(a)")?.closest("label, .live-card") ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} is ${box.width} by ${box.height}`)"""
# What is written takes its own direction; a field in which nothing is written has the page's.
ASTRAY = """() => [...document.querySelectorAll("input:is([type=text], [type=search], :not([type])), textarea")]
  .filter((one) => one.checkVisibility() && one.dir !== "ltr")
  .map((one) => [one, getComputedStyle(one)])
  .filter(([, has]) => has.direction !== document.documentElement.dir || has.unicodeBidi !== "plaintext")
  .map(([one, has]) => `${one.outerHTML.slice(0, 80)} runs ${has.direction}, ${has.unicodeBidi}`)"""

_pictures = count(1)


async def _by_day(page: Page) -> list[str]:
    """On a phone."""
    await page.set_viewport_size({"width": 390, "height": 800})
    await page.emulate_media(color_scheme="light")
    found = [f"phone, light: {fault}" for fault in await page.evaluate(FAULTS)]
    found += [f"phone: {fault}" for fault in await page.evaluate(TOO_SMALL)]
    await _kept(page, "phone")
    return found


async def _by_night(page: Page) -> list[str]:
    """At a desk."""
    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.emulate_media(color_scheme="dark")
    found = [f"desk, dark: {fault}" for fault in await page.evaluate(FAULTS)]
    await _kept(page, "desk")
    return found


async def _at_the_edges(page: Page) -> list[str]:
    """At the narrowest and the widest; and whatever it shows has one name."""
    found = []
    for width in (360, 1600):
        await page.set_viewport_size({"width": width, "height": 800})
        if more := await page.evaluate(WIDER):
            found.append(f"at {width}: {more}")
    found += await page.evaluate(ASTRAY)
    headings = await page.evaluate(HEADINGS)
    return found if len(headings) == 1 else [*found, f"headings: {headings}"]


async def _kept(page: Page, where: str) -> None:
    if PICTURES:
        story = os.environ["PYTEST_CURRENT_TEST"].split("::")[-1].split(" ")[0]
        await page.screenshot(path=f"{PICTURES}/{story}-{next(_pictures):03}-{where}.png")


async def faults(page: Page) -> list[str]:
    """By day on a phone, by night at a desk, and at the narrowest and the widest."""
    return [*await _by_day(page), *await _by_night(page), *await _at_the_edges(page)]


async def in_every_light(page: Page) -> list[str]:
    """On a phone and at a desk, by day and by night; on none of them is anything cut off."""
    found = []
    for where, width in (("phone", 390), ("desk", 1280)):
        for light in ("light", "dark"):
            await page.set_viewport_size({"width": width, "height": 800})
            await page.emulate_media(color_scheme=light)  # type: ignore[arg-type]  # one of the two it knows
            found += [f"{where}, {light}: {fault}" for fault in await page.evaluate(FAULTS)]
            found += [f"{where}: {more}"] if (more := await page.evaluate(WIDER)) else []
            found += await page.evaluate(ASTRAY)
            await _kept(page, f"{where}-{light}")
    return found


async def glance(page: Page) -> list[str]:
    """For a view that differs little from another: by day on a phone, or, right to left, by night at a desk."""
    right_to_left = await page.evaluate("() => document.documentElement.dir === 'rtl'")
    return [*await (_by_night if right_to_left else _by_day)(page), *await _at_the_edges(page)]


async def looked_at(page: Page, address: str, shown: str) -> list[str]:
    """Open an address and look, once `shown` is there."""
    await page.goto(address)
    await page.locator(shown).first.wait_for()
    return await faults(page)


async def goes_in(person: Person, address: str, shown: str) -> None:
    """Through the door, by its one button, in whichever language."""
    await person.page.goto(address)
    await person.page.locator("main form button[type=submit]").click()
    await person.page.locator(shown).wait_for()


async def sheet_behind(
    desk: Person, sign: str, look: Callable[[Page], Awaitable[list[str]]] = faults, *, nth: int = 0
) -> list[str]:
    """A sheet that lies behind *More* for a host, told by its sign in any language; the nth of those who share one."""
    await desk.page.locator("[data-more]:visible").first.click()
    await desk.page.locator(f".deed:has(use[href$='#i-{sign}'])").nth(nth).click()
    await desk.page.locator("dialog[open] .sheet__title").wait_for()
    found = await look(desk.page)
    await desk.page.keyboard.press("Escape")
    await desk.page.locator("dialog").wait_for(state="detached")
    return found
