"""Where a network lets no UDP through: sound goes by TCP, to the same port, both ways."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.e2e.evening import Evening
from tests.e2e.house import opened
from tests.e2e.people import Person, chromium
from tests.e2e.salon import TITLE

A, C = 440, 880
TONES = [A, C]
# As a company's policy says it: nothing by UDP, except through a proxy that there is not.
NO_UDP = "--webrtc-ip-handling-policy=disable_non_proxied_udp"
# The protocol of the pair that is in use.
CARRIED_BY = """async () => {
  const [peer] = window.__ears.peers.filter((one) => one.connectionState === "connected");
  const told = [...(await peer.getStats()).values()];
  const transport = told.find((one) => one.type === "transport");
  const pair = told.find((one) => one.id === transport.selectedCandidatePairId);
  return told.find((one) => one.id === pair.remoteCandidateId).protocol;
}"""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]


@pytest_asyncio.fixture(loop_scope="session")
async def shut_in() -> AsyncIterator[Browser]:
    """A browser whose network lets no UDP through."""
    async with async_playwright() as playwright:
        running = await chromium(playwright, NO_UDP)
        yield running
        await running.close()


async def test_by_tcp_one_hears_and_is_heard(tmp_path: Path, browser: Browser, shut_in: Browser, workers: int) -> None:
    with opened(tmp_path / "data", workers=workers) as house:
        evening = Evening(house)
        host = await Person.sits_down(shut_in, "Aurélie Sandoz", A)
        await evening.opened_by(host, TITLE)
        beside = await Person.sits_down(shut_in, "Samuel Okafor", C)
        outside = await Person.sits_down(browser, "Yuki Tanabe")

        await evening.joined_by(beside)
        await evening.joined_by(outside)

        for listener in (beside, outside):
            await listener.hears_exactly({A}, TONES)
        carried = [await person.page.evaluate(CARRIED_BY) for person in (host, beside, outside)]
        assert carried == ["tcp", "tcp", "udp"]

        await evening.invited(host, beside)
        await beside.press("Accept and speak")

        await host.hears_exactly({C}, TONES)
        await outside.hears_exactly({A, C}, TONES)
