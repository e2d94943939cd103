"""Connections that begin something and do not finish it: they end, cost little, and others are served meanwhile."""

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.served import served

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
