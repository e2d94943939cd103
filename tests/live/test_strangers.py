"""Pages that are not ours, too loud, too large or too slow: refused, closed, and nobody else is hurt."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Frame, Opcode

from causerie.live import protocol as wire
from causerie.live.shut_out import ShutOut
from causerie.live.telling import Announcement
from tests.place import Place
from tests.served import entered, opening, served


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[tuple[Place, int]]:
    async with served(tmp_path / "data") as (place, port):
        host, _ = await place.person("Ada", may_open_rooms=True)
        await place.room(host)
        yield place, port


# ---- who may open a page ----


@pytest.mark.parametrize(
    "origin",
    [
        pytest.param("https://elsewhere.example", id="another site"),
        pytest.param("null", id="null"),
        pytest.param("", id="none at all"),
        pytest.param("http://sub.localhost:{port}", id="a sibling"),
        pytest.param("http://localhost.evil:{port}", id="our name as a beginning"),
        pytest.param("http://evil-localhost:{port}", id="our name as an end"),
        pytest.param("http://localhost:1", id="another port"),
        pytest.param("http://localhost", id="no port"),
        pytest.param("https://localhost:{port}", id="another scheme"),
        pytest.param("http://localhost:{port}/", id="a path"),
        pytest.param("http://localhost:{port}@evil.example", id="our name as a user"),
        pytest.param("http://[", id="no address at all"),
        pytest.param("http://127.0.0.1:{port}", id="this machine by another name"),
    ],
)
async def test_only_our_own_page_comes_in(house: tuple[Place, int], origin: str):
    place, port = house
    _, cookie = await place.person("Ben", guest=True)

    with pytest.raises(InvalidStatus) as refused:
        async with opening(port, cookie, origin=origin.format(port=port)):
            pass

    assert refused.value.response.status_code == 403
    assert (place.causerie.gateway.pages, place.causerie.rooms.hubs) == (set(), {})


@pytest.mark.parametrize(
    ("origin", "comes_in"),
    [
        ("https://talk.example.org", True),
        ("http://talk.example.org", False),
        ("https://talk.example.org:8420", False),
        ("http://localhost:{port}", False),
    ],
)
async def test_behind_a_public_address_only_that_is_ours(tmp_path: Path, origin: str, comes_in: bool):
    async with served(tmp_path / "data", web={"public_url": "https://talk.example.org/"}) as (place, port):
        cookie = place.visitor().replace("causerie_visitor", "__Host-causerie_visitor")

        with contextlib.nullcontext() if comes_in else pytest.raises(InvalidStatus):
            async with opening(port, cookie, origin=origin.format(port=port)) as page:
                await page.send('{"do": "room.enter", "id": "c", "room": "nowhere"}')
                assert json.loads(await page.recv())["code"] == "room.unknown"


@pytest.mark.parametrize(
    "cookie",
    ["", "causerie_visitor=somebody.0000", "causerie_visitor=", "causerie_session=guessed", "=;;; =", "x" * 5000],
)
async def test_nobody_comes_in_without_an_id_of_ours(house: tuple[Place, int], cookie: str):
    with pytest.raises(InvalidStatus) as refused:
        async with opening(house[1], cookie):
            pass

    assert refused.value.response.status_code == 403


async def test_a_visitor_cannot_take_anothers_id(house: tuple[Place, int]):
    place, port = house
    ben, _ = await place.person("Ben", guest=True)
    signature = place.visitor().rpartition(".")[2]

    with pytest.raises(InvalidStatus):
        async with opening(port, f"causerie_visitor={ben.id}.{signature}"):
            pass


async def test_other_doors_have_no_websocket(house: tuple[Place, int]):
    place, port = house

    with pytest.raises(InvalidStatus) as refused:
        async with opening(port, place.visitor(), path="/api/v1/home"):
            pass

    assert refused.value.response.status_code == 403


# ---- what a page may say ----


async def closed_with(page, *, within: float = 20) -> int:
    """The code a page is closed with."""
    async with asyncio.timeout(within):
        with contextlib.suppress(ConnectionClosed):
            async for _ in page:
                pass
    return page.close_code


@pytest.mark.parametrize("frame", ["x" * (64 * 1024 + 1), b"x" * (64 * 1024 + 1), "ا" * 40_000])
async def test_a_frame_over_the_limit_closes_the_page(house: tuple[Place, int], frame: str | bytes):
    place, port = house

    async with opening(port, place.visitor()) as page, opening(port, place.visitor()) as other:
        await entered(other)
        await page.send(frame)

        assert await closed_with(page) == 1009
        await entered(other)


async def test_a_frame_in_pieces_has_the_same_limit(house: tuple[Place, int]):
    place, port = house

    async def pieces() -> AsyncIterator[str]:
        for _ in range(10_000):
            yield "x" * 1024

    async with opening(port, place.visitor()) as page:
        with contextlib.suppress(ConnectionClosed):
            await page.send(pieces())

        assert await closed_with(page) == 1009


async def test_a_page_that_talks_without_end_is_closed(house: tuple[Place, int]):
    place, port = house

    async with opening(port, place.visitor()) as page, opening(port, place.visitor()) as other:
        await entered(other)

        async def talks() -> None:
            with contextlib.suppress(ConnectionClosed):
                for _ in range(100_000):
                    await page.send("{}")

        talking = asyncio.create_task(talks())
        code = await closed_with(page)
        talking.cancel()
        await asyncio.gather(talking, return_exceptions=True)

        assert code == 1008
        await entered(other)


@pytest.mark.parametrize(
    ("said", "times"), [(b"{}", 1_000), (b"\xff", 1), (b"x" * 70_000, 1)], ids=["shouting", "no text", "too large"]
)
async def test_who_was_shut_out_waits_before_their_next_line_opens(
    house: tuple[Place, int], monkeypatch: pytest.MonkeyPatch, said: bytes, times: int
):
    monkeypatch.setattr("causerie.live.shut_out.WAITS", 600)
    place, port = house
    cookie = place.visitor()
    async with opening(port, cookie) as page:
        await shouts(page, said, times=times)
        await closed_with(page)

    async def comes_again() -> None:
        async with opening(port, cookie):
            pass

    again = asyncio.create_task(comes_again())
    for _ in range(5):
        async with opening(port, place.visitor()) as other:
            await entered(other)
    assert not again.done()
    again.cancel()


def test_who_was_shut_out_waits_so_long_and_no_longer(monkeypatch: pytest.MonkeyPatch):
    now = 100.0
    monkeypatch.setattr("causerie.live.shut_out.time.monotonic", lambda: now)
    shut_out = ShutOut()
    shut_out.add("ben")

    assert (shut_out.wait("ben"), shut_out.wait("ada")) == (5.0, 0.0)
    now = 104.0
    assert shut_out.wait("ben") == 1.0
    now = 105.0
    assert shut_out.wait("ben") == 0.0


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.live.shut_out.REMEMBERED", 2)
    shut_out = ShutOut()
    for who in ("ada", "ben", "cleo"):
        shut_out.add(who)

    assert [shut_out.wait(who) > 0 for who in ("ada", "ben", "cleo")] == [False, True, True]


async def shouts(page: ClientConnection, *frames: bytes, times: int = 1) -> None:
    """Hand all of it to the kernel in one write, and read nothing."""
    page.transport.write(b"".join(Frame(Opcode.TEXT, said).serialize(mask=True) for said in frames) * times)


async def test_of_what_is_shouted_nothing_is_done(house: tuple[Place, int]):
    place, port = house
    _, ben = await place.person("Ben")
    asks = [json.dumps({"do": "question.ask", "id": str(n), "text": f"Question {n}?"}).encode() for n in range(100)]

    async with opening(port, ben) as page, opening(port, place.visitor()) as other:
        await entered(page)
        await entered(other)
        await shouts(page, *asks)

        assert await closed_with(page) == 1008
        await entered(other)
    assert list(place.state().questions.open) == []


@pytest.mark.parametrize(
    ("said", "times"),
    [(b"{}", 50_000), (b"\xff" * 100, 10_000), (b"x" * 4_000, 2_000)],
    ids=["empty", "no text", "long"],
)
async def test_whoever_shouts_on_is_shut_out_and_read_no_further(house: tuple[Place, int], said: bytes, times: int):
    place, port = house

    async with opening(port, place.visitor()) as page, opening(port, place.visitor()) as other:
        await shouts(page, said, times=times)

        assert await closed_with(page) in (1008, 1007, 1006)
        await entered(other)


async def test_nothing_is_unpacked(house: tuple[Place, int]):
    place, port = house

    async with opening(port, place.visitor(), compression="deflate") as page:
        assert page.protocol.extensions == []
        # A frame that claims to be compressed (RSV1, RFC 7692) though nobody agreed to it: masked, "hello".
        page.transport.write(bytes([0xC1, 0x85, 0, 0, 0, 0]) + b"hello")

        assert await closed_with(page) == 1002


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hello",
        "[]",
        "null",
        "7",
        '"room.enter"',
        "{}",
        '{"do": "room.enter"}',
        '{"do": "room.enter", "id": "a", "id": "b", "room": "sparrows"}',
        '{"do": "room.enter", "id": "a", "room": "sparrows", "as": "host"}',
        '{"do": "room.enter", "id": "a", "room": 7}',
        '{"do": "room.enter", "id": "", "room": "sparrows"}',
        '{"do": "room.enter", "id": "' + "x" * 41 + '", "room": "sparrows"}',
        '{"do": "room.destroy", "id": "a"}',
        '{"do": "hand.raise", "id": "a", "note": "' + "x" * 10_000 + '"}',
        '{"do": "question.ask", "id": "a", "text": "\\ud800?"}',
        '{"do": "question.ask", "id": "a", "text": "Why?", "person": "ada"}',
        '{"do": "question.vote", "id": "a", "question": null}',
        "[" * 30_000,
        '{"a":' * 10_000,
        "NaN",
        "\ufeff{}",
    ],
    ids=lambda said: said[:24] or "nothing",
)
async def test_what_cannot_be_meant_is_refused_and_the_next_is_heard(place: Place, said: str):
    page = place.page(place.visitor())

    page.says(said)
    told = await page.hears(lambda frame: frame["type"] == "refused")

    assert told["code"] in ("message.unknown", "hand.note", "question.length", "room.unknown")
    assert (await page.enter("nowhere"))["code"] == "room.unknown"


# ---- who does not listen ----


async def until(holds: Callable[[], bool], *, within: float = 10) -> None:
    async with asyncio.timeout(within):
        while not holds():  # noqa: ASYNC110  what is waited for belongs to another's loop
            await asyncio.sleep(0.01)


async def deaf(port: int, cookie: str) -> socket.socket:
    """A page that enters and never reads again."""
    loop = asyncio.get_running_loop()
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    door.setblocking(False)
    await loop.sock_connect(door, ("127.0.0.1", port))
    head = (
        f"GET /live HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\nCookie: {cookie}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    await loop.sock_sendall(door, head.encode())
    assert b" 101 " in await loop.sock_recv(door, 4096)
    said = b'{"do": "room.enter", "id": "a", "room": "sparrows"}'
    await loop.sock_sendall(door, bytes([0x81, 0x80 | len(said), 0, 0, 0, 0]) + said)
    return door


async def test_who_never_reads_is_let_go_and_nobody_waits_for_them(
    house: tuple[Place, int], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("causerie.live.outgoing.WAITING_BYTES", 64 * 1024)
    monkeypatch.setattr("causerie.live.socket.LAST_WORD", 0.1)
    place, port = house
    rooms, gateway = place.causerie.rooms, place.causerie.gateway
    async with opening(port, place.visitor(), max_queue=None) as hears:
        await entered(hears)
        door = await deaf(port, place.visitor())
        hub = rooms.hubs[rooms.names["sparrows"]]
        await until(lambda: len(hub.pages) == 2)
        loud = Announcement(room=[wire.VotesCounted(tallies={f"{n:026}": n for n in range(200)}, guests={})])

        frames = most = 0
        async with asyncio.timeout(30):
            while len(hub.pages) == 2:
                hub.say(loud, rooms.state(hub.key), place.clock.now())
                frames += 1
                most = max(most, *(page.outgoing._bytes for page in hub.pages))
                await asyncio.sleep(0)

        told = 0
        async with asyncio.timeout(10):
            while told < frames:
                told += "votes.counted" in str(await hears.recv())
        assert 64 * 1024 < most < 2 * 64 * 1024
        await until(lambda: len(gateway.pages) == 1)
        door.close()


async def test_the_kernel_cuts_whoever_takes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.web.openings.UNREAD_FOR", 500)
    async with served(tmp_path / "data") as (place, port):
        host, _ = await place.person("Ada", may_open_rooms=True)
        await place.room(host)
        door = await deaf(port, place.visitor())
        gateway, rooms = place.causerie.gateway, place.causerie.rooms
        await until(lambda: any(page.key for page in gateway.pages))
        (page,) = gateway.pages

        page.frame("x" * 8_000_000)

        await until(lambda: gateway.pages == set(), within=15)
        await until(lambda: not any(hub.pages for hub in rooms.hubs.values()))
        door.close()
