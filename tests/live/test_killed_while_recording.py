"""A recorded room on a real server that is killed, then stopped: it goes on each time, and is finished by itself."""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from causerie._engine import Track
from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.clock import WallClock
from causerie.config import read
from causerie.db import Database, Tx
from causerie.recordings.words import WORDS
from causerie.rooms.actions import open_room
from tests.e2e.house import House
from tests.folders import lying
from tests.live.lines import Line
from tests.media.raw_lines import RawLine, speak_together, tone_packets

ROOM = "sparrows"
SECOND = 1_000_000_000

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path)
    yield house
    house.stop()


async def cookie_of_ada(data: Path) -> str:
    """She has an account and a room."""

    async def written(tx: Tx) -> str:
        ada = await accounts.add_person(tx, name="Ada", may_open_rooms=True)
        await open_room(tx, ada, title=ROOM.title())
        return await accounts.open_session(tx, ada)

    database = Database(read(data=data).database_url, WallClock())
    await database.open()
    token, _ = await database.write(written)
    await database.close()
    return f"{SESSION}={token}"


@contextlib.asynccontextmanager
async def talking(ada: Line, *, first: bool) -> AsyncIterator[None]:
    """Ada is connected, and says a tone without end."""
    sound = RawLine(speaks=True)
    await ada.found()
    await ada.speaks(ROOM, sound)
    begins = ("room.start", "recording.start") if first else ()
    for do in (*begins, "microphone.unmute"):
        assert (await ada.does(do))["type"] == "ack", do
    if first:
        await ada.does("recording.consent", keep=True, words=WORDS)
    saying = asyncio.create_task(speak_together({sound: tone_packets(440)}, 60))
    try:
        yield
    finally:
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)
        await sound.close()


async def written(data: Path, *, more_than: int) -> Path:
    """Her log, once so many packets are in it."""
    async with asyncio.timeout(20):
        while not (logs := longer(data, more_than)):  # noqa: ASYNC110  another program's folder
            await asyncio.sleep(0.05)
    [log] = logs
    return log


def longer(data: Path, packets: int) -> list[Path]:
    """Logs with more than so many packets."""
    return [log for log in lying(data, ".take") if Track(str(log)).packets > packets]


def last(log: Path) -> int:
    came = Track(str(log)).came
    assert came is not None
    return came[1]


def take(data: Path) -> tuple[str, int]:
    """The state of the one take, and of how many parts it is."""
    with contextlib.closing(sqlite3.connect(data / "causerie.sqlite")) as database:
        [[state]] = database.execute("SELECT state FROM takes").fetchall()
        [[parts]] = database.execute("SELECT count(*) FROM take_parts").fetchall()
    return state, parts


async def taken(data: Path, wanted: Callable[[str, int], bool]) -> None:
    """Wait until the take is as wanted."""
    async with asyncio.timeout(20):
        while not wanted(*take(data)):  # noqa: ASYNC110  another program's database
            await asyncio.sleep(0.05)


async def test_killed_stopped_and_begun_again_it_is_one_recording_that_waits_for_its_copy(house: House):
    ada = Line(house.web, await cookie_of_ada(house.data))
    house.start()
    async with talking(ada, first=True):
        log = await written(house.data, more_than=40)
        house.kill()
        killed = time.time_ns()
    lost = killed - last(log)
    before = Track(str(log)).packets

    house.start()
    async with talking(ada, first=False):
        await written(house.data, more_than=before + 40)
        stopped = time.time_ns()
        await asyncio.to_thread(house.stop)
    unwritten = stopped - last(log)

    house.start()
    await ada.found()
    await ada.enters(ROOM)
    await taken(house.data, lambda _, parts: parts == 3)
    await ada.does("room.end")
    await taken(house.data, lambda state, _: state not in ("recording", "stopping"))
    await ada.leaves()

    assert (lost < SECOND, unwritten < SECOND // 2) == (True, True)
    assert (Track(str(log)).torn, Track(str(log)).lost, take(house.data)[1]) == (None, 0, 3)
