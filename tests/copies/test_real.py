"""From voices over the real core to files that people carry away: nothing in between is made up."""

import asyncio
import io
from pathlib import Path

import av
import numpy as np
import pytest

from causerie.clock import SECOND, WallClock
from causerie.copies.queries import copy_of_room
from tests.copies.evening import strength
from tests.live.real_ears import Sounding, sounding
from tests.live.test_real_recording import KEEP, both_speak

now = WallClock().now


async def ready(here: Sounding) -> None:
    """Until its copy is made."""
    place = here.evening.place
    room = place.state().room.id
    async with asyncio.timeout(80):
        while True:
            await place.tick(SECOND)
            await asyncio.sleep(0.05)
            async with place.causerie.database.read() as connection:
                copy = await copy_of_room(connection, room)
            if copy is not None and copy.state != "processing":
                assert copy.state == "ready", copy.failed_text
                return


def sound_of(file: bytes) -> np.ndarray:
    with av.open(io.BytesIO(file)) as opened:
        one_kind = av.AudioResampler(format="flt", layout="mono", rate=48_000)
        parts = [same for part in opened.decode(audio=0) for same in one_kind.resample(part)]
    return np.concatenate([part.to_ndarray()[0] for part in parts])


@pytest.mark.timeout(110)
async def test_a_room_ends_its_copy_is_published_and_both_voices_are_in_its_files(tmp_path: Path):
    async with sounding(tmp_path) as here:
        evening, place = here.evening, here.evening.place
        place.clock.moment = now()
        await both_speak(here)
        await evening.ada.does("recording.start")
        for page in (evening.ada, evening.ben):
            await page.does("recording.consent", **KEEP)
        await asyncio.sleep(2.5)
        place.clock.moment = now()
        await evening.ada.does("room.end")
        place.causerie.jobs.open()
        await ready(here)

        async with place.browser(evening.ada.cookie) as ada, place.browser() as world:
            copy = (await ada.get("/api/v1/rooms/sparrows/copy")).json()
            await ada.post(f"/api/v1/copies/{copy['copy']}/visibility", json={"visibility": "published"})
            shown = (await world.get(f"/api/v1/copies/{copy['copy']}")).json()
            files = {one["kind"]: (await world.get(one["url"])).content for one in shown["files"]}

    for kind in ("mp3", "m4a"):
        heard = sound_of(files[kind])[48_000:]
        assert min(strength(heard, hz) for hz in (440.0, 660.0)) > 10 * strength(heard, 550.0)
    assert [who["name"] for who in shown["speakers"]] == ["Ada", "Ben"]
    assert 2000 < shown["length"] < 6000
