"""The programme in a real browser: one mixed sound for the audience, voices for who speaks."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.e2e.house import opened
from tests.e2e.people import Person
from tests.e2e.salon import Salon

A, B, C = 440, 660, 880
TONES = [A, B, C]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hall(one_browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Salon]:
    """A house in which one listener is enough for a programme."""
    folder = tmp_path_factory.mktemp("hall")
    with opened(folder / "data", settings={"CAUSERIE_MEDIA_MIXED_ABOVE": "0"}) as house:
        yield await Salon.of(house, one_browser)


async def test_the_audience_hears_all_who_speak_and_who_is_brought_up_hears_no_echo(
    hall: Salon, browser: Browser
) -> None:
    evening, host = await hall.evening(browser, A)
    listener = await Person.sits_down(browser, "Samuel Okafor")
    await evening.joined_by(listener)
    await listener.hears_exactly({A}, TONES)
    guest = await Person.sits_down(browser, "Ines Duarte", C)
    await evening.joined_by(guest)
    await guest.hears_exactly({A}, TONES)

    await evening.invited(host, guest)
    await guest.press("Accept and speak")

    await host.hears_exactly({C}, TONES)
    await listener.hears_exactly({A, C}, TONES)
    await guest.hears_exactly({A}, TONES)
