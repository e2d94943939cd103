"""Clips of a copy: cut, made by themselves, made anew with the copy, taken away with their files."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from functools import partial
from pathlib import Path

import pytest

from causerie.copies import clips, store
from causerie.copies.clip_work import Job
from causerie.copies.contents import Contents, Kept, Voice
from causerie.copies.errors import ClipLong, ClipOutside, ClipShort, ClipSilent
from causerie.copies.queries import clip_by_name, clips_of
from causerie.copies.state import Clip, Copy
from causerie.db import Tx
from causerie.errors import Refusal
from causerie.ids import PersonId
from causerie.recordings import coming
from causerie.recordings.live import RecordedRoom
from tests.copies.held import Held
from tests.copies.sixteen import sixteen
from tests.place import opened

LONG = 16_000
HOST = PersonId("ada")


@pytest.fixture
async def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Held]:
    """Ada and Ben speak for sixteen seconds."""
    monkeypatch.setattr("causerie.copies.work.CHILD", "tests.copies.quick_child")
    monkeypatch.setattr("causerie.copies.clip_work.CHILD", "tests.copies.quick_clip")
    async with opened(tmp_path / "data", url=database_url) as place:
        yield await sixteen(place)


async def copy_of(story: Held) -> Copy:
    copy = await story.copy()
    assert copy is not None
    return copy


async def cut(story: Held, begins: int = 0, ends: int = LONG, title: str = "A rule") -> Clip:
    copy = await copy_of(story)
    wanted = partial(clips.cut_clip, copy=copy, by=HOST, begins=begins, ends=ends, title=title)
    clip, _ = await story.place.causerie.database.write(wanted)
    story.place.causerie.jobs.hint()
    return clip


async def withdraws(story: Held, name: str) -> None:
    async def withdraw(tx: Tx, live: RecordedRoom) -> None:
        await coming.withdraw(tx, live, story.evening.people[name])

    await story.place.causerie.rooms.act_in((await copy_of(story)).room, withdraw)


async def as_is(story: Held, clip: Clip) -> Clip | None:
    async with story.place.causerie.database.read() as connection:
        return await clip_by_name(connection, clip.name)


async def done(story: Held, clip: Clip) -> Clip:
    async with asyncio.timeout(90):
        while (found := await as_is(story, clip)) is None or found.state == "processing":  # noqa: ASYNC110  it is made in another process
            await asyncio.sleep(0.05)
    return found


def stored(story: Held) -> list[str]:
    """Every file of a clip, by the folder it lies in."""
    keys = story.place.causerie.jobs.work.storage.keys("copies/")
    return sorted(key.partition("/clips/")[2] for key in keys if "/clips/" in key)


def files_of(clip: Clip) -> list[str]:
    names = ("sound/clip.m4a", "sound/clip.mp3", "video/clip.mp4", "video/preview.jpg")
    return [f"{clip.name}/{name}" for name in names]


def within(story: Held, clip: Clip) -> dict[str, list[str]]:
    """What stands in the clip: what it was made of, and who is heard."""
    assert clip.sound is not None
    said: dict[str, list[str]] = json.loads((story.place.causerie.settings.data / "files" / clip.sound).read_text())
    return said


async def test_a_clip_is_made_by_itself_made_anew_with_the_copy_and_taken_away(story: Held):
    clip = await done(story, await cut(story))
    first = (clip.state, clip.edition, stored(story), within(story, clip))

    await withdraws(story, "Ada")
    hidden = await as_is(story, clip)
    await story.made()
    again = await done(story, clip)
    heard = within(story, again)["heard"]

    async def away(tx: Tx) -> None:
        await clips.take_away(tx, await copy_of(story), HOST, name=clip.name)

    await story.place.causerie.database.write(away)
    await story.place.causerie.jobs.sweep()

    tracks = ["sound/speakers/01.flac", "sound/speakers/02.flac"]
    of = {"of": ["pictures/cover.jpg", "sound/room.m4a", *tracks], "heard": ["Ada", "Ben"]}
    assert first == ("ready", 1, files_of(clip), of)
    assert hidden is not None
    assert (hidden.state, hidden.sound) == ("processing", None)
    assert (again.state, again.edition > 1, heard) == ("ready", True, ["Ben"])
    assert (await as_is(story, clip), stored(story)) == (None, [])


async def test_of_a_clip_that_is_taken_away_while_it_is_made_nothing_is_left(story: Held, tmp_path: Path):
    clip, jobs = await done(story, await cut(story)), story.place.causerie.jobs
    (tmp_path / "made/sound").mkdir(parents=True)
    (tmp_path / "made/sound/clip.m4a").write_text("late")

    await story.place.causerie.database.write(
        partial(clips.take_away, copy=await copy_of(story), by=HOST, name=clip.name)
    )
    await jobs.sweep()
    late = Job(clip, await copy_of(story), HELD)
    await asyncio.to_thread(jobs.clips._show, late, 1, tmp_path / "made")

    assert stored(story) == []


async def test_while_the_copy_is_made_anew_its_clips_are_still_heard(story: Held):
    clip = await done(story, await cut(story))
    copy = await copy_of(story)

    await story.place.causerie.database.write(partial(store.want, copy=copy, edits=copy.edits))
    await story.place.causerie.jobs.work.clear_files(copy.id)

    assert (await as_is(story, clip), stored(story)) == (clip, files_of(clip))


async def test_what_can_be_no_clip_is_refused_and_one_that_an_edition_cannot_have_says_so(
    story: Held, monkeypatch: pytest.MonkeyPatch
):
    refused = [
        await code(cut(story, **more))
        for more in (
            {"begins": 1001},
            {"begins": -1},
            {"ends": 17_000},
            {"title": " \n "},
            {"title": "x" * 256},
        )
    ]
    unknown = await code(
        story.place.causerie.database.write(partial(clips.take_away, copy=await copy_of(story), by=HOST, name=""))
    )
    monkeypatch.setattr(clips, "SHORTEST", 1)

    clip = await done(story, await cut(story, 0, 4_000))
    monkeypatch.setattr(clips, "MOST", 1)
    full = await code(cut(story))

    assert refused == ["clip.short", "clip.outside", "clip.outside", "clip.title", "clip.title"]
    assert (unknown, full) == ("clip.unknown", "clip.too_many")
    assert (clip.state, clip.failed_code, clip.sound, stored(story)) == ("failed", "clip.short", None, [])
    async with story.place.causerie.database.read() as connection:
        assert await clips_of(connection, clip.copy) == [clip]


async def code(doing: Awaitable[object]) -> str:
    """What it is refused with."""
    with pytest.raises(Refusal) as refused:
        await doing
    return refused.value.code


# ---- on paper ----

HELD = Contents(
    300_000,
    voices=(Voice(1, "ada", "Ada", ((0, 120_000),), 120_000),),
    kept=(Kept(1_000, 101_000, 0), Kept(201_000, 401_000, 100_000)),
)


@pytest.mark.parametrize(
    ("begins", "ends", "moments"),
    [
        (0, 15_000, (1_000, 16_000)),
        (90_000, 110_000, (91_000, 211_000)),
        (100_000, 120_000, (201_000, 221_000)),
        (80_000, 100_000, (81_000, 101_000)),
    ],
)
def test_a_clip_is_kept_as_moments_of_the_room(begins: int, ends: int, moments: tuple[int, int]):
    assert clips.chosen(HELD, begins, ends) == moments


@pytest.mark.parametrize(
    ("begins", "ends", "refusal"),
    [(0, 120_001, ClipLong), (0, 14_999, ClipShort), (120_000, 150_000, ClipSilent), (290_000, 310_000, ClipOutside)],
)
def test_what_the_copy_does_not_have_is_refused(begins: int, ends: int, refusal: type[Exception]):
    with pytest.raises(refusal):
        clips.chosen(HELD, begins, ends)
