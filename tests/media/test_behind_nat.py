"""A machine in a cloud does not know its public address: the name does, and sound comes through all the same.

Who asks the doctor from elsewhere is told which doors of its firewall are shut.
"""

import re

import pytest

from tests.media.beyond_nat import TONE
from tests.media.nat import CLIENT, PRIVATE, PUBLIC, TCP, UDP, Machine, router, why_not


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


async def asked(doctor: Machine, address: str) -> tuple[int, str]:
    """How the doctor ended, and what it said without the colours and line breaks of a terminal."""
    doctor.hears(address)
    told = await doctor.says()
    return told["code"], " ".join(told["said"])


async def test_the_doctor_at_another_machine_meets_what_a_listener_would():
    if reason := why_not():
        pytest.skip(reason)
    async with router() as between:
        place = await between.plug_in(PRIVATE, "-m", "tests.media.beyond_nat", "place")
        doctor = await between.plug_in(CLIENT, "-m", "tests.media.beyond_nat", "doctor")
        ports = await place.says()
        address, media = f"http://{PUBLIC}:{ports['web']}", ports["media"]

        told = []
        nothing: set[tuple[int, int]] = set()
        for closed in (nothing, {(UDP, media)}, {(TCP, media)}, {(UDP, media), (TCP, media)}, {(TCP, ports["web"])}):
            between.closed = closed
            told.append(await asked(doctor, address))
        place.hears(None)
        doctor.hears(None)

    by_udp, by_tcp = (rf"ok sound by {kind}: arrives in \d+ ms \({PUBLIC}:{media}\)" for kind in ("UDP", "TCP"))
    wanted = [
        (0, f"{by_udp} {by_tcp}$"),
        (0, f"{by_tcp} warn UDP {media} is closed"),
        (0, f"{by_udp} warn TCP {media} is closed"),
        (1, "fault sound comes neither by UDP nor by TCP"),
        (1, f"fault {address} does not answer"),
    ]
    assert [code for code, _ in told] == [code for code, _ in wanted]
    assert [text for (_, text), (_, words) in zip(told, wanted, strict=True) if not re.search(words, text)] == []
