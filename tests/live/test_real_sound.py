"""The same doors over the real media core: what it answers, and what it cannot read."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from causerie._engine import Engine
from tests.live.conftest import Evening, evening_in
from tests.place import opened

CHROMIUM = Path(__file__).parents[2] / "crates" / "sfu" / "tests" / "offers" / "chromium.sdp"
LARGEST = 64 * 1024


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Evening]:
    engine = Engine(bind="127.0.0.1", port=0, advertise=["127.0.0.1"], workers=1)
    async with opened(tmp_path, engine=engine) as place:
        yield await evening_in(place)


async def test_an_offer_of_chromium_is_answered(evening: Evening):
    offer = await asyncio.to_thread(CHROMIUM.read_text)

    told = await evening.ben.does("media.offer", sdp=offer)

    (answer,) = [frame for frame in evening.ben.frames if frame["type"] == "answer"]
    assert (told["type"], answer["id"]) == ("ack", told["id"])
    assert answer["sdp"].count("m=audio") == offer.count("m=audio")
    assert "a=candidate" in answer["sdp"]
    assert len(evening.place.causerie.media.peers) == 1


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "hello",
        "v=0",
        "v=0\r\n" * 5_000,
        "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" * 1500,
        "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
        "\u0000" * 1000,
        "ا" * 1000,
    ],
    ids=["nothing", "a word", "a beginning", "thousands of lines", "too many sounds", "data", "zeros", "Arabic"],
)
async def test_what_is_no_offer_is_refused_and_the_next_is_answered(evening: Evening, broken: str):
    refused = await evening.ben.does("media.offer", sdp=broken)
    told = await evening.ben.does("media.offer", sdp=await asyncio.to_thread(CHROMIUM.read_text))

    assert (refused["type"], told["type"]) == ("refused", "ack")
    assert refused["code"].startswith("sdp.")
    assert len(evening.place.causerie.media.peers) == 1


async def test_an_offer_without_a_fingerprint_is_refused(evening: Evening):
    offer = await asyncio.to_thread(CHROMIUM.read_text)
    bare = "".join(line for line in offer.splitlines(keepends=True) if not line.startswith("a=fingerprint"))

    refused = await evening.ben.does("media.offer", sdp=bare)

    assert (refused["type"], refused["code"][:4]) == ("refused", "sdp.")


async def test_an_offer_over_the_limit_is_refused(evening: Evening):
    refused = await evening.ben.does("media.offer", sdp="x" * (LARGEST - 100))
    too_large = await evening.ben.does("room.enter", room="sparrows", sdp="v=0" + "x" * (LARGEST - 200))

    assert (refused["type"], too_large["type"]) == ("refused", "refused")
