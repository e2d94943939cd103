"""A recording over the real core and the real doors: on the disk lies what people agreed to, and nothing else."""

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from causerie._engine import Track
from causerie.clock import SECOND
from causerie.recordings import queries
from causerie.recordings.words import WORDS
from tests.folders import lying
from tests.live.real_ears import Sounding, sounding
from tests.media.engine_people import Voice

KEEP = {"keep": True, "words": WORDS}
NANO = 1_000_000_000

pytestmark = pytest.mark.timeout(60)


async def both_speak(here: Sounding) -> None:
    """Ada and Ben are on stage, heard."""
    evening = here.evening
    await here.connects(evening.ada, Voice(440.0))
    await here.connects(evening.ben, Voice(660.0))
    cho = await here.connects(evening.cho)
    await evening.ada.does("microphone.unmute")
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await here.until(lambda: sum(bool(ear.pieces) for ear in cho.ears) > 1)


def logs(data: Path) -> list[Path]:
    return lying(data, ".take")


async def finished(here: Sounding) -> None:
    """Until everything is on the disk, and what was withdrawn is off it."""
    place = here.evening.place
    for _ in range(100):
        await place.tick(SECOND)
        await asyncio.sleep(0.05)
        take = place.state().recording.take
        gone = take is not None and all(track.erased for track in take.tracks.values() if track.withdrawn)
        if take is not None and take.state == "processing" and gone:
            return
    raise AssertionError("it is not finished")


async def test_each_of_their_own_a_pause_is_a_gap_and_what_was_taken_back_is_gone(tmp_path: Path):
    async with sounding(tmp_path) as here:
        evening, data = here.evening, here.evening.place.causerie.settings.data
        await both_speak(here)
        await evening.ada.does("recording.start")
        await asyncio.sleep(0.3)
        before = logs(data)
        await evening.ada.does("recording.consent", **KEEP)
        await here.until(lambda: len(logs(data)) == 1)
        await evening.ben.does("recording.consent", **KEEP)
        await here.until(lambda: len(logs(data)) == 2)
        await asyncio.sleep(0.5)
        await evening.ada.does("recording.pause")
        await asyncio.sleep(1.0)
        await evening.ada.does("recording.resume")
        await asyncio.sleep(0.7)
        await evening.ben.does("recording.withdraw")
        await evening.ada.does("recording.stop")
        await finished(here)

        async with evening.place.causerie.database.read() as connection:
            take = evening.place.state().recording.take
            assert take is not None
            [ada] = await queries.kept_tracks(connection, data, take.id)
        track = Track(str(ada.log))

    assert before == []
    assert (ada.name, logs(data)) == ("Ada", [ada.log])
    assert track.packets > 30
    assert any(then - until > 0.8 * NANO for (_, until), (then, _) in pairwise(track.spans()))


async def test_a_disk_in_trouble_is_told_and_it_goes_on_by_itself(tmp_path: Path):
    async with sounding(tmp_path) as here:
        evening, data = here.evening, here.evening.place.causerie.settings.data
        in_the_way = data / "recordings"
        in_the_way.touch()
        await both_speak(here)
        await evening.ada.does("recording.start")
        await evening.ada.does("recording.consent", **KEEP)

        told = await trouble(here, until="broken")
        in_the_way.unlink()
        over = await trouble(here, until=None)
        await here.until(lambda: len(logs(data)) == 1)

    assert (told, over) == ("broken", None)


async def trouble(here: Sounding, *, until: str | None) -> str | None:
    """What the desk reads, once it is this or nothing more comes of it."""
    said = None
    for _ in range(100):
        await here.evening.place.tick(SECOND)
        await asyncio.sleep(0.1)
        said = (await here.evening.ada.enter())["desk"]["recording_trouble"]
        if said == until:
            break
    return said
