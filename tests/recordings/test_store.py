"""What is written of recordings is what comes back; the ledger keeps every line; a copy finds what may be in it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from causerie.clock import SECOND, HandClock
from causerie.db import Database, Tx
from causerie.recordings import actions, coming, queries
from causerie.recordings.coming import Part
from causerie.recordings.following import follow
from causerie.recordings.live import RecordedRoom, fold
from causerie.recordings.store import read
from causerie.recordings.words import WORDS
from causerie.rooms import store as rooms
from causerie.rooms.events import RoomEnded
from tests.hall import ADA, BEN, NOW, ada, ben
from tests.recordings.takes import Does, on_stage
from tests.stored import taken_again, with_people_and


class Written:
    """An evening whose turns are committed, one after another, a second apart."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database, self.clock = database, clock
        self.room: RecordedRoom = on_stage(ada, ben)

    async def does(self, action: Does) -> None:
        self.clock.turn(SECOND)

        async def turn(tx: Tx) -> None:
            await action(tx, self.room)
            await follow(tx, self.room)

        _, events = await self.database.write(turn)
        for event in events:
            self.room = fold(event, self.room)

    async def says(self, person: Any, *, keep: bool = True) -> None:
        await self.does(lambda tx, live: coming.answer(tx, live, person, Part(keep, WORDS)))

    async def leads(self, *steps: Any) -> None:
        for step in steps:
            await self.does(lambda tx, live, step=step: step(tx, live, ada))

    async def closes(self) -> None:
        take = self.room.recording.take
        assert take is not None
        await self.does(lambda tx, live: actions.close(tx, live, take=take.id))

    async def ends(self) -> None:
        await self.does(lambda tx, live: rooms.store(tx, live.room.id, [RoomEnded(tx.now)]))


@pytest.fixture
async def written(database: Database, clock: HandClock) -> Written:
    await with_people_and(database, on_stage(ada).room)
    return Written(database, clock)


async def test_whatever_happens_is_found_again(written: Written):
    steps = [
        lambda: written.leads(actions.start),
        lambda: written.says(ada),
        lambda: written.says(ben, keep=False),
        lambda: written.leads(actions.pause),
        lambda: written.leads(actions.resume),
        lambda: written.says(ben),
        lambda: written.does(lambda tx, live: coming.withdraw(tx, live, ben)),
        lambda: written.says(ben),
        lambda: written.leads(actions.stop),
        lambda: written.closes(),
        lambda: written.leads(actions.start),
        lambda: written.ends(),
    ]
    for step in steps:
        await step()
        async with written.database.read() as connection:
            stood = await read(connection, written.room.room.id)
        assert stood == taken_again(written.room.recording)


async def test_what_ran_goes_on_as_the_next_part(written: Written):
    await written.leads(actions.start)
    await written.says(ada)
    async with written.database.read() as connection:
        stood = await read(connection, written.room.room.id)
    track = written.room.recorded[ADA]
    written.room = replace(written.room, recording=stood)
    waits = dict(written.room.recorded)

    await written.does(actions.go_on)

    take = written.room.recording.take
    assert take is not None
    assert (waits, take.part, written.room.recorded) == ({}, 2, {ADA: track})
    async with written.database.read() as connection:
        began, ended = zip(*await queries.parts_of(connection, take.id), strict=True)
        assert await read(connection, written.room.room.id) == taken_again(written.room.recording)
    assert ended == (began[1], None)


async def test_a_copy_finds_what_may_be_in_it(written: Written, tmp_path: Path):
    await written.leads(actions.start)
    await written.says(ada)
    await written.says(ben)
    await written.does(lambda tx, live: coming.withdraw(tx, live, ben))
    kept = written.room.recorded[ADA]
    before = NOW + SECOND

    async def waiting() -> list[queries.TakeToCopy]:
        async with written.database.read() as connection:
            return await queries.takes_to_copy(connection)

    on = await waiting()
    await written.ends()
    stopping = await waiting()
    await written.closes()
    [take] = await waiting()
    async with written.database.read() as connection:
        tracks = await queries.kept_tracks(connection, tmp_path, take.id)
        lines = await queries.ledger(connection, written.room.room.id)
        to_go = await queries.unfinished(connection)

    log = tmp_path / "recordings" / take.id / f"{kept.id}.take"
    assert (on, stopping) == ([], [])
    assert (take.room, take.began_at, take.ended_at) == (written.room.room.id, before, written.clock.now() - SECOND)
    assert tracks == [queries.KeptTrack(kept.id, ADA, "Ada", 1, log)]
    assert [(line.person, line.answer, line.words) for line in lines] == [
        (ADA, "kept", WORDS),
        (BEN, "kept", WORDS),
        (BEN, "withdrawn", WORDS),
    ]
    assert to_go == [written.room.room.id]
