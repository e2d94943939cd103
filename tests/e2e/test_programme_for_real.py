"""Three real minutes of a programme that begin shortly before sixteen bits of numbers are used up: nobody hears it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.e2e.near_the_wrap import FIRST
from tests.e2e.three_listeners import heard, three_talk

MINUTES = 3
# Seconds; what the core says that the machine kept it from its work comes on top.
LONGEST_GAP = 0.2

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]


async def test_chromium_another_client_and_a_player_hear_three_minutes_over_the_wrap(
    tmp_path: Path, browser: Browser
) -> None:
    with three_talk(tmp_path) as house:
        three = await heard(house, browser, MINUTES * 60)

    numbers, most = three.client.numbers, LONGEST_GAP + three.held.whole
    assert FIRST <= numbers[0] < 2**16 < numbers[0] + 8000 < numbers[-1]
    assert three.client.missing == 0
    assert 0 <= three.client.out_of_time <= most
    assert three.client.gap <= most
    assert three.chromium.packets > 50 * MINUTES * 58
    assert three.chromium.lost == 0
    assert three.chromium.gap <= most
    assert three.chromium.made_up < 0.01 + three.held.whole / (60 * MINUTES)
    assert len(three.player.tenths) > 10 * MINUTES * 58
    assert three.player.gap <= most
