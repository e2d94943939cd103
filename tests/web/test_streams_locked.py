"""A locked or full room by a stream: who hears hears on; strangers may hear a public one, at others they knock."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from causerie.live.stays import REMEMBERED
from tests.place import Page
from tests.streams.listening import Listening, streamed, until

EVERY_ADDRESS = ["stream.mp3", "stream.aac", "stream.opus", "stream.m3u8"]
LOCKED = {"code": "room.locked", "text": "This room is locked. Knock, and hosts can let you in."}
FULL = {"code": "room.full", "text": "This room is full. Try again when somebody has left."}


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Listening]:
    async with streamed(tmp_path / "data") as listening:
        yield listening


async def for_who_has_the_link(room: Listening) -> Page:
    """Ada's second room: in no list, and open to who knows of it. Gives her page there."""
    place = room.place
    await place.room(room.evening.people["Ada"], "Swifts", name="swifts", visibility="unlisted")
    ada = place.page(room.evening.ada.cookie)
    await ada.enter("swifts")
    await ada.does("room.start")
    return ada


async def told(room: Listening, address: str, **headers: str) -> tuple[int, dict[str, str]]:
    """What somebody is told who asks for one of its addresses."""
    ear, said = await room.gets(address, **headers)
    return ear.status, {name: json.loads(said)[name] for name in ("code", "text")}


async def follows(room: Listening, path: str, **headers: str) -> Callable[[], Awaitable[list[int]]]:
    """Somebody who hears by HLS; gives how they ask again, for the list and for a segment."""
    asked = asyncio.create_task(room.gets(path, **headers))
    await room.is_made()
    await room.core.says(3)
    _, text = await asked
    part = next(line for line in text.decode().splitlines() if not line.startswith("#"))

    async def again() -> list[int]:
        return [(await room.gets(one, **headers))[0].status for one in (path, path.rpartition("/")[0] + "/" + part)]

    return again


async def test_strangers_are_told_to_knock_and_who_was_there_hears_on(room: Listening):
    ada = await for_who_has_the_link(room)
    ben = room.evening.ben.cookie
    ears = [await room.hears("/r/swifts/stream.mp3"), await room.hears("/r/swifts/stream.opus", cookie=ben)]
    radio = await follows(room, "/r/swifts/stream.m3u8", user_agent="Radio")
    his = await follows(room, "/r/swifts/stream.m3u8", user_agent="Telephone", cookie=ben)
    before = [len(ear.sound) for ear in ears]

    await ada.does("room.lock", on=True)

    for headers in ({}, {"cookie": room.evening.cho.cookie}, {"cookie": room.place.visitor()}):
        for address in EVERY_ADDRESS:
            assert await told(room, f"/r/swifts/{address}", **headers) == (403, LOCKED)
        assert await told(room, "/api/v1/rooms/swifts/stream", **headers) == (403, LOCKED)
    assert await radio() + await his() == [200] * 4
    await room.core.says(4)
    await until(lambda: all(len(ear.sound) > size + 8_000 for ear, size in zip(ears, before, strict=True)))
    again = await room.hears("/r/swifts/stream.mp3", cookie=ben)
    assert [ear.over for ear in (*ears, again)] == [False] * 3


async def test_who_left_their_page_and_hears_by_a_stream_is_here_however_long(room: Listening):
    ada, ben = await for_who_has_the_link(room), room.evening.ben.cookie
    page = room.place.page(ben)
    await page.enter("swifts")
    again = await follows(room, "/r/swifts/stream.m3u8", cookie=ben)
    await page.leave()
    await ada.does("room.lock", on=True)

    room.place.clock.turn(REMEMBERED + 1)

    assert await again() == [200, 200]
    assert (await room.place.page(ben).enter("swifts"))["me"]["person"] == room.evening.id("Ben")


@pytest.mark.parametrize("how", ["room.remove", "room.raid"])
async def test_who_is_sent_out_of_a_locked_room_does_not_hear_on(room: Listening, how: str):
    ada, ben = await for_who_has_the_link(room), room.evening.ben.cookie
    room.place.clock.turn(REMEMBERED)
    await room.place.page(ben).enter("swifts")
    again = await follows(room, "/r/swifts/stream.m3u8", cookie=ben)
    ear = await room.hears("/r/swifts/stream.mp3", cookie=ben)
    await ada.does("room.lock", on=True)

    sent = {"person": room.evening.id("Ben")} if how == "room.remove" else {"minutes": 5}
    done = await ada.does(how, **sent)
    at_once = await room.asks("/r/swifts/stream.mp3", cookie=ben)
    await until(lambda: ear.over)

    assert (done["type"], at_once.status, await again()) == ("ack", 403, [403, 403])


async def test_a_public_room_that_is_locked_can_be_heard_by_a_stream(room: Listening):
    await room.evening.ada.does("room.lock", on=True)

    stranger = await room.hears("/r/sparrows/stream.mp3")
    again = await follows(room, "/r/sparrows/stream.m3u8", user_agent="Radio")

    assert (stranger.over, await again()) == (False, [200, 200])
    assert (await room.place.page(room.place.visitor()).enter())["code"] == "room.locked"


async def test_the_last_one_a_room_has_room_for_hears_on_by_hls(room: Listening):
    ada = await for_who_has_the_link(room)
    await ada.does("room.set", most_listeners=2)
    await room.hears("/r/swifts/stream.mp3")
    again = await follows(room, "/r/swifts/stream.m3u8", user_agent="Radio")

    assert await again() == [200, 200]
    ear, said = await room.gets("/r/swifts/stream.m3u8", user_agent="Another")
    assert (ear.status, {name: json.loads(said)[name] for name in FULL}) == (409, FULL)
