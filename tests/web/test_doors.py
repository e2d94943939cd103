"""Connections that begin something and do not finish it: they end, cost little, and others are served meanwhile."""

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.frames import Frame, Opcode

from tests.served import entered, opening, served

HALF = b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: "
HALF_A_BODY = (
    b"POST /whep/sparrows HTTP/1.1\r\nHost: h\r\nContent-Type: application/sdp\r\nContent-Length: 900\r\n\r\nv=0"
)
KEPT_ALIVE = b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"


@dataclass
class Caller:
    """A connection that is open for as long as somebody holds this."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


async def knocks(port: int, said: bytes) -> Caller:
    """Somebody who connects, says this and waits."""
    caller = Caller(*await asyncio.open_connection("127.0.0.1", port))
    caller.writer.write(said)
    return caller


async def rest(caller: Caller) -> bytes:
    """All that is answered until the connection ends."""
    async with asyncio.timeout(10):
        with contextlib.suppress(ConnectionError):
            return await caller.reader.read()
    return b""


async def alive(port: int) -> bool:
    async with httpx.AsyncClient(trust_env=False) as browser:
        return (await browser.get(f"http://127.0.0.1:{port}/healthz")).json() == {"status": "alive"}


# ---- requests ----


@pytest.mark.parametrize("begun", [b"", HALF, HALF_A_BODY, KEPT_ALIVE + HALF, KEPT_ALIVE + b"\r\n"])
async def test_a_request_that_is_not_finished_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], begun: bytes
):
    monkeypatch.setattr("causerie.web.doors.REQUEST_WITHIN", 0.3)
    async with served(tmp_path / "data") as (_, port):
        waiting = [await knocks(port, begun) for _ in range(20)]

        assert await alive(port)
        answers = {await rest(one) for one in waiting}

        assert {answer.partition(b"\r\n")[0] for answer in answers} <= {b"", b"HTTP/1.1 200 OK"}
        assert len(answers) == 1
    assert "Traceback" not in capfd.readouterr().err


async def test_a_head_without_end_is_refused(tmp_path: Path):
    async with served(tmp_path / "data") as (_, port):
        without_end = await knocks(port, HALF + b"x" * 70_000)

        assert (await rest(without_end)).startswith(b"HTTP/1.1 400")


async def test_of_too_many_who_say_nothing_the_oldest_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.web.doors.WAITING_FOR_HEAD", 10)
    async with served(tmp_path / "data") as (_, port):
        first = [await knocks(port, HALF) for _ in range(10)]
        later = [await knocks(port, HALF) for _ in range(10)]

        assert [await rest(one) for one in first] == [b""] * 10
        assert [one.reader.at_eof() for one in later] == [False] * 10
        later[-1].writer.write(b"a=b\r\nConnection: close\r\n\r\n")
        assert (await rest(later[-1])).startswith(b"HTTP/1.1 200")


# ---- pages ----


async def begins(page: ClientConnection, *pieces: bytes) -> None:
    """Send a message in pieces, and not the last."""
    for opcode, piece in zip([Opcode.TEXT, *[Opcode.CONT] * (len(pieces) - 1)], pieces, strict=True):
        page.transport.write(Frame(opcode, piece, fin=False).serialize(mask=True))


# What is on its way when a connection ends may make the kernel forget our last word.
CUT = (1008, 1006)


async def closed_with(page: ClientConnection) -> int | None:
    async with asyncio.timeout(10):
        await page.wait_closed()
    return page.close_code


@pytest.mark.parametrize("pieces", [[b"{"], [b"{"] * 3, [b""]])
async def test_a_message_that_is_not_finished_closes_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pieces: list[bytes]
):
    monkeypatch.setattr("causerie.web.doors.MESSAGE_WITHIN", 0.3)
    async with served(tmp_path / "data") as (place, port):
        await place.room((await place.person("Ada", may_open_rooms=True))[0])
        async with opening(port, place.visitor()) as page, opening(port, place.visitor()) as other:
            await begins(page, *pieces)

            await entered(other)

            assert await closed_with(page) == 1008
            await entered(other)


@pytest.mark.parametrize("piece", [b"", b"x"])
async def test_a_message_in_pieces_without_end_closes_the_page(tmp_path: Path, piece: bytes):
    async with served(tmp_path / "data") as (place, port), opening(port, place.visitor()) as page:
        await begins(page, *[piece] * 5_000)

        assert await closed_with(page) in CUT


async def test_a_message_in_some_pieces_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.web.doors.MESSAGE_WITHIN", 0.3)
    async with served(tmp_path / "data") as (place, port):
        await place.room((await place.person("Ada", may_open_rooms=True))[0])
        async with opening(port, place.visitor()) as page:
            await page.send(['{"do": "room.enter",', ' "id": "enter",', ' "room": "sparrows"}'])
            await asyncio.sleep(0.6)

            await entered(page)


async def test_whoever_floods_with_pings_is_closed(tmp_path: Path):
    async with served(tmp_path / "data") as (place, port), opening(port, place.visitor()) as page:
        for _ in range(1_000):
            page.transport.write(Frame(Opcode.PING, b"x" * 125).serialize(mask=True))

        assert await closed_with(page) in CUT


# ---- what goes out ----


async def test_a_text_is_framed_once_for_all_who_are_told_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    framed: list[bytes] = []
    real = Frame.serialize

    def counted(frame: Frame, **how: Any) -> bytes:
        framed.append(bytes(frame.data))
        return real(frame, **how)

    async with served(tmp_path / "data") as (place, port):
        ada, cookie = await place.person("Ada", may_open_rooms=True)
        await place.room(ada)
        async with (
            opening(port, cookie) as host,
            opening(port, place.visitor()) as ben,
            opening(port, place.visitor()) as cho,
        ):
            for page in (host, ben, cho):
                await entered(page)
            monkeypatch.setattr("causerie.web.doors.Frame.serialize", counted)
            await host.send('{"do": "room.pin", "id": "pin", "text": "Read this", "link": null}')
            told = [await hears(page, "pin") for page in (ben, cho)]

    assert told[0] == told[1]
    assert framed.count(told[0].encode()) == 1


async def hears(page: ClientConnection, what: str) -> str:
    """The first frame with an event about this."""
    async with asyncio.timeout(10):
        while True:
            said = str(await page.recv())
            if f'"is":"room.{what}' in said:
                return said


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
async def test_a_text_of_any_length_arrives(tmp_path: Path, size: int):
    said = "é" * (size // 2) + "x" * (size % 2)
    async with served(tmp_path / "data") as (place, port), opening(port, place.visitor()) as page:
        await page.send('{"do": "nothing"}')
        await page.recv()
        next(iter(place.causerie.gateway.pages)).frame(said)

        assert await page.recv() == said
