"""With a safety delay the room ends on stage before it ends in the ears of its audience: a real page hears the rest."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.e2e.house import opened
from tests.e2e.people import Person, first_sound, last_sound
from tests.e2e.salon import Salon

A = 440
DELAY = 10.0

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]


async def test_the_audience_hears_a_room_to_its_last_word(one_browser: Browser, browser: Browser, tmp_path: Path):
    with opened(tmp_path / "data") as house:
        evening, host = await (await Salon.of(house, one_browser)).evening(browser, A)
        await evening.set(host, safety_delay=10)
        listener = await Person.sits_down(browser, "Samuel Okafor")
        await evening.joined_by(listener)
        await listener.hears_exactly({A}, [A], within=40)

        begun = await listener.watch_from_now([A])
        await evening.does(host, do="room.end")
        await listener.sees("The room has ended")
        told = await listener.clock()
        await asyncio.sleep(DELAY + 4)
        log = await listener.log_since(begun)

    first, last = first_sound(log) or told, last_sound(log) or told
    assert first < told
    # What was said up to the end, and no more: the end was heard by the page at once, by its ears ten seconds later.
    assert DELAY - 3 < (last - told) / 1000 < DELAY + 2, (begun, told, last)
    assert [*listener.faults, *host.faults] == []
