"""A database that is away is told as such, whatever its driver says; and what waited is not left waiting."""

import asyncio

import asyncpg
from sqlalchemy import URL, func, select

from causerie.clock import HandClock
from causerie.db import Database, Tx
from causerie.db.tables import audit
from causerie.errors import Away
from tests.outages import back


async def nothing(tx: Tx) -> None:
    await tx.audit("nothing", actor="ada")


async def look(database: Database) -> int:
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(audit))).scalar_one()


async def test_a_postgresql_that_lets_nobody_in_is_away_until_it_does_again(postgres: URL, clock: HandClock):
    control = await asyncpg.connect(postgres.render_as_string(hide_password=False))
    await control.execute("CREATE DATABASE causerie_away")
    database = Database(postgres.set(drivername="postgresql+asyncpg", database="causerie_away"), clock)
    await database.open()

    await control.execute("ALTER DATABASE causerie_away WITH ALLOW_CONNECTIONS false")
    await control.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'causerie_away'")
    async with asyncio.timeout(20):
        told = [(await asyncio.gather(database.write(nothing), return_exceptions=True))[0] for _ in range(3)]
        read = (await asyncio.gather(look(database), return_exceptions=True))[0]
        there = await database.alive()
    await control.execute("ALTER DATABASE causerie_away WITH ALLOW_CONNECTIONS true")
    async with asyncio.timeout(20):
        await back(database)
        again = (await look(database), await database.write(nothing), await database.alive())

    await database.close()
    await control.execute("DROP DATABASE causerie_away WITH (FORCE)")
    await control.close()
    assert ([type(one) for one in told], type(read), there) == ([Away] * 3, Away, False)
    assert again == (0, (None, []), True)
