"""A network that lets no live sound through, and the room's own stream: one hears what is said, some seconds later."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.house import opened
from tests.e2e.people import Person
from tests.e2e.salon import TITLE, Salon
from tests.e2e.test_poor_lines import CLOSED

A, C = 440, 880
TONES = [A, C]
STREAM = "You hear the stream, about 10 s later."
# Whom the packets of each line have named in the last seconds, of the connection that is heard.
NAMED = """() => window.__ears.peers.filter((peer) => peer.connectionState === "connected").at(-1).getReceivers()
  .map((line) => line.getContributingSources().map((one) => one.source))"""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]


async def test_the_rooms_own_stream_is_heard_where_live_sound_is_not(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Yuki Tanabe")
    await listener.context.add_init_script(CLOSED)

    await evening.joined_by(listener)
    await expect(listener.page.get_by_text(STREAM)).to_be_visible(timeout=45_000)
    await listener.listens_to({A}, TONES, within=30)
    await expect(host.page.get_by_role("complementary", name="Desk").get_by_text("1 person listens")).to_be_visible(
        timeout=15_000
    )

    await listener.page.evaluate("() => (window.open_network = true)")
    await listener.press("Try live again")
    await listener.sees("You hear the room live again.")
    await listener.listens_to({A}, TONES)
    assert listener.faults == []


async def test_the_programme_is_heard_as_the_voices_are_and_says_who_speaks(tmp_path: Path, browser: Browser) -> None:
    with opened(tmp_path / "data", settings={"CAUSERIE_MEDIA_MIXED_ABOVE": "0"}) as house:
        evening = Evening(house)
        host, guest = [await Person.sits_down(browser, *who) for who in (("Aurélie Sandoz", A), ("Samuel Okafor", C))]
        listener = await Person.sits_down(browser, "Yuki Tanabe")
        await evening.opened_by(host, TITLE)
        await evening.joined_by(guest, account=True)
        await evening.invited(host, guest)
        await evening.accepted(guest)
        await evening.joined_by(listener)

        await listener.listens_to({A, C}, TONES)
        # Nobody pauses, so it changes over to the programme after three seconds.
        await listener.page.wait_for_function(f"() => ({NAMED})()[3].length === 2", timeout=15_000)
        mixed = (await listener.page.evaluate(NAMED))[3]
        await listener.page.get_by_role("button", name="Sound", exact=True).click()
        await listener.page.get_by_role("switch", name="Hear the voices directly").check()
        await listener.page.wait_for_timeout(4000)
        voices = await listener.page.evaluate(NAMED)
        await listener.listens_to({A, C}, TONES)

        # The silence with which voices end before the programme begins is nobody's: 0.
        assert (len(mixed), {one for line in voices[:3] for one in line} - {0}) == (2, set(mixed))
        assert host.faults == guest.faults == listener.faults == []
