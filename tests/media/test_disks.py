"""Disks that are full, out of files, read-only, broken, standing still: the talk goes on, and so does the recording."""

import asyncio
import contextlib
import itertools
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from causerie._engine import GATE_STAGE, Engine, Track
from tests.disks import Disk, no_file_longer_than, small_disk, standing_still
from tests.media.engine_people import Talk, tone_file
from tests.media.raw_lines import Evening, RawLine

TOLD_WITHIN = 5.0
PITCHES = {1: 440.0, 2: 660.0}
HEAD = b"causerietake\x01\x00\x00\x00"
HALF_A_MEGABYTE = 512 << 10

pytestmark = pytest.mark.timeout(60)


@dataclass
class Recorded:
    """Two people talk and are recorded, a third one hears them."""

    engine: Engine
    ear: RawLine
    voices: Path

    def record(self, folder: Path, *people: int) -> list[Path]:
        """Keep these people's logs there from now on."""
        for number in people:
            self.engine.open_track(number, str(folder / f"{number}.take"))
            self.engine.record(number, number)
        return [folder / f"{number}.take" for number in people]

    def troubles(self) -> dict[int, str]:
        return {track: trouble for track, _, _, trouble in self.engine.tracks() if trouble is not None}

    async def becomes(self, troubles: dict[int, str]) -> None:
        """The recorder says so, as soon as a host has to hear of it."""
        await until(lambda: self.troubles() == troubles)

    async def closed(self) -> None:
        for track, *_ in self.engine.tracks():
            self.engine.close_track(track)
        await until(lambda: not self.engine.tracks())


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(TOLD_WITHIN):
        while not so():  # noqa: ASYNC110  the recorder has no bell for Python
            await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def talking(folder: Path, *, reserve: int = 0) -> AsyncIterator[Recorded]:
    """Whatever becomes of the disk: at the end the listener has missed nothing, and nothing was lost on the way."""
    engine = Engine(bind="127.0.0.1", port=0, advertise=["127.0.0.1"], workers=1, reserve=reserve)
    room = Evening(Talk(engine), [])
    for number, hz in PITCHES.items():
        path = tone_file(folder / f"{number}.opus", hz)
        engine.play(peer=number, room=1, speaker=number, path=str(path), loop=True)
        engine.gate(number, GATE_STAGE)
    ear = await room.enter(10, lines=3)
    await asyncio.sleep(0.3)
    ear.forget()
    try:
        yield Recorded(engine, ear, folder)
        for number in PITCHES:
            times = [packet.time for packet in ear.heard if packet.speaker == number]
            assert {later - before for before, later in itertools.pairwise(times)} == {960}
        assert room.count("drop_ring_recorded") == 0
    finally:
        await ear.close()
        await room.talk.close()
        engine.stop()


@contextlib.contextmanager
def disk_of(folder: Path, **more: int) -> "contextlib.AbstractContextManager[Disk]":
    with small_disk(folder / "disk", kilobytes=2_000, **more) as disk:
        yield disk


def packets(logs: list[Path]) -> list[int]:
    return [Track(str(log)).packets for log in logs]


async def test_a_full_disk_leaves_room_for_the_database_and_is_gone_on_with_when_there_is_space(tmp_path: Path):
    with disk_of(tmp_path) as disk:
        database = sqlite3.connect(disk.path / "causerie.db")
        database.execute("CREATE TABLE said (words)")
        async with talking(tmp_path, reserve=1 << 30) as here:
            logs = here.record(disk.path, 1, 2)
            await until(lambda: all(log.exists() for log in logs))
            disk.fill(but=220_000)
            await here.becomes({1: "full", 2: "full"})
            before = packets(logs)
            with database:
                database.execute("INSERT INTO said VALUES (?)", ["x" * 50_000])
            await asyncio.sleep(0.5)
            meanwhile = packets(logs)

            disk.clear()
            await here.becomes({})
            await here.closed()
        database.close()
        after = [Track(str(log)) for log in logs]

    assert meanwhile == before
    assert [(track.lost, track.torn) for track in after] == [(0, None)] * 2
    assert all(track.packets > count + 20 for track, count in zip(after, before, strict=True))


async def test_without_another_file_who_is_written_goes_on_and_who_comes_waits(tmp_path: Path):
    with disk_of(tmp_path, files=20) as disk:
        async with talking(tmp_path) as here:
            [ada] = here.record(disk.path, 1)
            await until(ada.exists)
            disk.use_up_files()
            [ben] = here.record(disk.path, 2)
            await here.becomes({2: "full"})
            before = packets([ada])[0]
            await until(lambda: packets([ada])[0] > before)
            never_there = ben.exists()

            disk.clear()
            await here.becomes({})
            await here.closed()
        lost = [Track(str(log)).lost for log in (ada, ben)]

    assert (never_there, lost) == (False, [0, 0])


async def test_a_disk_that_may_not_be_written_to_is_said_and_tried_again(tmp_path: Path):
    with disk_of(tmp_path) as disk:
        async with talking(tmp_path) as here:
            older = disk.path / "older.take"
            older.write_bytes(HEAD)
            disk.becomes("ro")
            logs = here.record(disk.path, 1, 2)
            await here.becomes({1: "read_only", 2: "read_only"})
            assert Track(str(older)).packets == 0

            disk.becomes("rw")
            await here.becomes({})
            await here.closed()
        assert [(Track(str(log)).lost, Track(str(log)).packets > 20) for log in logs] == [(0, True)] * 2


async def test_a_disk_that_stands_still_is_slow_and_costs_nothing_when_it_answers(tmp_path: Path):
    log = tmp_path / "1.take"
    log.write_bytes(HEAD)
    async with talking(tmp_path) as here:
        with standing_still(log):
            logs = here.record(tmp_path, 1, 2)
            await here.becomes({1: "slow", 2: "slow"})
        await here.becomes({})
        await here.closed()

    assert [(Track(str(log)).lost, Track(str(log)).packets > 90) for log in logs] == [(0, True)] * 2


async def test_nobody_waits_at_the_end_for_a_disk_that_stands_still(tmp_path: Path):
    log = tmp_path / "1.take"
    log.write_bytes(HEAD)
    async with talking(tmp_path) as here:
        with standing_still(log):
            here.record(tmp_path, 1)
            await asyncio.sleep(0.3)
            async with asyncio.timeout(TOLD_WITHIN):
                await asyncio.to_thread(here.engine.stop)


async def test_a_write_that_breaks_off_leaves_whole_records_and_is_made_again(tmp_path: Path):
    async with talking(tmp_path) as here:
        [log] = here.record(tmp_path, 1)
        await until(log.exists)
        with no_file_longer_than(log.stat().st_size + 1_000):
            await here.becomes({1: "broken"})
            torn = Track(str(log)).torn
        await here.becomes({})
        await here.closed()

    track = Track(str(log))
    assert (torn, track.torn, track.lost) == (None, None, 0)
