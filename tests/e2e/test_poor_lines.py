"""Poor networks: the line is cut for a while, or lets no sound through. Each says what is so, and what to do next."""

import asyncio
import re

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.looking import AXE, STILL, faults
from tests.e2e.people import Person
from tests.e2e.relay import relayed
from tests.e2e.salon import Salon

A = 440
# A network that lets no sound through: the server's address is a port at which nobody answers, until `open` is said.
CLOSED = """
const set = RTCPeerConnection.prototype.setRemoteDescription;
RTCPeerConnection.prototype.setRemoteDescription = function (told) {
  const shut = (sdp) => sdp.replace(/(a=candidate:\\S+ 1 \\S+ \\d+ \\S+) \\d+/g, "$1 9");
  return set.call(this, window.open_network ? told : { type: told.type, sdp: shut(told.sdp) });
};
"""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]


async def test_a_line_that_is_cut_for_a_while_keeps_the_place_and_comes_back(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    async with relayed(salon.house) as relay:
        listener = await Person.sits_down(browser, "Yuki Tanabe")
        await evening.joined_by(listener, at=relay.address)
        await listener.press("Raise hand")
        await host.sees("Yuki Tanabe raised a hand")
        await listener.sees("You are next. Ready?")

        relay.cut()
        await listener.sees("Your line dropped.")
        await host.sees("not here just now")
        await asyncio.sleep(10)
        relay.mend()
        await listener.press("Try now")

        await expect(listener.page.get_by_text("Your line dropped.")).to_have_count(0)
        await expect(host.page.get_by_text("not here just now")).to_have_count(0)
        await expect(listener.button("Lower hand")).to_be_visible()
        await listener.sees("You are next. Ready?")
        await listener.hears_exactly({A}, [A], within=30)
        assert listener.faults == []


async def test_where_no_sound_comes_through_one_reads_and_asks_and_tries_again(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Yuki Tanabe")
    await listener.context.add_init_script(CLOSED)
    await listener.page.route(re.compile("/stream"), lambda route: route.abort())

    await evening.joined_by(listener)
    await listener.sees("The sound does not reach you.")
    await listener.sees("Asking and voting work. Another network may help.")
    await evening.asked(listener, "Who dredges it?")
    await host.sees("Who dredges it?")

    await listener.page.evaluate("() => (window.open_network = true)")
    await listener.press("Try now")
    await listener.hears_exactly({A}, [A])
    await expect(listener.page.get_by_text("The sound does not reach you.")).to_have_count(0)
    assert listener.faults == []


async def test_a_page_that_could_not_be_fetched_says_so_and_comes_when_tried_again(
    salon: Salon, browser: Browser
) -> None:
    reader = await Person.sits_down(browser, "Yuki Tanabe", service_workers="block", **STILL)
    await reader.context.add_init_script(AXE)
    await reader.page.goto(salon.house.address)
    await reader.page.route("**/assets/SearchPage*", lambda route: route.abort())

    await reader.page.get_by_role("link", name="Search").click()
    await expect(reader.page.get_by_role("heading", name="This page could not be fetched")).to_be_visible()
    await reader.sees("This part of the page could not be fetched.")
    assert await faults(reader.page) == []

    await reader.page.unroute_all()
    await reader.press("Try again")
    await reader.sees("How this is ordered")
