"""A question that stayed open is answered after the room: the copy is made anew with it, and its page is there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from causerie.copies.timeline import RATE
from tests.copies.evening import ADA, sound_of, voices
from tests.copies.held import Held, held
from tests.copies.test_hearing import KINDS, recorded
from tests.place import opened


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Held]:
    async with opened(tmp_path / "data", url=database_url) as place:
        place.causerie.jobs.open()
        yield await held(place, still_open="What does a sturgeon need?")


async def test_an_answer_by_voice_joins_the_copy(story: Held, tmp_path: Path):
    before = await story.made()
    copy = await story.copy()
    await story.post(f"/api/v1/copies/{copy.name}/visibility", "Ada", visibility="published")
    path = f"/api/v1/copies/{copy.name}/answers/{story.questions['open']}"
    sent = recorded(tmp_path / "sent", *KINDS[0]).read_bytes()

    async with story.browser("Ada") as browser:
        told = await browser.post(path, content=sent, headers={"content-type": "audio/webm"})
    after = await story.made()

    assert told.status_code == 201
    assert after.contents.length - before.contents.length == pytest.approx(2000, abs=80)
    assert [one.title for one in after.contents.chapters][-1] == "What does a sturgeon need?"
    file = after.contents.file("answer", len(after.contents.chapters))
    sound = sound_of(story.place.causerie.settings.data / "files" / file.key)
    assert (len(sound) / RATE, voices(sound, 0.3, 1.7)) == (pytest.approx(2, abs=0.1), {ADA})
    page = await story.get(told.json()["answer"])
    view = (await story.get(f"/api/v1/copies/{copy.name}", "Ada")).json()
    assert (page.status_code, "What does a sturgeon need?" in page.text) == (200, True)
    assert [one["question"] for one in view["open"]] == []
    last = view["chapters"][-1]
    assert (last["kind"], last["answer"]) == ("later", told.json()["answer"])

    hidden = await story.post(f"/api/v1/copies/{copy.name}/edits", "Ada", edit="hide", chapter=last["id"])
    again = await story.made()

    assert hidden.status_code == 200
    assert again.contents.length == before.contents.length
    assert (await story.get(told.json()["answer"])).status_code == 404
