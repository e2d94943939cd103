"""What a room holds of somebody, as they take it along: their own track, words and questions, nothing of others."""

import io
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from causerie.copies.contents import Contents, Said, Voice
from causerie.copies.own import _words
from causerie.ids import PersonId
from causerie.recordings.words import WORDS, shown
from tests.copies.held import Held, held
from tests.place import opened

PART = "/api/v1/rooms/sparrows/part.zip"


@pytest.fixture
async def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Held]:
    monkeypatch.setattr("causerie.copies.work.CHILD", "tests.copies.quick_child")
    async with opened(tmp_path / "data", url=database_url) as place:
        place.causerie.jobs.open()
        story = await held(place, still_open="May I ask a second one?")
        await story.made()
        yield story


async def taken(story: Held, name: str) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files in it, and what is told beside them; the times are left out."""
    answer = await story.get(PART, name)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        files = {one: pack.read(one) for one in pack.namelist()}
    told = json.loads(files.pop("part.json"))
    for line in (told, *told["questions"], *told["recording"]):
        for when in ("held_at", "asked_at", "answered_at", "at"):
            assert (line.pop(when, None) or "Z")[-1] == "Z"
    return files, told


async def test_who_spoke_takes_along_what_is_theirs_and_nothing_of_others(story: Held):
    files, told = await taken(story, "Ben")

    assert {name: content[:23] for name, content in files.items()} == {"track-02.flac": b"sound/speakers/02.flac "}
    assert [one["text"] for one in told.pop("words")] == ["A court needs a name."]
    assert told.pop("spoken")
    assert told == {
        "room": "Sparrows",
        "questions": [{"text": "May I ask a second one?", "under_the_name": "Ben", "state": "carried_over"}],
        "answered_later": [],
        "recording": [{"answer": "kept", "words": WORDS, "shown": shown(WORDS, "each")}],
    }


async def test_who_only_asked_has_their_questions(story: Held):
    files, told = await taken(story, "Cho")

    asked = [{"text": "Who speaks for the river?", "under_the_name": "Cho", "state": "answered"}]
    nothing = {"spoken": [], "words": [], "answered_later": [], "recording": []}
    assert (files, told) == ({}, {"room": "Sparrows", "questions": asked, **nothing})


async def test_whoever_has_no_part_in_it_finds_none(story: Held):
    _, story.cookies["Root"] = await story.place.person("Root", admin=True)

    answers = [(await story.get(PART, name)).status_code for name in ("Root", "")]
    unknown = (await story.get(PART.replace("sparrows", "nowhere"), "Ben")).status_code

    assert [*answers, unknown] == [404, 404, 404]


async def test_the_page_says_who_has_a_part_in_it(story: Held):
    copy = (await story.get("/api/v1/rooms/sparrows/copy", "Ada")).json()["copy"]
    await story.post(f"/api/v1/copies/{copy}/visibility", "Ada", visibility="unlisted")

    has = {name: (await story.get(f"/api/v1/copies/{copy}", name)).json()["own"] for name in ("Ada", "Ben", "Cho", "")}

    assert has == {"Ada": True, "Ben": True, "Cho": True, "": False}


def test_of_two_with_one_name_neither_has_the_others_words():
    two = tuple(Voice(n, person, "Kim", (), 0) for n, person in enumerate(("one", "other"), 1))

    assert (
        _words(Contents(1000, voices=two, transcript=(Said(0, 500, "Kim", "Whose is this?"),)), PersonId("one")) == []
    )
