"""Killed at any moment, nothing that was promised is lost, and nothing is there by half."""

import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from causerie.clock import HandClock
from causerie.db import Database
from causerie.db.tables import audit
from causerie.floor import store as floor
from causerie.floor.live import LiveRoom
from causerie.questions import store as questions
from causerie.stage import store as stage
from tests.chance import turn_of_chance
from tests.hall import NOW
from tests.paper import on_paper
from tests.stored import after_restart, called, told

ROOMS = 3


def killed_after(url: str, seed: int, acks: int) -> Counter[str]:
    """Let the program run until it has said so many turns, kill it, and give what it had said: turns by room."""
    command = [sys.executable, "-m", "tests.turns.dies", url, str(seed), str(ROOMS)]
    said: Counter[str] = Counter()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        for line in program.stdout:
            room, _, number = line.partition(" ")
            # The pipe still holds what it said before it died; a last line may be cut.
            if number.endswith("\n"):
                assert int(number) == said[room]
                said[room] += 1
            if said.total() == acks:
                program.kill()
    return said


def told_after(room: str, seed: int, turns: int) -> tuple[LiveRoom, list[str]]:
    """The same evening on paper, up to so many turns, and what the audit says of it."""
    chance = random.Random(f"{seed} {room}")
    live, audited = LiveRoom(called(room)), []
    for number in range(turns):
        live, lines = on_paper(live, turn_of_chance(chance, number))
        audited += lines
    return live, audited


async def found(database: Database, room: str) -> tuple[object, ...]:
    async with database.read() as connection:
        plan = called(room)
        there = LiveRoom(
            plan,
            await stage.read(connection, plan.id, now=NOW),
            await questions.read(connection, plan.id),
            floor=await floor.read(connection, plan.id),
        )
        lines = (await connection.execute(select(audit.c.verb).where(audit.c.room == room))).scalars()
        return told(there), sorted(lines)


@pytest.mark.parametrize("seed", range(10))
async def test_killed_at_any_moment(seed: int, tmp_path: Path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}"

    said = killed_after(url, seed, acks=random.Random(seed).randrange(1, 250))

    database = Database(url, HandClock())
    await database.open()
    for room in (f"room-{n}" for n in range(ROOMS)):
        # The last turn may have been written before there was time to say so; never more, never less.
        evenings = [told_after(room, seed, said[room] + more) for more in (0, 1)]
        assert await found(database, room) in [
            (told(replace(live, stage=after_restart(live.stage, NOW))), sorted(audited)) for live, audited in evenings
        ]
    await database.close()
