"""A room that was held leaves a copy, by itself, exactly once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.copies.held import Held, held
from tests.place import opened


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Held]:
    async with opened(tmp_path / "data") as place:
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
    assert [(part.title, round(part.begins / 1000)) for part in held.parts] == [
        ("Who speaks for the river?", 2),
        ("What remains", 7),
    ]
    assert story.place.state().recording.take.state == "ready"
