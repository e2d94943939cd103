"""Lines of pages: what is begun ends soon, who says too much is shut out, and nobody else waits for them."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosedError
from websockets.frames import Frame, Opcode

from causerie.live.socket import LivePage
from causerie.web.line import LiveLine
from tests.served import entered, opening, served


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
    monkeypatch.setattr("causerie.web.line.MESSAGE_WITHIN", 0.3)
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
    monkeypatch.setattr("causerie.web.line.MESSAGE_WITHIN", 0.3)
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


# ---- who talks much ----


def words(count: int) -> bytes:
    """So many commands that nobody knows, in one piece."""
    return Frame(Opcode.TEXT, b"{}").serialize(mask=True) * count


async def refusals(page: ClientConnection, count: int) -> None:
    async with asyncio.timeout(10):
        for _ in range(count):
            assert '"message.unknown"' in str(await page.recv())


async def test_twenty_at_once_are_heard_and_of_more_nothing(tmp_path: Path):
    async with served(tmp_path / "data") as (place, port):
        async with opening(port, place.visitor()) as page:
            page.transport.write(words(20))
            await refusals(page, 20)
        async with opening(port, place.visitor()) as page:
            page.transport.write(words(21))

            assert await closed_with(page) == 1008
            with pytest.raises(ConnectionClosedError):
                await page.recv()


async def test_what_was_said_while_the_server_was_busy_is_nobodys_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("causerie.web.line.A_SECOND", 200)
    hear = LivePage._hear

    async def slowly(page: LivePage, text: str | None) -> None:
        await asyncio.sleep(0.3 if text == "slow" else 0)
        await hear(page, text)

    monkeypatch.setattr(LivePage, "_hear", slowly)
    async with served(tmp_path / "data") as (place, port), opening(port, place.visitor()) as page:
        await page.send("slow")
        await page.send("and behind it nothing is read")
        await asyncio.sleep(0.05)
        page.transport.write(words(50))

        await refusals(page, 52)


async def test_whoever_comes_again_has_not_saved_up_words_at_the_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.web.line.A_SECOND", 1_000)
    monkeypatch.setattr("causerie.live.shut_out.WAITS", 0.5)
    monkeypatch.setattr("causerie.web.line.LAST_WORD", 0.05)
    async with served(tmp_path / "data") as (place, port):
        cookie = place.visitor()
        for _ in range(2):
            async with opening(port, cookie) as page:
                page.transport.write(words(100))

                assert await closed_with(page) == 1008


async def test_whoever_waits_to_be_heard_is_not_taken_for_gone():
    line, rang = LiveLine.__new__(LiveLine), []
    line.schedule_ping = lambda: rang.append("again")
    line.pong_timer, line.pending_ping_payload = None, b"ping"
    line.read_paused, line.ping_sent_at = True, 1.0

    line.keepalive_timeout()

    assert (rang, line.pending_ping_payload) == (["again"], None)


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
            monkeypatch.setattr("causerie.web.line.Frame.serialize", counted)
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
