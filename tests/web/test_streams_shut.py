"""Who is sent out hears no more by a stream, also who never had a page, and is told that there is no such room."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from causerie.live.stays import REMEMBERED
from causerie.web import streams as doors
from tests.live.conftest import Evening
from tests.place import Frame, Page
from tests.streams.listening import Ear, Listening, closed, path_of, streamed, until

EVERY_ADDRESS = ["stream.mp3", "stream.aac", "stream.opus", "stream.m3u8"]


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Listening]:
    async with streamed(tmp_path / "data") as listening:
        yield listening


async def bans(ada: Page, person: str, **more: Any) -> Frame:
    """Ada keeps somebody out, for ever."""
    return await ada.does("room.ban", person=person, **{"reason": "noise", "hours": None, "network": False, **more})


def without_a_page(evening: Evening) -> None:
    """What was remembered of pages that are gone is forgotten."""
    evening.place.clock.turn(REMEMBERED + 1)
    for hub in evening.place.causerie.rooms.hubs.values():
        hub.stays.forget(evening.place.clock.now())


async def is_as_if_there_were_no_room(room: Listening, of: str, cookie: str) -> bool:
    """The same bytes, whichever address is asked for."""
    told = [await room.gets(f"/r/{of}/{file}", cookie=cookie) for file in EVERY_ADDRESS]
    nowhere = [await room.gets(f"/r/nowhere/{file}", cookie=cookie) for file in EVERY_ADDRESS]
    return [(ear.status, said) for ear, said in told] == [(ear.status, said) for ear, said in nowhere]


async def follows(room: Listening, path: str, **headers: str) -> str:
    """Somebody by HLS; gives the address of a segment."""
    asked = asyncio.create_task(room.gets(path, **headers))
    await room.is_made()
    await room.core.says(3)
    _, text = await asked
    return next(line for line in text.decode().splitlines() if not line.startswith("#"))


async def test_who_is_banned_and_listens_by_streams_alone_is_let_go(room: Listening):
    ben, cho = room.evening.ben, room.evening.cho
    await ben.leave()
    hers = await room.hears("/r/sparrows/stream.mp3", cookie=cho.cookie)
    his: list[Ear] = [
        await room.hears(f"/r/sparrows/{file}", cookie=ben.cookie)
        for file in ("stream.mp3", "stream.aac", "stream.opus")
    ]
    part = await follows(room, "/r/sparrows/stream.m3u8", cookie=ben.cookie)
    without_a_page(room.evening)

    told = await bans(room.evening.ada, room.evening.id("Ben"))
    await until(lambda: all(ear.over for ear in his))

    gone, said = await room.gets(f"/r/sparrows/{part}", cookie=ben.cookie)
    assert (told["type"], gone.status, b'"room.unknown"' in said) == ("ack", 404, True)
    assert await is_as_if_there_were_no_room(room, "sparrows", ben.cookie)
    await room.core.says(1)
    counted = {"mp3": 1, "aac": 0, "opus": 0, "hls": 0}
    assert (hers.over, dict(room.streams.listening)) == (False, counted)
    (given,) = room.place.state().safety.bans.values()
    assert (given.person, given.name) == (room.evening.id("Ben"), "Ben")


async def test_an_address_of_ones_own_is_dead_with_the_ban(room: Listening):
    told = await closed(room)
    ear = await room.hears(path_of(told["mp3"]))
    part = await follows(room, path_of(told["hls"]))
    ada = next(page for page in room.place.pages[::-1] if page.cookie == room.evening.ada.cookie)

    given = await bans(ada, room.evening.id("Ben"))
    await until(lambda: ear.over)

    assert given["type"] == "ack"
    for path in (*(path_of(told[kind]) for kind in ("mp3", "aac", "opus", "hls")), f"/r/swifts/{part}"):
        again, said = await room.gets(path)
        assert (again.status, b'"room.unknown"' in said) == (404, True)
    async with room.place.browser(room.evening.ben.cookie) as browser:
        assert (await browser.get("/api/v1/rooms/swifts/stream")).json()["code"] == "room.unknown"


async def test_a_ban_with_the_network_reaches_players_of_whom_nothing_else_is_known(room: Listening):
    players = [await room.hears("/r/sparrows/stream.mp3"), await room.hears("/r/sparrows/stream.aac")]
    dee = room.place.page((await room.place.person("Dee"))[1], "127.0.0.9")
    person = (await dee.enter())["me"]["person"]

    await room.evening.ada.does("ban.preview", id="how-many", person=person)
    reach = await room.evening.ada.hears(lambda frame: frame["type"] == "reach")
    told = await bans(room.evening.ada, person, network=True)
    await until(lambda: all(ear.over for ear in players))

    assert (reach["people"], told["type"]) == (3, "ack")
    assert await is_as_if_there_were_no_room(room, "sparrows", "")


async def test_a_ban_of_somebody_does_not_reach_players_of_whom_nothing_is_known(room: Listening):
    player = await room.hears("/r/sparrows/stream.mp3")

    await room.evening.ada.does("ban.preview", id="how-many", person=room.evening.id("Ben"))
    told = await bans(room.evening.ada, room.evening.id("Ben"))
    await room.core.says(1)

    assert (told["type"], player.over) == ("ack", False)


async def test_who_is_banned_while_a_stream_begins_hears_nothing_of_it(
    room: Listening, monkeypatch: pytest.MonkeyPatch
):
    drawn = doors._labels

    async def meanwhile(*about: Any) -> Any:
        await bans(room.evening.ada, room.evening.id("Ben"))
        return await drawn(*about)

    monkeypatch.setattr(doors, "_labels", meanwhile)
    ear = await room.asks("/r/sparrows/stream.mp3", cookie=room.evening.ben.cookie)

    assert (ear.status, b'"room.unknown"' in await ear.reader.read(200)) == (404, True)
    assert (room.streams.listening.total(), room.place.causerie.rooms.by_stream(room.place.state().room.id)) == (0, 0)


async def test_somebody_who_is_nowhere_cannot_be_banned(room: Listening):
    await room.evening.ben.leave()
    without_a_page(room.evening)

    told = await bans(room.evening.ada, room.evening.id("Ben"))

    assert told["code"] == "stage.not_here"
