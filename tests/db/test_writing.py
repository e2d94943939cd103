"""Turns are written whole or not at all, and what waits together is committed together."""

import asyncio

import pytest
from sqlalchemy import select

from causerie.clock import HandClock
from causerie.db import Database, Tx
from causerie.db.tables import audit, commands
from causerie.errors import Away, Conflict
from tests.outages import back


async def verbs(database: Database) -> list[str]:
    async with database.read() as connection:
        return sorted((await connection.execute(select(audit.c.verb))).scalars())


def says(verb: str):
    """A turn that leaves one line and one event."""

    async def work(tx: Tx) -> str:
        await tx.audit(verb, actor="ada")
        tx.emit(f"{verb} happened")
        return f"{verb} done"

    return work


def refuses(verb: str):
    """A turn that has written and announced already when it is refused."""

    async def work(tx: Tx) -> None:
        await says(verb)(tx)
        raise Conflict

    return work


async def test_a_turn_gives_its_result_and_its_events(database: Database):
    assert await database.write(says("begin")) == ("begin done", ["begin happened"])
    assert await verbs(database) == ["begin"]


async def test_a_refused_turn_changes_nothing_and_hurts_no_neighbour(database: Database):
    turns = [says("one"), refuses("two"), says("three")]

    told = await asyncio.gather(*(database.write(turn) for turn in turns), return_exceptions=True)

    assert [told[0], type(told[1]), told[2]] == [
        ("one done", ["one happened"]),
        Conflict,
        ("three done", ["three happened"]),
    ]
    assert await verbs(database) == ["one", "three"]
    assert database.commits == 1


async def test_a_fault_of_the_database_in_one_turn_hurts_no_neighbour(database: Database):
    async def faulty(tx: Tx) -> None:
        await tx.audit("twice", actor="ada")
        await tx.run(audit.insert().values(id=None))

    told = await asyncio.gather(database.write(faulty), database.write(says("one")), return_exceptions=True)

    assert isinstance(told[0], Exception)
    assert told[1] == ("one done", ["one happened"])
    assert await verbs(database) == ["one"]


async def test_what_waits_together_is_committed_together(database: Database):
    told = await asyncio.gather(*(database.write(says(f"turn-{n:03}")) for n in range(200)))

    assert [result for result, _ in told] == [f"turn-{n:03} done" for n in range(200)]
    assert await verbs(database) == [f"turn-{n:03}" for n in range(200)]
    assert database.commits == 4  # 64 at a time


async def test_nobody_sees_a_turn_before_its_commit(database: Database):
    seen_inside: list[str] = []

    async def looks(tx: Tx) -> None:
        await tx.audit("begin", actor="ada")
        seen_inside.extend(await verbs(database))

    await database.write(looks)

    assert (seen_inside, await verbs(database)) == ([], ["begin"])


async def test_a_command_that_comes_twice_made_one_thing(database: Database, clock: HandClock):
    async def ask(tx: Tx, person: str, command: str, would_make: str) -> str:
        before = await tx.made_before(person, command)
        if before is not None:
            return before
        await tx.remember(person, command, would_make)
        return would_make

    made = [
        (await database.write(lambda tx, said=said: ask(tx, *said)))[0]
        for said in [("ada", "c1", "q1"), ("ada", "c1", "q2"), ("ben", "c1", "q3"), ("ada", "c2", "q4")]
    ]

    assert made == ["q1", "q1", "q3", "q4"]
    async with database.read() as connection:
        kept = {tuple(row) for row in await connection.execute(select(commands))}
    now = clock.now()
    assert kept == {("ada", "c1", "q1", now), ("ben", "c1", "q3", now), ("ada", "c2", "q4", now)}


async def test_a_command_whose_turn_was_refused_was_never_made(database: Database):
    async def refused(tx: Tx) -> None:
        await tx.remember("ada", "c1", "q1")
        raise Conflict

    with pytest.raises(Conflict):
        await database.write(refused)

    assert (await database.write(lambda tx: tx.made_before("ada", "c1")))[0] is None


async def test_when_too_much_waits_the_next_is_refused_and_counted(
    database_url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("causerie.db.database.WAITING", 8)
    database = Database(database_url, clock)
    await database.open()

    told = await asyncio.gather(*(database.write(says("waits")) for _ in range(10)), return_exceptions=True)

    assert [type(one) for one in told] == [tuple] * 8 + [Away] * 2
    assert (database.refused_full, await verbs(database)) == (2, ["waits"] * 8)
    await database.close()


class Unreachable:
    """A database server that has gone away."""

    def connect(self) -> None:
        raise OSError("connection refused")


async def test_when_the_database_is_gone_every_waiting_turn_hears_of_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as while_away:
        while_away.setattr(database, "writer", Unreachable())
        told = await asyncio.gather(*(database.write(says("lost")) for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in told] == [Away] * 3

    await back(database)
    assert await database.write(says("back")) == ("back done", ["back happened"])
    assert await verbs(database) == ["back"]


async def test_who_stopped_waiting_hinders_nobody(database: Database):
    left = asyncio.create_task(database.write(says("left")))
    stays = asyncio.create_task(database.write(says("stays")))
    await asyncio.sleep(0)

    left.cancel()

    assert await stays == ("stays done", ["stays happened"])
    assert await database.write(says("next")) == ("next done", ["next happened"])


async def test_it_tells_whether_it_is_there(database: Database):
    assert await database.alive()


async def test_readers_cannot_write_on_sqlite(tmp_path, clock: HandClock):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}", clock)
    await database.open()

    async with database.read() as connection:
        with pytest.raises(Exception, match="readonly database"):
            await connection.execute(commands.insert().values(person="a", command="b", made="c", at=1))
    await database.close()
