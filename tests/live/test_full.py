"""A machine without headroom takes no more listeners; who hears, speaks or leads notices nothing."""

from collections.abc import Iterator

import pytest

from tests.live.conftest import Evening, no_headroom
from tests.sound_on_paper import OFFER

FULL = ("media.full", "Live sound is full at the moment: listen by the stream.")


@pytest.fixture
def full(evening: Evening) -> Iterator[Evening]:
    with no_headroom(evening):
        yield evening


async def test_who_comes_to_listen_is_told_at_the_door(full: Evening):
    told = await full.visitor.does("media.offer", sdp=OFFER)

    assert (told["type"], told["code"], told["text"]) == ("refused", *FULL)
    assert full.place.engine.peers == {}
    assert full.place.causerie.media.peers == {}


async def test_who_comes_in_by_an_offer_is_in_the_room_without_live_sound(full: Evening):
    page = full.place.page(full.place.visitor())

    snapshot = await page.enter(sdp=OFFER)

    assert snapshot["type"] == "snapshot"
    assert [(frame["type"], frame.get("code")) for frame in page.frames[1:]] == [("refused", "media.full")]


async def test_who_leads_comes_in_all_the_same(full: Evening):
    assert (await full.ada.does("media.offer", sdp=OFFER))["type"] == "ack"


async def test_who_is_asked_to_speak_comes_in_all_the_same(full: Evening):
    await full.ada.does("stage.invite", person=full.id("Ben"))

    assert (await full.ben.does("media.offer", sdp=OFFER))["type"] == "ack"
    assert (await full.cho.does("media.offer", sdp=OFFER))["code"] == "media.full"


async def test_who_speaks_and_comes_back_by_another_line_is_let_in(evening: Evening):
    await evening.ben.does("media.offer", sdp=OFFER)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await evening.ben.leave()
    again = evening.place.page(evening.ben.cookie)
    await again.enter()

    with no_headroom(evening):
        assert (await again.does("media.offer", sdp=OFFER))["type"] == "ack"


async def test_who_hears_already_may_change_to_another_line(evening: Evening):
    await evening.visitor.does("media.offer", sdp=OFFER)
    (peer,) = evening.place.engine.peers
    evening.place.engine.becomes(peer, "up")
    await evening.visitor.hears(lambda frame: frame["type"] == "sound")

    with no_headroom(evening):
        assert (await evening.visitor.does("media.offer", sdp=OFFER))["type"] == "ack"
