"""Who is removed or banned, over the real core: nothing of theirs is heard, and nothing comes to them, by any door."""

import asyncio
from pathlib import Path

import pytest

from causerie.stage.encoders import encoder_token
from tests.live.real_ears import Sounding, pieces_with, sounding
from tests.media.engine_people import Page, Voice

ADA, BEN, ENCODER = 440.0, 1_000.0, 1_700.0
SDP = {"content-type": "application/sdp"}

pytestmark = pytest.mark.timeout(60)


async def by_program(here: Sounding, path: str, voice: Voice | None = None, token: str = "") -> tuple[Page, str]:
    """Another program of Ben's connects; gives its ears and the address of its session."""
    page = here.page(voice)
    await page.connection.setLocalDescription(await page.connection.createOffer())
    headers = SDP | ({"authorization": f"Bearer {token}"} if token else {})
    async with here.evening.place.browser(here.evening.ben.cookie) as browser:
        answer = await browser.post(path, content=page.connection.localDescription.sdp, headers=headers)
    assert answer.status_code == 201, answer.text
    page.peer = max(here.evening.place.causerie.media.peers)
    await here.hears_from(page, answer.text)
    return page, answer.headers["location"]


async def token_of_ben(here: Sounding) -> str:
    room, ben = here.evening.place.state().room.id, here.evening.people["Ben"].id
    return (await here.evening.place.causerie.database.write(lambda tx: encoder_token(tx, room, ben)))[0]


def sends(here: Sounding, page: Page) -> bool:
    return here.engine.peer_statistics(page.peer) is not None


@pytest.mark.parametrize(("verb", "code"), [("room.remove", 4001), ("room.ban", 4002)])
@pytest.mark.parametrize("speaks_by", ["page", "encoder"])
async def test_page_player_and_encoder_fall_silent_and_hear_no_more(
    tmp_path: Path, verb: str, code: int, speaks_by: str
):
    async with sounding(tmp_path) as here:
        evening, ada = here.evening, Voice(ADA)
        host = await here.connects(evening.ada, ada)
        await evening.ada.does("microphone.unmute")
        theirs = [await here.connects(evening.ben, Voice(BEN))]
        theirs.append((await by_program(here, "/whep/sparrows"))[0])
        if speaks_by == "page":
            await evening.ada.does("stage.invite", person=evening.id("Ben"))
            await evening.ben.does("stage.accept")
        else:
            theirs.append((await by_program(here, "/whip/sparrows", Voice(ENCODER), await token_of_ben(here)))[0])
        tone = BEN if speaks_by == "page" else ENCODER
        await here.until(lambda: pieces_with(host.ears[0], tone) > 0 and bool(theirs[0].ears[0].pieces))

        told = await evening.ada.does(verb, person=evening.id("Ben"))
        await asyncio.wait_for(evening.ben.task, 5)
        await here.until(lambda: not any(sends(here, page) for page in theirs))
        for page in (host, *theirs):
            page.forget()
        await asyncio.sleep(0.3)

        assert (told["type"], evening.ben.closed) == ("ack", code)
        assert [len(ear.pieces) for page in theirs for ear in page.ears] == [0] * sum(len(p.ears) for p in theirs)
        assert pieces_with(host.ears[0], tone) == 0
        assert {peer.person for peer in here.evening.place.causerie.media.peers.values()} == {evening.id("Ada")}
