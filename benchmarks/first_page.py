"""The first page on a poor line and a slow phone, by the browser's own figures: paints, shifts, blocking, bytes."""

import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from benchmarks.report import write
from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.clock import HOUR, WallClock
from causerie.config import read
from causerie.db import Database, Tx
from causerie.rooms.actions import open_room, start
from tests.e2e.house import House
from tests.e2e.people import chromium

TRIES = 7
SETTLED_S = 2.5
# As Lighthouse's slow 4G: 1.6 Mbit/s, 150 ms, a processor four times slower.
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
PHONE = {"width": 390, "height": 844}
GOAL_LCP, GOAL_CLS, GOAL_BLOCKED, GOAL_SCRIPT = 1500, 0.1, 200, 60_000
WATCH = """
  window.__seen = {lcp: 0, what: "", cls: 0};
  window.__tasks = [];
  const look = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({type, buffered: true});
  look("largest-contentful-paint", (entry) => {
    window.__seen.lcp = entry.startTime;
    const what = entry.url ? new URL(entry.url).pathname : (entry.element?.textContent ?? "");
    window.__seen.what = `${entry.element?.tagName ?? ""} ${what.slice(0, 40)}`;
  });
  look("layout-shift", (entry) => { if (!entry.hadRecentInput) window.__seen.cls += entry.value; });
  look("longtask", (entry) => window.__tasks.push([entry.startTime, entry.startTime + entry.duration]));
"""
FOUND = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const fetched = performance.getEntriesByType("resource").map((entry) => ({
    name: new URL(entry.name).pathname, bytes: entry.transferSize, ended: entry.responseEnd,
  }));
  const fcp = paint?.startTime ?? 0;
  // As Lighthouse's total blocking time: what of a task lies behind the first paint, beyond its first 50 ms.
  const held = window.__tasks.map(([begins, ends]) => Math.max(0, ends - Math.max(begins, fcp) - 50));
  return {
    ...window.__seen,
    fcp,
    blocked: held.reduce((sum, one) => sum + one, 0),
    first_byte: page.responseStart,
    page_bytes: page.transferSize,
    fetched,
  };
}"""
COLUMNS = (
    "page",
    "first byte",
    "first paint",
    "**largest paint**",
    "what that is",
    "shift",
    "blocked",
    "document",
    "script",
    "style",
    "everything",
)
Seen = dict[str, Any]


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        cookie = await _evening(data)
        house = House(data)
        house.start()
        try:
            async with async_playwright() as playwright:
                browser = await chromium(playwright)
                visits = {
                    "home, a stranger": [await _visit(browser, house, "/") for _ in range(TRIES)],
                    "home, signed in": [await _visit(browser, house, "/", cookie=cookie) for _ in range(TRIES)],
                    "home, in Arabic": [await _visit(browser, house, "/", locale="ar") for _ in range(TRIES)],
                    "a room's door": [await _visit(browser, house, "/r/can-a-river-have-rights") for _ in range(TRIES)],
                }
                await browser.close()
        finally:
            house.stop()
    lines = [
        "Chromium, 390 × 844, a browser that was never here; the line has 1.6 Mbit/s and 150 ms, the processor is",
        f"{SLOWER} times slower, both by the browser's own protocol. The middle of {TRIES} visits; sizes in bytes on",
        f"the line. Must: largest paint ≤ {GOAL_LCP} ms, script before it ≤ {GOAL_SCRIPT:,}, shift ≤ {GOAL_CLS},",
        f"blocked ≤ {GOAL_BLOCKED} ms.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        f"|{'---|' * len(COLUMNS)}",
        *[_row(name, seen) for name, seen in visits.items()],
    ]
    write("first_page", "make bench ARGS=first_page", lines)


async def _evening(data: Path) -> str:
    """Some rooms that come, one more that is on; the cookie of somebody who leads one of them."""

    async def written(tx: Tx) -> str:
        ada = await accounts.add_person(tx, name="Aurélie Fontaine", guest=False, may_open_rooms=True)
        for n, title in enumerate(
            ("What bees remember of a meadow", "Nachtzüge: warum sie wiederkommen", "Slow reading")
        ):
            await open_room(tx, ada, title=title, starts_at=tx.now + (n + 1) * HOUR)
        await start(tx, await open_room(tx, ada, title="Can a river have rights?"))
        return await accounts.open_session(tx, ada)

    database = Database(read(data=data).database_url, WallClock())
    await database.open()
    try:
        token, _ = await database.write(written)
    finally:
        await database.close()
    return f"{SESSION}={token}"


async def _visit(browser: Browser, house: House, path: str, *, cookie: str = "", locale: str = "en-GB") -> Seen:
    """One visit by a browser that knows nothing yet."""
    context = await browser.new_context(viewport=PHONE, device_scale_factor=2, locale=locale, service_workers="block")
    if cookie:
        name, _, value = cookie.partition("=")
        await context.add_cookies([{"name": name, "value": value, "url": house.address}])
    page = await context.new_page()
    await page.add_init_script(WATCH)
    line = await context.new_cdp_session(page)
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", LINE)
    await line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await page.goto(f"{house.address}{path}", wait_until="load")
    await asyncio.sleep(SETTLED_S)
    seen: Seen = await page.evaluate(FOUND)
    await context.close()
    return seen


def _row(name: str, visits: Sequence[Seen]) -> str:
    """A page's line: the middle of what was seen."""

    def middle(what: str) -> float:
        return statistics.median(seen[what] for seen in visits)

    def bytes_of(seen: Seen, ending: str) -> int:
        before = [one for one in seen["fetched"] if one["ended"] <= max(seen["lcp"], seen["fcp"])]
        return sum(one["bytes"] for one in before if one["name"].endswith(ending))

    one = visits[0]
    everything = one["page_bytes"] + sum(each["bytes"] for each in one["fetched"])
    weights = [one["page_bytes"], bytes_of(one, ".js"), bytes_of(one, ".css"), everything]
    times = (
        f"{middle('first_byte'):.0f} ms | {middle('fcp'):.0f} ms | **{middle('lcp'):.0f} ms** | {one['what'].strip()}"
    )
    sizes = " | ".join(f"{size:,}" for size in weights)
    return f"| {name} | {times} | {middle('cls'):.3f} | {middle('blocked'):.0f} ms | {sizes} |"
