"""A machine in a cloud does not know its public address: the name does, and sound comes through all the same."""

import re

import pytest

from tests.media.beyond_nat import TONE
from tests.media.nat import CLIENT, PRIVATE, PUBLIC, router, why_not


async def test_a_listener_hears_a_machine_behind_a_router_by_what_its_name_leads_to():
    if reason := why_not():
        pytest.skip(reason)
    async with router() as between:
        core = await between.plug_in(PRIVATE, "-m", "tests.media.beyond_nat", "core")
        listener = await between.plug_in(CLIENT, "-m", "tests.media.beyond_nat", "listener")

        told = await core.says()
        core.hears(await listener.says())
        answer = await core.says()
        listener.hears(answer)
        heard = await listener.says()

    assert told == [f"{PUBLIC}={PRIVATE}", PRIVATE, "127.0.0.1"]
    candidates = re.findall(r"^a=candidate:\S+ 1 udp \d+ (\S+)", answer, re.MULTILINE | re.IGNORECASE)
    assert set(candidates) == {PUBLIC, PRIVATE, "127.0.0.1"}
    assert heard == {"state": "connected", "tones": [TONE]}
    assert between.led_to == {PUBLIC, CLIENT}
