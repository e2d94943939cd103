"""What who comes is shown of the room: encoded once, and still what each may see now."""

from unittest.mock import patch

import pytest

from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live import views
from causerie.live.hub import Hub
from causerie.media import Media
from tests.live.conftest import Evening, question_of_ben
from tests.sound_on_paper import PaperEngine


async def test_a_crowd_that_comes_costs_one_look_at_the_room(evening: Evening):
    pages = [evening.place.page(evening.place.visitor()) for _ in range(20)]

    with patch("causerie.live.shown.views.room", wraps=views.room) as looked:
        shown = [await page.enter() for page in pages]

    assert looked.call_count <= 1
    assert [snapshot["room"]["listeners"] for snapshot in shown] == list(range(4, 24))


async def test_what_changed_is_shown_to_the_next(evening: Evening):
    await evening.place.page(evening.place.visitor()).enter()

    question = await question_of_ben(evening)
    await evening.ada.does("question.accept", question=question)
    shown = await evening.place.page(evening.place.visitor()).enter()

    assert [asked["id"] for asked in shown["room"]["questions"]] == [question]


async def test_a_snapshot_is_what_the_protocol_says(evening: Evening):
    for page in (evening.ada, evening.ben):
        before = len(page.frames)
        await page.enter()
        frame = next(frame for frame in page.frames[before:] if frame["type"] == "snapshot")

        assert wire.Snapshot.model_validate(frame).model_dump(mode="json", by_alias=True) == frame


@pytest.mark.parametrize("title", ['"listeners":0', 'listeners":0,', "\\"])
async def test_no_title_is_taken_for_a_number(evening: Evening, title: str):
    await evening.ada.does("room.pin", text=title, link=None)

    shown = await evening.place.page(evening.place.visitor()).enter()

    assert (shown["room"]["pinned"]["text"], shown["room"]["listeners"]) == (title, 4)


def test_a_number_is_given_once_and_the_next_is_higher_than_all():
    hub = Hub("room", Media(PaperEngine()), {PersonId("ada"): 7, PersonId("ben"): 3})

    assert [hub.number(PersonId(who)) for who in ("ben", "cho", "dee", "ada", "cho")] == [3, 8, 9, 7, 8]
