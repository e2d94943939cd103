"""A room by whatever plays an address: through the real web server, the real process, and a core that says a tone."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from causerie.clock import HOUR
from causerie.streams import serving
from causerie.streams.ticks import RATE
from tests.live.conftest import evening_in
from tests.served import served
from tests.streams.hls import read
from tests.streams.listening import HZ, MUXED, Listening, closed, path_of, streamed, until
from tests.streams.ticking import decoded, pitch


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Listening]:
    async with streamed(tmp_path / "data") as listening:
        yield listening


@pytest.mark.parametrize("format", ["mp3", "aac", "opus"])
async def test_what_the_room_says_is_heard_in_each_format(room: Listening, format: str):
    ear = await room.hears(f"/r/sparrows/stream.{format}")
    await room.is_made()

    await room.core.says(4)
    await until(lambda: len(ear.sound) > 15_000)

    heard = decoded(bytes(ear.sound), MUXED[format])
    assert abs(pitch(heard) - HZ) < 1
    assert (ear.headers["cache-control"], ear.headers["transfer-encoding"]) == ("no-store", "chunked")
    assert (
        ear.headers["content-type"]
        == {"mp3": "audio/mpeg", "aac": "audio/aac", "opus": "audio/ogg; codecs=opus"}[format]
    )


async def test_who_comes_later_hears_at_once_what_was_just_before(room: Listening):
    await room.hears("/r/sparrows/stream.opus")
    await room.is_made()
    await room.core.says(4)

    late = await room.hears("/r/sparrows/stream.opus")
    await until(lambda: len(late.sound) > 8_000)

    heard = decoded(bytes(late.sound), "ogg")
    assert (1 < len(heard) / RATE < 2.5, abs(pitch(heard) - HZ) < 2) == (True, True)


async def test_hls_plays_on_without_a_gap(room: Listening):
    asked = asyncio.create_task(room.gets("/r/sparrows/stream.m3u8"))
    await room.is_made()
    await room.core.says(9)
    await asked

    ear, text = await room.gets("/r/sparrows/stream.m3u8")
    listed = [line for line in text.decode().splitlines() if not line.startswith("#")]
    parts = [await room.gets(f"/r/sparrows/{line}") for line in listed]

    heard = decoded(b"".join(data for _, data in parts), "aac")
    assert (ear.headers["content-type"], ear.headers["cache-control"]) == (
        "application/vnd.apple.mpegurl",
        "public, max-age=1",
    )
    assert {part.headers["cache-control"] for part, _ in parts} == {"public, max-age=31536000, immutable"}
    assert ("#EXT-X-TARGETDURATION:2" in text.decode(), "#EXT-X-ENDLIST" in text.decode(), len(listed)) == (
        True,
        False,
        4,
    )
    assert np.abs(heard[RATE : 7 * RATE]).reshape(-1, 480).max(axis=1).min() > 6_000
    assert abs(pitch(heard) - HZ) < 1


async def test_the_end_of_a_room_is_the_end_of_its_streams(room: Listening):
    asked = asyncio.create_task(room.gets("/r/sparrows/stream.m3u8"))
    ear = await room.hears("/r/sparrows/stream.mp3")
    await room.is_made()
    await room.core.says(5)
    await asked

    await room.evening.ada.does("room.end")
    await until(lambda: ear.over)

    _, text = await room.gets("/r/sparrows/stream.m3u8")
    gone, said = await room.gets("/r/sparrows/stream.mp3")
    assert abs(len(decoded(bytes(ear.sound), "mp3")) / RATE - 5) < 0.5
    assert text.decode().endswith("#EXT-X-ENDLIST\n")
    assert (gone.status, b'"stream.over"' in said) == (404, True)


async def test_the_end_of_a_room_that_is_heard_later_is_heard_by_streams_to_its_last_word(room: Listening):
    await room.evening.ada.does("room.set", safety_delay=10)
    asked = asyncio.create_task(room.gets("/r/sparrows/stream.m3u8"))
    ear = await room.hears("/r/sparrows/stream.mp3")
    await room.is_made()
    await room.core.says(5)
    await asked

    await room.evening.ada.does("room.end")
    await asyncio.sleep(2 * serving.EACH + serving.LAST_WORDS)
    await room.core.says(4)
    over = ear.over
    _, meanwhile = await room.gets("/r/sparrows/stream.m3u8")
    room.place.causerie.media.close_room("sparrows")
    await until(lambda: ear.over)

    _, text = await room.gets("/r/sparrows/stream.m3u8")
    gone, _ = await room.gets("/r/sparrows/stream.mp3")
    assert abs(len(decoded(bytes(ear.sound), "mp3")) / RATE - 9) < 0.5
    assert (over, b"#EXT-X-ENDLIST" in meanwhile, text.decode().endswith("#EXT-X-ENDLIST\n")) == (False, False, True)
    assert gone.status == 404


async def test_a_process_that_dies_comes_back_and_nobody_has_to_ask_again(room: Listening):
    ears = [await room.hears(f"/r/sparrows/stream.{format}") for format in MUXED]
    await room.is_made()
    await room.core.says(2)
    process = room.streams.maker.process
    assert process is not None

    os.kill(process.pid, signal.SIGKILL)
    await until(lambda: room.streams.maker.starts == 2)
    await room.is_made()
    before = [len(ear.sound) for ear in ears]
    await room.core.says(3)
    await until(lambda: all(len(ear.sound) > size + 10_000 for ear, size in zip(ears, before, strict=True)))

    heard = [decoded(bytes(ear.sound), MUXED[format]) for ear, format in zip(ears, MUXED, strict=True)]
    assert [abs(pitch(one[-RATE:]) - HZ) < 2 for one in heard] == [True] * 3
    assert (room.streams.maker.deaths, [ear.over for ear in ears]) == (1, [False] * 3)


async def test_who_follows_by_hls_is_told_of_a_process_that_died_and_plays_on(room: Listening):
    asked = asyncio.create_task(room.gets("/r/sparrows/stream.m3u8"))
    await room.is_made()
    await room.core.says(5)
    _, before = await asked
    process = room.streams.maker.process
    assert process is not None

    os.kill(process.pid, signal.SIGKILL)
    await until(lambda: room.streams.maker.starts == 2)
    await room.is_made()
    _, between = await room.gets("/r/sparrows/stream.m3u8")
    await room.core.says(7)
    lists = [before, between, await a_list_that_goes_on(room, between)]

    (_, old), (_, kept), (above, new) = map(read, lists)
    parts = [await room.gets(f"/r/sparrows/{address}") for address, _, _ in new]
    first, later = above["#EXT-X-DISCONTINUITY-SEQUENCE"], len(kept)
    assert (old, kept) == (new[: len(old)], new[:later])
    assert [stretch for _, _, stretch in new] == [first] * later + [first + 1] * (len(new) - later)
    assert lists[2].decode().count("#EXT-X-DISCONTINUITY\n") == 1
    assert len({address for address, _, _ in new}) == len(new) > later
    assert {ear.status for ear, _ in parts} == {200}
    for stretch in (parts[:later], parts[later:]):
        assert abs(pitch(decoded(b"".join(data for _, data in stretch), "aac")) - HZ) < 2


async def a_list_that_goes_on(room: Listening, after: bytes) -> bytes:
    """As players do: asked again until there is something new in it."""
    async with asyncio.timeout(15):
        while (text := (await room.gets("/r/sparrows/stream.m3u8"))[1]) == after:  # noqa: ASYNC110  as players do
            await asyncio.sleep(0.1)
    return text


async def test_who_does_not_follow_is_let_go_and_nobody_else_notices(room: Listening, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.streams.listening.BEHIND", 2 * RATE)
    stands_still = await room.asks("/r/sparrows/stream.mp3")
    stands_still.writer.transport.pause_reading()
    (slow,) = room.streams.rooms[room.place.state().room.id].listeners["mp3"]
    follows = await room.hears("/r/sparrows/stream.mp3")
    await room.is_made()

    slow.hear(bytes(32 << 20), 0)  # more than the machine's own buffers hold
    await room.core.says(4)
    await until(lambda: room.streams.listening["mp3"] == 1)
    await until(lambda: len(follows.sound) > 40_000)

    heard = decoded(bytes(follows.sound), "mp3")
    assert (room.streams.slow, follows.over, abs(pitch(heard) - HZ) < 1) == (1, False, True)


async def test_players_are_told_the_title_and_the_cover(room: Listening):
    ear = await room.hears("/r/sparrows/stream.mp3", icy_metadata="1")
    await room.is_made()
    await room.core.says(4)
    await until(lambda: len(ear.sound) > 20_000)

    every = int(ear.headers["icy-metaint"])
    size = ear.sound[every] * 16
    assert (ear.headers["icy-name"], ear.sound[every + 1 :][:size].rstrip(b"\0")) == (
        "Sparrows",
        b"StreamTitle='Sparrows';",
    )
    assert ear.sound[:3] == b"ID3"


async def test_a_head_is_answered_without_a_stream_and_a_range_with_all_of_it(room: Listening):
    head = await room.asks("/r/sparrows/stream.mp3", method="HEAD")
    assert (head.status, head.headers["content-type"], room.streams.rooms) == (200, "audio/mpeg", {})

    ranged = await room.hears("/r/sparrows/stream.mp3", range="bytes=1000-")
    assert (ranged.status, ranged.headers["accept-ranges"], room.streams.listening["mp3"]) == (200, "none", 1)


async def test_who_listens_by_a_stream_is_counted_while_they_do(room: Listening):
    key = room.place.state().room.id
    rooms, before = room.place.causerie.rooms, room.place.causerie.rooms.audience(room.place.state().room.id)

    ear = await room.hears("/r/sparrows/stream.mp3")
    asked = asyncio.create_task(room.gets("/r/sparrows/stream.m3u8", user_agent="Radio"))
    await room.is_made()
    await room.core.says(3)
    await asked
    await room.gets("/r/sparrows/stream.m3u8", user_agent="Radio")
    assert (rooms.audience(key), dict(room.streams.listening)) == (
        before + 2,
        {"mp3": 1, "aac": 0, "opus": 0, "hls": 1},
    )

    ear.close()
    room.streams.followers.sweep(asyncio.get_running_loop().time() + 21)
    await until(lambda: rooms.audience(key) == before)


async def test_who_has_a_page_and_listens_by_streams_is_one(room: Listening):
    key, rooms = room.place.state().room.id, room.place.causerie.rooms
    before, cookie = rooms.audience(key), room.place.visitor()
    page = room.place.page(cookie)
    await page.enter()

    ears = [await room.hears("/r/sparrows/stream.mp3", cookie=cookie) for _ in range(2)]
    strangers = [await room.hears("/r/sparrows/stream.mp3") for _ in range(2)]
    together = rooms.audience(key)
    await page.leave()
    without_page = rooms.audience(key)
    for ear in (*strangers, ears[0]):
        ear.close()
    await until(lambda: rooms.audience(key) == before + 1)
    ears[1].close()

    assert (together, without_page) == (before + 3, before + 3)
    await until(lambda: rooms.audience(key) == before)


async def test_so_many_and_no_more(room: Listening):
    room.streams.most = 1
    await room.hears("/r/sparrows/stream.mp3")

    full, said = await room.gets("/r/sparrows/stream.aac")

    assert (full.status, b'"stream.full"' in said, 5 <= int(full.headers["retry-after"]) <= 30) == (503, True, True)


async def test_a_process_is_there_only_while_somebody_listens(room: Listening, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(serving, "LINGERS", 0.2)
    ear = await room.hears("/r/sparrows/stream.mp3")
    await room.is_made()
    process = room.streams.maker.process
    assert (process is not None, len(room.place.engine.streamed)) == (True, 1)

    ear.close()
    await until(lambda: process.returncode is not None)

    assert (room.streams.rooms, room.place.engine.streamed, room.streams.maker.deaths) == ({}, set(), 0)


async def test_a_server_that_ends_lets_everybody_go_at_once(tmp_path: Path):
    async with served(tmp_path / "data") as (place, port):
        room = Listening(await evening_in(place), port)
        follows = await room.hears("/r/sparrows/stream.mp3")
        stands_still = await room.asks("/r/sparrows/stream.mp3")
        stands_still.writer.transport.pause_reading()
        await room.is_made()
        for one in room.streams.rooms[place.state().room.id].listeners["mp3"]:
            one.hear(bytes(32 << 20), 0)
        for page in place.pages:
            await page.leave()
        began = asyncio.get_running_loop().time()

    took = asyncio.get_running_loop().time() - began
    assert (took < 2.5, room.streams.maker.process) == (True, None)  # uvicorn alone would wait for 3 s
    assert follows.status == 200
    await room.close()


# ---- rooms that are for some alone ----


async def test_a_closed_room_is_heard_by_an_address_of_ones_own_alone(room: Listening):
    told = await closed(room)
    mine = path_of(told["hls"])

    asked = asyncio.create_task(room.gets(mine))
    await room.is_made()
    await room.core.says(3)
    listed, text = await asked
    (part,) = [line for line in text.decode().splitlines() if not line.startswith("#")][:1]
    heard, _ = await room.gets(f"/r/swifts/{part}")

    kept = {one.headers["cache-control"] for one in (listed, heard)}
    assert (listed.status, heard.status, kept) == (200, 200, {"no-store"})
    unsigned = "/r/swifts/stream.m3u8", "/r/swifts/" + part.partition("?")[0]
    for wrong in (*unsigned, mine[:-1] + "x", mine.replace("as=", "as=x")):
        ear, said = await room.gets(wrong)
        assert (ear.status, b'"room.unknown"' in said) == (404, True)
    async with room.place.browser(room.evening.cho.cookie) as browser:
        assert (await browser.get("/api/v1/rooms/swifts/stream")).json()["code"] == "room.unknown"


async def test_an_address_is_good_for_some_hours(room: Listening):
    told = await closed(room)
    room.place.clock.turn(9 * HOUR)

    ear, said = await room.gets(path_of(told["mp3"]))

    assert (ear.status, b'"room.unknown"' in said) == (404, True)


async def test_who_signs_out_hears_no_more_by_any_address_they_had(room: Listening):
    told = await closed(room)
    ear = await room.hears(path_of(told["mp3"]))

    async with room.place.browser(room.evening.ben.cookie) as browser:
        assert (await browser.delete("/api/v1/session")).status_code == 204
    await until(lambda: ear.over)

    again, _ = await room.gets(path_of(told["mp3"]))
    assert again.status == 404


@pytest.mark.parametrize("how", ["room.remove", "room.ban"])
async def test_who_is_sent_out_of_a_closed_room_hears_no_more(room: Listening, how: str):
    told = await closed(room)
    await room.place.page(room.evening.ben.cookie).enter("swifts")
    ear = await room.hears(path_of(told["mp3"]))
    ada = next(page for page in room.place.pages[::-1] if page.cookie == room.evening.ada.cookie)

    more = {"reason": "noise", "hours": None, "network": False} if how == "room.ban" else {}
    gone = await ada.does(how, person=room.evening.id("Ben"), **more)
    assert gone["type"] == "ack", gone
    await until(lambda: ear.over)

    again, said = await room.gets(path_of(told["mp3"]))
    assert (again.status, b'"room.unknown"' in said) == (404, True)


async def test_what_is_not_on_air_is_said_so(room: Listening):
    starts = room.place.clock.now() + HOUR
    await room.place.room(room.evening.people["Ada"], "Later", name="later", starts_at=starts)

    ear, said = await room.gets("/r/later/stream.mp3")
    nowhere, unknown = await room.gets("/r/nowhere/stream.mp3")
    _, told = await room.gets("/api/v1/rooms/later/stream")

    assert (ear.status, b'"stream.not_yet"' in said) == (404, True)
    assert (nowhere.status, b'"room.unknown"' in unknown) == (404, True)
    assert (json.loads(told)["on_air"], json.loads(told)["starts_at"]) == (False, starts)
