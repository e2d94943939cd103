"""What a host took out before the audience heard it is in no copy of the room, and in no answer for who came later."""

from pathlib import Path

from causerie.copies.plan import Range
from causerie.copies.planning import planned
from causerie.copies.timeline import RATE
from tests.copies.evening import ADA, BEN, moment, sound_of, voices
from tests.copies.held import Held, ended, pages, speak, turn
from tests.live.conftest import evening_in
from tests.place import Place, opened


async def dumped(place: Place) -> Held:
    """Ada and Ben speak for twelve seconds; what was said from the third second to before the sixth is taken out."""
    evening = await evening_in(place)
    await evening.ada.does("room.set", safety_delay=10)
    story = Held(evening, 0, {name: page.cookie for name, page in pages(evening).items()})
    await speak(evening)
    story.began = place.clock.now()
    await turn(place, 3)
    await evening.ada.does("room.dump")
    for seconds, text in ((2, "A name that should not fall."), (1, ""), (1, "On the boats we had a rule.")):
        await turn(place, seconds)
        if text:
            await evening.ada.does("caption.say", text=text, speaker=evening.id("Ada"))
        else:
            await evening.ada.does("room.dump")
    await turn(place, 5)
    await ended(story)
    return story


async def test_it_is_in_no_sound_and_no_words_of_the_copy(tmp_path: Path):
    data = tmp_path / "data"
    async with opened(data) as place:
        place.causerie.jobs.open()
        story = await dumped(place)
        edition = await story.made()
        copy = await story.copy()
        assert copy is not None
        assert edition.contents is not None
        async with place.causerie.database.read() as connection:
            plan = await planned(connection, data, copy)
        folder = data / "files" / "copies" / copy.name / str(edition.number)
        sound = sound_of(folder / "sound/room.mp3")
        alone = sound_of(folder / "sound/speakers/01.flac")

    began = story.began * 1_000_000
    assert plan.hidden == tuple(Range(began + moment(a) - moment(0), began + moment(b) - moment(0)) for a, b in SPANS)
    assert [one.text for one in edition.contents.transcript] == ["On the boats we had a rule."]
    assert abs(len(alone) - 6 * RATE) <= 1
    assert abs(len(sound) - 6 * RATE) < RATE // 10
    assert [voices(sound, *when) for when in ((0.3, 2.7), (4.3, 5.7))] == [{BEN}, {ADA, BEN}]


SPANS = ((0, 3), (3, 6))
