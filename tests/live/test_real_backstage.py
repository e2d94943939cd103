"""What is said backstage, over the real core and the real doors: not a packet to anybody else, no frame on air."""

import asyncio
from pathlib import Path

import pytest

from tests.live.real_ears import BACKSTAGE, Sounding, pieces_with, sounding
from tests.media.engine_people import Page, Voice
from tests.place import Frame

ON_AIR, ASIDE, GUEST = 440.0, 1_700.0, 1_000.0
PRESSES = 100
FRAME = 0.02

pytestmark = pytest.mark.timeout(60)


async def gathered(here: Sounding, ada: Voice) -> tuple[Page, Page]:
    """Ada speaks on stage, Ben backstage, Cho listens; gives the ears of Ben and Cho."""
    evening = here.evening
    await here.connects(evening.ada, ada)
    ben = await here.connects(evening.ben, Voice(GUEST))
    cho = await here.connects(evening.cho)
    await evening.ada.does("room.set", backstage=True)
    await evening.ada.does("microphone.unmute")
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await here.until(lambda: any(ear.pieces for ear in cho.ears) and any(ear.pieces for ear in ben.ears))
    return ben, cho


async def holds(here: Sounding, voice: Voice) -> list[Frame]:
    """One press as the page makes it: still, backstage, a word, still, on stage again."""
    told = []
    for on, then, frames in ((True, ASIDE, 2), (False, ON_AIR, 1)):
        voice.hz = 0.0
        await asyncio.sleep(2 * FRAME)
        told.append(await here.evening.ada.does("backstage.talk", on=on))
        voice.hz = then
        await asyncio.sleep(frames * FRAME)
    return told


async def test_a_hundred_presses_and_not_a_frame_of_it_on_air(tmp_path: Path):
    ada = Voice(ON_AIR)
    async with sounding(tmp_path) as here:
        ben, cho = await gathered(here, ada)

        told = [frame["type"] for _ in range(PRESSES) for frame in await holds(here, ada)]
        await here.until(lambda: pieces_with(cho.ears[0], ON_AIR) > 0)

        assert told == ["ack"] * (2 * PRESSES)
        assert pieces_with(ben.ears[BACKSTAGE], ASIDE) >= PRESSES / 2
        assert cho.ears[BACKSTAGE].pieces == []
        assert [pieces_with(ear, hz) for ear in cho.ears for hz in (ASIDE, GUEST)] == [0] * 2 * len(cho.ears)
        assert [pieces_with(ear, ASIDE) for ear in ben.ears[:BACKSTAGE]] == [0] * BACKSTAGE


async def test_brought_on_air_the_guest_is_heard_by_all_and_hears_no_more_of_backstage(tmp_path: Path):
    ada = Voice(ON_AIR)
    async with sounding(tmp_path) as here:
        ben, cho = await gathered(here, ada)
        before = [pieces_with(ear, GUEST) for ear in cho.ears]

        await here.evening.ada.does("stage.put_on_air", person=here.evening.id("Ben"))
        await here.until(lambda: any(pieces_with(ear, GUEST) for ear in cho.ears))
        ben.forget()
        ada.hz = ASIDE
        await here.evening.ada.does("backstage.talk", on=True)
        await asyncio.sleep(10 * FRAME)

        assert before == [0] * len(cho.ears)
        assert (ben.ears[BACKSTAGE].pieces, cho.ears[BACKSTAGE].pieces) == ([], [])
