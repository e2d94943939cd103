"""Ways in which a database is away, each until it is over."""

import asyncio
import contextlib
import os
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import event

from causerie.db import Database

Outage = Callable[[Database], contextlib.AbstractAsyncContextManager[None]]


@contextlib.asynccontextmanager
async def locked(database: Database) -> AsyncIterator[None]:
    """Another program holds SQLite and does not let go."""
    with contextlib.closing(sqlite3.connect(database.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextlib.asynccontextmanager
async def read_only(database: Database) -> AsyncIterator[None]:
    """SQLite may be read and not written."""
    only = ["ON"]

    def taken(connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA query_only={only[0]}")

    event.listen(database.writer.sync_engine, "checkout", taken)
    yield
    only[0] = "OFF"


@contextlib.asynccontextmanager
async def shut(database: Database) -> AsyncIterator[None]:
    """PostgreSQL throws everybody out and lets nobody in."""
    name = database.url.database
    address = database.url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    control = await asyncpg.connect(address)
    await control.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
    await control.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
    yield
    await control.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
    await control.close()


@contextlib.asynccontextmanager
async def stalled(database: Database) -> AsyncIterator[None]:
    """PostgreSQL lets everybody in and answers nobody who writes."""
    other = await asyncpg.connect(database.url.set(drivername="postgresql").render_as_string(hide_password=False))
    async with other.transaction():
        await other.execute("LOCK TABLE audit, closings IN ACCESS EXCLUSIVE MODE")
        yield
    await other.close()


async def back(database: Database) -> None:
    """Wait until it can be written to again."""
    async with asyncio.timeout(10):
        while True:
            if await database.alive():
                return
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def frozen(database: Database) -> AsyncIterator[None]:
    """Every process of PostgreSQL stands still: whoever asks waits, and whoever comes does, too."""
    connection = await asyncpg.connect(database.url.set(drivername="postgresql").render_as_string(hide_password=False))
    server = _parent(await connection.fetchval("SELECT pg_backend_pid()"))
    assert server is not None
    await connection.close()
    os.kill(server, signal.SIGSTOP)
    processes = [server, *_children(server)]
    try:
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        yield
    finally:
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


def _children(process: int) -> list[int]:
    every = (int(one.name) for one in Path("/proc").glob("[0-9]*"))
    return [one for one in every if _parent(one) == process]


def _parent(process: int) -> int | None:
    """Which process has begun this one, while it is there."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1])
    return None
