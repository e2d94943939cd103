"""A room that was held leaves a copy, by itself, exactly once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.copies.held import Held, held
from tests.live.conftest import evening_in
from tests.place import opened


@pytest.fixture
async def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Held]:
    monkeypatch.setattr("causerie.copies.work.CHILD", "tests.copies.quick_child")
    async with opened(tmp_path / "data", url=database_url) as place:
        place.causerie.jobs.open()
        yield await held(place)


async def test_a_room_that_ends_has_its_copy(story: Held):
    edition = await story.made()

    held = edition.contents
    assert held is not None
    assert abs(held.length - 12_000) < 60
    assert [voice.name for voice in held.voices] == ["Ada", "Ben"]
    assert {file.kind for file in held.files} == {
        *(
            "mp3",
            "m4a",
            "mp4",
            "kit",
            "vtt",
            "srt",
            "json",
            "chapters",
            "notes",
            "questions",
            "table",
            "cover",
            "track",
            "answer",
            "card",
        )
    }
    assert [(one.title, round(one.begins / 1000)) for one in held.chapters] == [
        ("Who speaks for the river?", 2),
        ("What remains", 7),
    ]
    assert story.place.state().recording.take.state == "ready"


async def test_what_is_changed_shown_left_and_deleted_is_written_in_either_database(story: Held):
    await story.made()
    path = "/api/v1/copies/" + (await story.get("/api/v1/rooms/sparrows/copy", "Ada")).json()["copy"]
    trimmed = await story.post(f"{path}/edits", "Ada", edit="trim", begins=1000, ends=9000)
    await story.made()
    shown = await story.post(f"{path}/visibility", "Ada", visibility="published")
    heard = await story.get(shown.json()["sound"])
    await story.place.causerie.jobs.sweep()
    left = await story.post(f"{path}/withdraw", "Ben")
    edition = await story.made()
    async with story.browser("Ada") as browser:
        deleted = await browser.delete(path)
    await story.place.causerie.jobs.sweep()  # its files, too

    assert [one.status_code for one in (trimmed, shown, heard, left, deleted)] == [200, 200, 200, 204, 204]
    assert (edition.number, [voice.name for voice in edition.contents.voices]) == (3, ["Ada"])
    assert await story.copy() is None


async def test_a_room_that_nobody_was_recorded_in_has_no_copy(tmp_path: Path, database_url: str):
    async with opened(tmp_path / "data", url=database_url) as place:
        place.causerie.jobs.open()
        evening = await evening_in(place)
        await evening.ada.does("recording.start")
        await evening.ada.does("room.end")
        for _ in range(3):
            await place.tick(1000)
        await place.causerie.jobs.sweep()
        async with place.browser(evening.ada.cookie) as ada:
            told = await ada.get("/api/v1/rooms/sparrows/copy")

        assert (told.status_code, told.json()["code"]) == (404, "copy.unknown")
        assert not (place.causerie.settings.data / "jobs.sqlite").exists()
