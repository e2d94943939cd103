"""R02: the server is killed in every step of the making of a copy. There is one copy, once, and never half of one."""

import asyncio
import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.copies.held import held
from tests.place import opened

STEPS = ("plan", "make!", "make", "store", "finish")


async def lives(data: Path, step: str = "") -> int:
    """A server goes on with what it finds; gives how it ended."""
    command = [sys.executable, "-m", "tests.copies.one_life", str(data), step]
    program = await asyncio.create_subprocess_exec(*command, env=dict(os.environ))
    async with asyncio.timeout(90):
        return await program.wait()


def stands(data: Path) -> tuple[str, int, int, str]:
    """The state of the one copy, which edition people see, how many editions there are, and the take's state."""
    with sqlite3.connect(data / "causerie.sqlite") as database:
        [(state, made, name)] = database.execute("SELECT state, made, name FROM copies").fetchall()
        [(editions,)] = database.execute("SELECT count(*) FROM editions").fetchall()
        [(take,)] = database.execute("SELECT state FROM takes").fetchall()
    assert (data / "files" / "copies" / name).exists() or not made
    return state, made, editions, take


def parts(data: Path) -> list[str]:
    return sorted(str(path.relative_to(data / "files")).split("/", 2)[2] for path in (data / "files").rglob("*.*"))


@pytest.mark.timeout(240)
async def test_killed_in_every_step_there_is_one_copy(tmp_path: Path):
    data = tmp_path / "data"
    async with opened(data) as place:
        await held(place)

    ends, stood = [], []
    for step in STEPS:
        ends.append(await lives(data, step))
        stood.append(stands(data))
    whole = await lives(data)

    assert ends == [-signal.SIGKILL] * len(STEPS)
    assert stood == [("processing", 0, 1, "processing")] * 4 + [("ready", 1, 1, "ready")]
    assert (whole, stands(data)) == (0, ("ready", 1, 1, "ready"))
    assert len(parts(data)) == 16
    assert {part.split("/")[0] for part in parts(data)} == {"1"}
    assert not list((data / "work").glob("*"))
