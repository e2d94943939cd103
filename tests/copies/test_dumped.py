"""What a host took out before the audience heard it is in no copy of the room, and in no answer for who came later."""

from pathlib import Path

from causerie.copies.plan import Range
from causerie.copies.planning import planned
from causerie.copies.timeline import RATE
from causerie.recordings.files import log_of
from tests.copies.evening import ADA, BEN, moment, sound_of, voices
from tests.copies.held import VOICES, Held, ended, pages, speak, spoken, turn
from tests.live.conftest import Evening, evening_in
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


async def answered(place: Place, delay: int) -> Evening:
    """In the first six seconds a question was answered, with so much safety delay."""
    evening = await evening_in(place)
    await evening.ada.does("room.set", safety_delay=delay)
    await speak(evening)
    began = place.clock.now()
    question = (await evening.cho.does("question.ask", text="Who speaks?", myself=False))["made"]
    await evening.ada.does("floor.pick", question=question)
    await turn(place, 6)
    await evening.ada.does("floor.answered", question=question)
    (take,) = place.state().recording.takes.values()
    for track in take.tracks.values():
        spoken(log_of(place.causerie.settings.data, take.id, track.id), began, VOICES[track.name])
    return evening


async def caught_up(place: Place, seconds: float) -> tuple[list[Path], int]:
    """So much later: the files there are, and how many answers can be heard."""
    await turn(place, seconds)
    for _ in range(3):
        await place.causerie.catch_up.sweep()
    files = place.causerie.settings.data / "files" / "catch-up"
    return list(files.rglob("*.m4a")), len(place.state().recording.catch_up)


async def test_who_came_later_does_not_hear_an_answer_before_the_audience_does(tmp_path: Path):
    async with opened(tmp_path / "data") as place:
        await answered(place, 10)
        before, offered_before = await caught_up(place, 19)
        after, offered = await caught_up(place, 1)

    assert (before, offered_before, len(after), offered) == ([], 0, 1, 1)


async def test_an_answer_that_was_heard_stays_whole_where_the_delay_was_raised_before_a_moment_is_dumped(
    tmp_path: Path,
):
    async with opened(tmp_path / "data") as place:
        evening = await answered(place, 0)
        [whole], _ = await caught_up(place, 17)
        await evening.ada.does("room.set", safety_delay=20)
        await evening.ada.does("room.dump")
        [left], offered = await caught_up(place, 0)

    assert (left, offered) == (whole, 1)
