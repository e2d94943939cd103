"""The database stands still under a live room, and the server is killed meanwhile: nothing that closed is open."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from causerie.clock import WallClock
from causerie.db import Database
from tests.e2e.house import House
from tests.live.crowd import ROOM, Crowd, crowd_of
from tests.live.lines import AGAIN_AFTER, Line
from tests.outages import frozen, locked


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    house = House(tmp_path / "data", settings={"CAUSERIE_DATABASE_URL": database_url})
    yield house
    house.stop()


@contextlib.asynccontextmanager
async def away(url: str) -> AsyncIterator[None]:
    """SQLite is held by another program, PostgreSQL stands still."""
    database = Database(url, WallClock())
    async with locked(database) if database.sqlite else frozen(database):
        yield


async def goes_on(line: Line) -> None:
    """The room lives: a tick comes."""
    assert line.socket is not None
    async with asyncio.timeout(30):
        while json.loads(await line.socket.recv())["type"] != "tick":
            pass


async def sent_out(line: Line) -> int | None:
    """How their page was closed."""
    assert line.socket is not None
    async with asyncio.timeout(30):
        with contextlib.suppress(ConnectionClosed):
            while True:
                await line.socket.recv()
    return line.socket.close_code


async def asked_again(line: Line) -> str:
    """Ask until it is taken."""
    async with asyncio.timeout(60):
        while True:
            told = await line.does("question.ask", text="Are we back?")
            if told["type"] == "ack":
                return str(told["made"])
            await asyncio.sleep(AGAIN_AFTER)


async def on_stage(crowd: Crowd, *names: str) -> None:
    for name in ("Ada", *names, "Dee", "Eve"):
        await crowd.lines[name].comes()
        await crowd.lines[name].enters(ROOM)
    await crowd.does("Ada", "room.start")
    for name in names:
        await crowd.does("Ada", "stage.invite", to=name)
        await crowd.does(name, "stage.accept")


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_what_closed_while_the_database_stood_still_is_closed_after_a_kill(house: House, database_url: str):
    crowd = await crowd_of(house, database_url)
    ada, cho, dee, eve = (crowd.lines[name] for name in ("Ada", "Cho", "Dee", "Eve"))
    house.start()
    await on_stage(crowd, "Ben", "Cho")

    async with away(database_url):
        await crowd.does("Ada", "stage.mute", to="Ben", hold=True)
        refused = await eve.does("question.ask", text="Is this kept?")
        await goes_on(eve)
    made = await asked_again(eve)

    async with away(database_url):
        await crowd.does("Ada", "room.remove", to="Cho")
        await crowd.does("Ada", "room.ban", to="Dee", reason="Shouted", hours=2, network=False)
        closed = [await sent_out(line) for line in (cho, dee)]
        await goes_on(eve)
        house.kill()
    house.start()
    for line in (ada, cho, dee):
        await line.found()
    seen = await ada.enters(ROOM)

    assert (refused["code"], closed) == ("database.away", [4001, 4002])
    assert [(seat["name"], seat["kept"]) for seat in seen["room"]["seats"]] == [("Ada", False), ("Ben", True)]
    assert [question["id"] for question in seen["room"]["questions"]] == [made]
    assert (await dee.does("room.enter", room=ROOM))["code"] == "room.unknown"
    assert (await cho.does("room.enter", room=ROOM))["type"] == "ack"
    assert not (house.data / "closings.log").exists()
    await asyncio.gather(*(line.leaves() for line in (ada, cho, dee, eve)))
