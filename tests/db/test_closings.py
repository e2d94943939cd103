"""While the database is away, what closes is kept aside and is written once when it is back; all else is refused."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import insert, select, true

from causerie.clock import HandClock
from causerie.db import Database, Tx
from causerie.db import closings as keeping
from causerie.db import database as writing
from causerie.db.tables import audit, commands
from causerie.errors import Away
from tests.conftest import fresh_database
from tests.outages import Outage, back, locked, read_only, shut, stalled

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks are not waited for, and what is away is asked often."""
    monkeypatch.setattr(writing, "HELD_FOR_MS", 20)
    monkeypatch.setattr(writing, "ANSWER_WITHIN", 1.0)
    monkeypatch.setattr(writing, "AGAIN_AFTER", 0.02)


@pytest.fixture(params=[locked, read_only, shut, stalled], ids=lambda outage: outage.__name__)
def outage(request: pytest.FixtureRequest) -> Outage:
    chosen: Outage = request.param
    return chosen


@pytest.fixture
async def url(outage: Outage, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if outage not in (shut, stalled):
        yield f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}"
        return
    async with fresh_database(request.getfixturevalue("postgres")) as address:
        yield address


# What the file does is the same whatever is away.
whichever = pytest.mark.parametrize("outage", [locked], indirect=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "closings.log"


async def opened(url: str, path: Path) -> Database:
    database = Database(url, HandClock(), closings=path)
    await database.open()
    return database


@pytest.fixture
async def database(url: str, path: Path) -> AsyncIterator[Database]:
    database = await opened(url, path)
    yield database
    await database.close()


def says(verb: str, subject: str = "ben"):
    async def work(tx: Tx) -> str:
        await tx.audit(verb, actor="ada", subject=subject)
        await tx.put(commands, person="ada", command=verb, made=subject, at=tx.now)
        tx.emit(f"{verb} happened")
        return f"{verb} done"

    return work


async def looks(tx: Tx) -> None:
    await tx.run(select(audit.c.verb))


async def found(database: Database) -> list[str]:
    async with database.read() as connection:
        return list((await connection.execute(select(audit.c.verb).order_by(audit.c.id))).scalars())


def lines(path: Path) -> list[str] | None:
    """What the file holds; None where there is none."""
    return path.read_text().splitlines() if path.exists() else None


async def test_what_closes_is_as_good_as_written_all_else_is_refused(database: Database, outage: Outage, path: Path):
    await database.write(says("before"))

    async with outage(database):
        told = [await database.write(says(verb), closing=True) for verb in ("mute", "ban")]
        with pytest.raises(Away):
            await database.write(says("vote"))
        there = await database.alive()
        kept = lines(path)
    await back(database)
    await database.write(says("after"))

    assert told == [("mute done", ["mute happened"]), ("ban done", ["ban happened"])]
    assert (there, len(kept or []), lines(path)) == (False, 2, None)
    assert await found(database) == ["before", "mute", "ban", "after"]


async def test_killed_meanwhile_it_is_written_at_the_next_start(
    database: Database, outage: Outage, url: str, path: Path
):
    async with outage(database):
        await database.write(says("mute"), closing=True)
        await database.close()

    again = await opened(url, path)
    seen = await found(again)
    await again.close()

    assert (seen, lines(path)) == (["mute"], None)


async def test_killed_between_the_commit_and_the_end_of_the_file_it_is_written_once(
    database: Database, outage: Outage, url: str, path: Path
):
    committed = asyncio.Event()

    def killed(*_: object) -> None:
        committed.set()
        raise OSError

    with patch.object(keeping.Closings, "clear", killed):
        async with outage(database):
            await database.write(says("mute"), closing=True)
        await asyncio.wait_for(committed.wait(), 10)
        await database.close()

    again = await opened(url, path)
    seen = await found(again)
    await again.close()

    assert (seen, lines(path), lines(path.with_suffix(".failed"))) == (["mute"], None, None)


@whichever
async def test_a_line_that_was_cut_off_was_told_to_nobody(database: Database, outage: Outage, url: str, path: Path):
    async with outage(database):
        await database.write(says("mute"), closing=True)
        await database.close()
    with path.open("a") as file:
        file.write('{"mark": "cut off')

    again = await opened(url, path)
    seen = await found(again)
    await again.close()

    assert (seen, lines(path)) == (["mute"], None)


async def test_values_of_people_are_kept_as_they_are(database: Database, outage: Outage):
    said = """:a::b %s ' " \\ \n ünïcödé 𝄞"""

    async with outage(database):
        await database.write(says("ban", said), closing=True)
    await back(database)

    async with database.read() as connection:
        rows = (await connection.execute(select(audit.c.subject, commands.c.made).join(commands, true()))).all()
    assert [tuple(row) for row in rows] == [(said, said)]


@whichever
async def test_what_would_have_to_look_first_is_refused(database: Database, outage: Outage, path: Path):
    async with outage(database):
        with pytest.raises(Away):
            await database.write(looks, closing=True)

    assert lines(path) is None


@whichever
async def test_a_full_file_takes_no_more_and_stays_whole(
    database: Database, outage: Outage, path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with outage(database):
        await database.write(says("mute"), closing=True)
        monkeypatch.setattr(keeping, "LARGEST", len("".join(lines(path) or [])) + 10)
        with pytest.raises(Away):
            await database.write(says("ban"), closing=True)
        kept = lines(path)
    await back(database)

    assert len(kept or []) == 1
    assert await found(database) == ["mute"]


@whichever
async def test_what_the_database_does_not_take_lies_aside_and_holds_nothing_up(
    database: Database, outage: Outage, path: Path
):
    async def wrong(tx: Tx) -> None:
        await tx.run(insert(audit).values(id="x", at=1, actor=None, verb="wrong"))

    async with outage(database):
        await database.write(wrong, closing=True)
        await database.write(says("mute"), closing=True)
    await back(database)

    failed = lines(path.with_suffix(".failed")) or []
    assert await found(database) == ["mute"]
    assert [json.loads(line)["statements"][0][1]["verb"] for line in failed] == ["wrong"]
