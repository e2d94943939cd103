"""The shell at the address of a copy: its title for previews, and nothing of it for who may not see it."""

import re
from typing import Any

import pytest

from causerie.copies import contents
from causerie.copies.contents import Contents, File
from causerie.copies.models import copies, editions
from causerie.rooms.state import Room
from tests.place import Place

ID = "01JCOPY0000000000000000000"
NAME = "c0pyc0pyc0pyc0pyc0pyc0"


async def copied(place: Place, room: Room, **given: Any) -> None:
    row = {
        "id": ID,
        "name": NAME,
        "room": room.id,
        "state": "ready",
        "visibility": "private",
        "generation": 1,
        "wanted": 1,
        "made": 1,
        "edits": "{}",
        "created_at": 0,
        **given,
    }
    await place.causerie.database.write(lambda tx: tx.put(copies, **row))


async def shown(place: Place, cookie: str = "", name: str = NAME) -> tuple[int, bool, bool]:
    """How the address answers: its status, whether it names the room, whether it may be found."""
    async with place.browser(cookie) as browser:
        answer = await browser.get(f"/c/{name}")
    return answer.status_code, "On &lt;swifts&gt; ·" in answer.text, "noindex" not in answer.text


@pytest.fixture
async def room(place: Place) -> tuple[Room, str]:
    """A room, and the cookie of its host."""
    host, cookie = await place.person("Ada", may_open_rooms=True)
    return await place.room(host, "On <swifts>", description="High & far"), cookie


async def test_a_published_copy_names_its_room_and_may_be_found(place: Place, room: tuple[Room, str]):
    await copied(place, room[0], visibility="published")

    assert await shown(place) == (200, True, True)


async def test_a_preview_shows_the_cover_by_a_link_that_lasts(place: Place, room: tuple[Room, str]):
    await copied(place, room[0], visibility="unlisted")
    held = contents.written(Contents(length=1000, files=(File("cover", f"copies/{NAME}/1/pictures/cover.jpg", 9),)))
    row = {"copy": ID, "number": 1, "edits": "{}", "wanted_at": 0, "made_at": 0, "contents": held}
    await place.causerie.database.write(lambda tx: tx.put(editions, **row))

    async with place.browser() as browser:
        page = await browser.get(f"/c/{NAME}")

    pictures = re.findall(r'property="og:image" content="([^?]+)\?sign=\w+"', page.text)
    assert pictures == [f"http://talk.test/files/copies/{NAME}/1/pictures/cover.jpg"]


async def test_an_unlisted_copy_is_there_by_its_link_and_never_found(place: Place, room: tuple[Room, str]):
    await copied(place, room[0], visibility="unlisted")

    assert await shown(place) == (200, True, False)


async def test_a_private_copy_is_there_for_its_host_alone(place: Place, room: tuple[Room, str]):
    _, stranger = await place.person("Ben")
    await copied(place, room[0])

    answers = [await shown(place, cookie) for cookie in ("", stranger, room[1])]

    assert answers == [(404, False, False), (404, False, False), (200, True, False)]


async def test_a_published_copy_is_not_shown_before_it_is_made(place: Place, room: tuple[Room, str]):
    await copied(place, room[0], visibility="published", state="processing", made=0)

    assert await shown(place) == (404, False, False)


async def test_a_copy_that_is_deleted_is_unknown(place: Place, room: tuple[Room, str]):
    await copied(place, room[0], visibility="published", deleted_at=1)

    assert [await shown(place), await shown(place, name="nowhere"), await shown(place, name=NAME + "x")] == [
        (404, False, False)
    ] * 3
