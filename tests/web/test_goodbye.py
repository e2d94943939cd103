"""A server that is stopped on purpose tells its pages when to come back, and not all at once."""

import asyncio
import re
from pathlib import Path

import pytest

from causerie.live.recorder import LAST_WORDS
from causerie.recordings.words import WORDS
from causerie.web.goodbye import come_back
from tests.live.lines import Line
from tests.served import entered, opening, served
from tests.sound_on_paper import OFFER, PaperEngine


def test_everybody_has_a_moment_of_their_own_in_a_round_that_is_as_long_as_all_need():
    moments = [come_back(3_000, chance) for chance in (0.0, 0.5, 0.999)]

    assert moments == ["restart 2000 1500", "restart 2750 1500", "restart 3498 1500"]
    assert come_back(10_000, 0.5) == "restart 4500 5000"


async def test_stopped_on_purpose_it_says_when_to_come_back(tmp_path: Path):
    async with served(tmp_path) as (place, port):
        ada, cookie = await place.person("Ada", may_open_rooms=True)
        await place.room(ada)
        pages = [await opening(port, cookie) for _ in range(3)]
        for page in pages:
            await entered(page)

    for page in pages:
        await page.wait_closed()
    reasons = [page.close_reason or "" for page in pages]

    assert [page.close_code for page in pages] == [1012, 1012, 1012]
    assert all(re.fullmatch(r"restart (2\d|3[0-4])\d\d 1500", reason) for reason in reasons), reasons
    assert len(set(reasons)) > 1


async def is_recorded(page: Line) -> None:
    """Whoever leads the room speaks, and has said yes."""
    await page.comes()
    await page.does("room.enter", room="sparrows", sdp=OFFER)
    for do in ("room.start", "microphone.unmute", "recording.start"):
        assert (await page.does(do))["type"] == "ack", do
    assert (await page.does("recording.consent", keep=True, words=WORDS))["type"] == "ack"


@pytest.mark.parametrize("answers", [True, False])
async def test_what_was_said_is_on_the_disk_before_anybody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, answers: bool
):
    happened: list[str] = []

    class Disk(PaperEngine):
        def close_track(self, track: int) -> None:
            happened.append(f"closed, {len(self.recorded)} recorded")
            if answers:
                super().close_track(track)

    monkeypatch.setattr("causerie.web.line.come_back", lambda *_: happened.append("told") or "restart 0 0")
    monkeypatch.setattr("tests.served.PaperEngine", Disk)
    async with served(tmp_path) as (place, port):
        ada, cookie = await place.person("Ada", may_open_rooms=True)
        await place.room(ada)
        await is_recorded(Line(port, cookie))
        before = len(place.engine.recorded)
        stops = asyncio.get_running_loop().time()
    took = asyncio.get_running_loop().time() - stops

    assert (before, happened[:2]) == (1, ["closed, 0 recorded", "told"])
    assert answers or took > LAST_WORDS
