"""Who leaves a copy that is shown, on condition of a yes; and how long copies are kept. Made in no time."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from causerie.clock import DAY
from tests.copies.held import Held, held
from tests.place import Place, opened


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("causerie.copies.work.CHILD", "tests.copies.quick_child")


@pytest.fixture
async def story(tmp_path: Path, database_url: str) -> AsyncIterator[Held]:
    async with opened(tmp_path / "data", url=database_url) as place:
        place.causerie.jobs.open()
        story = await held(place, rule="condition")
        await story.made()
        yield story


async def shown(story: Held) -> str:
    """The copy is published; gives its address."""
    path = "/api/v1/copies/" + (await story.get("/api/v1/rooms/sparrows/copy", "Ada")).json()["copy"]
    await story.post(f"{path}/visibility", "Ada", visibility="published")
    return path


async def names(story: Held, path: str) -> list[str]:
    return [who["name"] for who in (await story.get(path)).json()["speakers"]]


async def asks_out(story: Held, path: str) -> str:
    """Ben asks, twice; gives what the host answers to."""
    for _ in range(2):
        assert (await story.post(f"{path}/withdraw", "Ben")).status_code == 204
    [waits] = (await story.get(path, "Ada")).json()["withdrawals"]
    assert (waits["name"], waits["due_at"] - waits["asked_at"]) == ("Ben", 7 * DAY)
    return f"{path}/withdrawals/{waits['withdrawal']}"


async def test_before_it_is_shown_it_is_so_at_once(story: Held):
    await story.post("/api/v1/rooms/sparrows/withdraw", "Ben")
    await story.made()

    assert await names(story, await shown(story)) == ["Ada"]


async def test_the_host_says_no_and_those_who_run_this_place_say_yes(story: Held):
    path = await shown(story)
    asked = await asks_out(story, path)
    _, admin = await story.place.person("Root", admin=True)
    story.cookies["Root"] = admin

    others = (await story.post(asked, "Ben", grant=True)).status_code
    no = (await story.post(asked, "Ada", grant=False)).status_code
    stays, again = await names(story, path), (await story.post(asked, "Ada", grant=False)).json()["code"]
    yes = (await story.post(asked, "Root", grant=True)).status_code
    await story.made()

    assert (others, no, yes, again) == (403, 204, 204, "copy.withdrawal")
    assert (stays, await names(story, path)) == (["Ada", "Ben"], ["Ada"])


async def test_no_answer_in_seven_days_is_a_yes(story: Held):
    path = await shown(story)
    await asks_out(story, path)
    story.place.clock.turn(7 * DAY - 1)
    await story.place.causerie.jobs.sweep()
    before = await names(story, path)
    story.place.clock.turn(1)
    await story.place.causerie.jobs.sweep()
    await story.made()

    assert (before, await names(story, path)) == (["Ada", "Ben"], ["Ada"])


async def test_who_is_not_in_it_cannot_leave_it(story: Held):
    path = await shown(story)

    told = await story.post(f"{path}/withdraw", "Cho")

    assert told.json()["code"] == "copy.not_in_it"


async def test_everybody_leaves_and_there_is_nothing(story: Held):
    for name in ("Ada", "Ben"):
        await story.post("/api/v1/rooms/sparrows/withdraw", name)
    async with asyncio.timeout(20):
        while (copy := await story.copy()) is None or copy.state == "processing":  # noqa: ASYNC110  no bell
            await asyncio.sleep(0.05)

    assert (copy.state, copy.failed_code, copy.made) == ("failed", "copy.empty", 0)


# ---- how long ----


async def there(place: Place, story: Held) -> bool:
    await place.causerie.jobs.sweep()
    return await story.copy() is not None


async def test_a_copy_is_kept_as_long_as_it_was_said_and_never_shorter(tmp_path: Path, database_url: str):
    """R16: with a clock that is a day wrong, or was, nothing is deleted early."""
    more: dict[str, Any] = {"copies": {"keep_days": 30}}
    async with opened(tmp_path / "data", url=database_url, **more) as place:
        place.causerie.jobs.open()
        story = await held(place)
        await story.made()
        kept = []
        for days in (29, 1, 1):
            place.clock.turn(days * DAY)
            kept.append(await there(place, story))
        place.clock.turn(1 * DAY)
        gone = await there(place, story)

    assert (kept, gone) == ([True, True, True], False)


async def test_without_a_word_it_is_kept(tmp_path: Path, database_url: str):
    async with opened(tmp_path / "data", url=database_url) as place:
        place.causerie.jobs.open()
        story = await held(place)
        await story.made()
        place.clock.turn(3650 * DAY)

        assert await there(place, story)
