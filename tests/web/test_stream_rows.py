"""Who hears a room by a stream, for who runs the place: what they take, how well they follow, a page at a time."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from causerie.streams.followers import Follower
from causerie.streams.labels import Labels
from tests.streams.listening import Listening, streamed, until


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Listening]:
    async with streamed(tmp_path / "data") as listening:
        yield listening


async def told(room: Listening, cookie: str | None = None, of: str = "sparrows", **said: Any) -> Any:
    """The status, and what was answered; to who runs this place, unless another asks."""
    root = cookie if cookie is not None else (await room.place.person("Root", admin=True))[1]
    async with room.place.browser(root) as browser:
        answer = await browser.get(f"/api/v1/admin/rooms/{of}/streams", params=said)
    return answer.status_code, answer.json()


def follow(room: Listening, count: int) -> None:
    """So many more by HLS."""
    key, now = room.place.state().room.id, room.place.clock.now()
    for n in range(count):
        one = Follower(f"hls-{n}", key, None, now + n, lambda: None)
        room.streams.followers.comes(one, asyncio.get_running_loop().time())


async def test_each_is_told_with_what_they_take_and_who_follows_least_well_comes_first(room: Listening):
    begun = room.place.clock.now()
    await room.evening.ada.does("room.set", visible_list=True)
    takes = await room.hears("/r/sparrows/stream.opus", cookie=room.evening.ben.cookie)
    room.streams.listen(room.place.state().room.id, "mp3", Labels("Sparrows", "Ada"))
    await room.is_made()
    await room.core.says(3)
    await until(lambda: len(takes.sound) > 1000)
    follow(room, 1)

    status, said = await told(room)

    rows = said["listeners"]
    assert (status, said["all"], said["pages"], said["page"]) == (200, 3, 1, 1)
    assert [(one["name"], one["format"], one["bytes"] is None) for one in rows] == [
        (None, "mp3", False),
        ("Ben", "opus", False),
        (None, "hls", True),
    ]
    fetches_nothing, follows, fetches_what_it_likes = (one["waits"] for one in rows)
    assert fetches_nothing >= 1_500 > follows >= fetches_what_it_likes == 0
    assert rows[0]["bytes"] == 0
    assert rows[1]["bytes"] >= 1000
    assert all(begun <= one["since"] <= room.place.clock.now() for one in rows)
    assert len({one["id"] for one in rows}) == 3


async def test_who_is_not_shown_to_everybody_has_no_name_here_and_who_left_is_gone(room: Listening):
    ear = await room.hears("/r/sparrows/stream.mp3", cookie=room.evening.ben.cookie)
    _, here = await told(room)
    ear.close()
    await until(lambda: not room.streams.audience(room.place.state().room.id))
    _, gone = await told(room, cookie=(await room.place.person("Rita", admin=True))[1])

    assert [(one["name"], one["format"]) for one in here["listeners"]] == [(None, "mp3")]
    assert (gone["all"], gone["pages"], gone["listeners"]) == (0, 0, [])


async def test_a_page_is_fifty_and_another_rooms_are_not_here(room: Listening):
    follow(room, 120)
    room.streams.followers.comes(
        Follower("hls-elsewhere", "another room", None, 0, lambda: None), asyncio.get_running_loop().time()
    )

    _, said = await told(room, page=3)

    assert (said["all"], said["pages"], said["page"]) == (120, 3, 3)
    assert [one["id"] for one in said["listeners"]] == [f"hls-{n}" for n in range(100, 120)]


async def test_what_cannot_be_meant_and_who_may_not_look_are_refused(room: Listening):
    root = (await room.place.person("Root", admin=True))[1]
    unknown = await told(room, root, of="owls")
    badly = [await told(room, root, page=page) for page in (0, 2001, "x")]
    others = [await told(room, cookie) for cookie in (room.evening.ada.cookie, room.place.visitor(), "")]

    assert (unknown[0], unknown[1]["code"]) == (404, "room.unknown")
    assert [(status, answer["code"]) for status, answer in badly] == [(422, "body.invalid")] * 3
    assert [(status, answer["code"]) for status, answer in others] == [(403, "admin.only")] * 3
