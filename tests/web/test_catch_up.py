"""Catching up through the real doors: who comes later hears the answers so far, and nobody who should not."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from causerie.clock import MINUTE
from causerie.copies.catch_up import CatchUp
from causerie.recordings import actions
from tests.copies.held import Held, pages, speak, turn
from tests.folders import lying
from tests.live.conftest import evening_in
from tests.place import opened

Json = dict[str, Any]


@pytest.fixture
async def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Held]:
    """Ada and Ben have answered a question of Cho's for three seconds, and it can be heard."""
    monkeypatch.setattr("causerie.copies.catch_up.CHILD", "tests.copies.quick_answer")
    async with opened(tmp_path / "data", url=database_url) as place:
        evening = await evening_in(place)
        story = Held(evening, place.clock.now(), {name: page.cookie for name, page in pages(evening).items()})
        await speak(evening)
        story.questions["Cho"] = (await evening.cho.does("question.ask", text="Who speaks?", myself=False))["made"]
        await evening.ada.does("floor.pick", question=story.questions["Cho"])
        await turn(place, 3)
        await evening.ada.does("floor.answered", question=story.questions["Cho"])
        await turn(place, 11)
        await swept(story)
        yield story


async def swept(story: Held) -> None:
    """Whatever is missing is made, and told."""
    for _ in range(2):
        await story.place.causerie.catch_up.sweep()


async def listed(story: Held) -> list[Json]:
    """What somebody who comes now can hear."""
    return (await story.place.page(story.place.visitor()).enter())["room"]["catch_up"]


async def link(story: Held, name: str) -> str:
    (one,) = await listed(story)
    return (await story.get(one["url"], name)).headers["location"]


async def sound(story: Held, name: str, **more: Any) -> httpx.Response:
    return await story.get(await link(story, name), name, **more)


def kept(story: Held) -> list[Path]:
    return lying(story.place.causerie.settings.data / "files" / "catch-up", ".m4a")


async def test_who_comes_later_hears_what_was_answered(story: Held):
    (one,) = await listed(story)
    whole, some = await sound(story, "Ben"), await sound(story, "Cho", headers={"range": "bytes=0-2"})

    told = {"question": story.questions["Cho"], "title": "Who speaks?", "asker": "Cho", "at": story.began}
    assert one == {**told, "length": 3000, "url": one["url"]}
    assert story.evening.visitor.events("room").count("catch_up.changed") == 1
    assert (whole.status_code, whole.text, whole.headers["content-type"]) == (200, "Who speaks? Ada, Ben", "audio/mp4")
    assert (some.status_code, some.text, some.headers["cache-control"]) == (206, "Who", "no-store")


async def test_it_is_for_those_in_the_room_each_by_their_own_link_for_five_minutes(story: Held):
    (one,) = await listed(story)
    bens = await link(story, "Ben")

    assert (await story.get(one["url"])).status_code == 404
    assert (await story.get(one["url"][:-1] + "x", "Ben")).status_code == 404
    assert [(await story.get(bens, name)).status_code for name in ("Ben", "Cho", "")] == [200, 404, 404]
    story.place.clock.turn(5 * MINUTE)
    assert (await story.get(bens, "Ben")).status_code == 404


async def test_whoever_takes_their_part_back_is_given_out_no_more_and_it_is_made_anew(story: Held):
    chos, before = await link(story, "Cho"), kept(story)
    await story.evening.ben.does("recording.withdraw")
    gone = await listed(story), (await story.get(chos, "Cho")).status_code
    await swept(story)

    assert gone == ([], 404)
    assert (await sound(story, "Cho")).text == "Who speaks? Ada"
    assert len(kept(story)) == 1
    assert kept(story) != before


async def test_who_is_sent_out_for_good_hears_it_no_more(story: Held):
    chos = await link(story, "Cho")
    await story.evening.ada.does("room.ban", person=story.evening.id("Cho"), reason="Shouts", hours=None)

    assert (await story.get(chos, "Cho")).status_code == 404


async def test_a_question_that_is_opened_again_has_no_answer(story: Held):
    await story.evening.ada.does("question.reopen", question=story.questions["Cho"])
    gone = await listed(story)
    await swept(story)

    assert (gone, kept(story)) == ([], [])


async def test_after_a_restart_files_are_found_and_what_is_nobodys_is_gone(
    story: Held, monkeypatch: pytest.MonkeyPatch
):
    place = story.place.causerie
    work, stray = place.settings.data / "work" / "catchup.half", kept(story)[0].with_name("0" * 32 + ".m4a")
    work.mkdir(parents=True)
    stray.write_text("nobody's")
    await place.rooms.act(story.room, partial(actions.catch_up, there={}))
    monkeypatch.setattr("causerie.copies.catch_up.CHILD", "nothing.is.made.again")
    parts = (place.database, place.house.copying.storage, place.settings.data, place.clock)
    await CatchUp(*parts, place.rooms.turns.states, place.rooms.act).sweep()

    assert [one["title"] for one in await listed(story)] == ["Who speaks?"]
    assert (work.exists(), stray.exists(), len(kept(story))) == (False, False, 1)


@pytest.mark.parametrize(("status", "tries"), [(3, 1), (1, 2)])
async def test_what_cannot_be_made_is_not_tried_again_and_what_failed_is(
    story: Held, monkeypatch: pytest.MonkeyPatch, status: int, tries: int
):
    tried = list[Path]()

    async def ends(_: CatchUp, folder: Path) -> int:
        tried.append(folder)
        return status

    monkeypatch.setattr(CatchUp, "_ended", ends)
    await story.evening.ben.does("recording.withdraw")
    await swept(story)
    story.place.clock.turn(2 * MINUTE)
    await swept(story)

    assert (len(tried), await listed(story), kept(story)) == (tries, [], [])
    assert not any(folder.exists() for folder in tried)


async def test_an_answer_that_was_just_given_waits_and_one_that_was_not_recorded_is_none(story: Held):
    ada, cho = story.evening.ada, story.evening.cho
    for text in ("And now?", "And then?"):
        asked = (await cho.does("question.ask", text=text, myself=False))["made"]
        await ada.does("floor.pick", question=asked)
        await turn(story.place, 11)
        await ada.does("floor.answered", question=asked)
        if text == "And now?":
            await swept(story)
            early = [one["title"] for one in await listed(story)]
            await ada.does("recording.stop")
    await turn(story.place, 11)
    await swept(story)

    assert early == ["Who speaks?"]
    assert [one["title"] for one in await listed(story)] == ["Who speaks?", "And now?"]
