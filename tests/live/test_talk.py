"""Each speaker's share of talking time: by measured voice, told sparingly, kept over a restart."""

from pathlib import Path
from unittest.mock import patch

from causerie.clock import MINUTE, SECOND
from causerie.errors import Away
from tests.live.conftest import Evening, evening_in
from tests.place import Page, opened
from tests.sound_on_paper import OFFER


def talks(page: Page) -> list[dict[str, object]]:
    return [frame for frame in page.frames if frame["type"] == "talk"]


async def on_stage(evening: Evening) -> int:
    """Ben sits on stage with an open microphone; gives his speaker number."""
    number = (await evening.ben.enter(sdp=OFFER))["me"]["number"]
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    return number


async def speaks(evening: Evening, number: int, seconds: int) -> None:
    evening.place.engine.loudest = [number]
    for _ in range(seconds):
        await evening.place.tick(SECOND)
    evening.place.engine.loudest = []


async def test_an_open_microphone_is_no_talking_time(evening: Evening):
    ben = await on_stage(evening)
    await evening.place.tick()

    for _ in range(20):
        await evening.place.tick(SECOND)
    silent = talks(evening.ben)
    await speaks(evening, ben, 12)
    await evening.place.tick(5 * SECOND)

    assert silent == []
    spoken = {evening.id("Ada"): 0, evening.id("Ben"): 12 * SECOND}
    assert talks(evening.ben)[-1] == {"type": "talk", "spoken": spoken, "long": []}
    assert talks(evening.ada) == talks(evening.ben)
    assert talks(evening.cho) == talks(evening.visitor) == []


async def test_it_is_told_at_most_once_in_five_seconds(evening: Evening):
    ben = await on_stage(evening)
    await evening.place.tick()

    await speaks(evening, ben, 60)

    assert 10 <= len(talks(evening.ben)) <= 13


async def test_after_some_minutes_with_the_word_there_is_a_soft_sign_until_one_has_been_quiet(evening: Evening):
    ben = await on_stage(evening)
    await evening.ada.does("room.set", gentle_clock=3)
    await evening.place.tick()

    await speaks(evening, ben, 3 * 60 - 10)
    before = talks(evening.ben)[-1]["long"]
    await speaks(evening, ben, 20)
    after = talks(evening.ben)[-1]["long"]
    await evening.ben.does("microphone.mute")
    await evening.place.tick(6 * SECOND)

    assert (before, after, talks(evening.ben)[-1]["long"]) == ([], [evening.id("Ben")], [])


async def test_who_spoke_how_long_is_there_again_after_a_restart(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        ben = await on_stage(evening)
        await place.tick()
        await speaks(evening, ben, 31)

        async with opened(tmp_path, url=database_url) as again:
            again.clock.turn(MINUTE)
            await again.causerie.rooms.open()

            talked = again.state().stage.talked
    assert talked.keys() == {evening.id("Ben")}
    assert talked[evening.people["Ben"].id] >= 20 * SECOND


async def test_what_could_not_be_written_is_written_later(evening: Evening):
    ben = await on_stage(evening)
    await evening.place.tick()
    database = evening.place.causerie.rooms.turns.database

    async def away(_work, **_how):
        raise Away

    with patch.object(database, "write", away):
        await speaks(evening, ben, 30)
    assert evening.place.state().stage.talked == {}
    await evening.place.tick(11 * SECOND)

    assert evening.place.state().stage.talked == {evening.id("Ben"): 30 * SECOND}
