"""One writer that commits what waits together, and readers that never stand in its way."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from causerie.clock import Clock
from causerie.db.migrations import upgrade
from causerie.db.tx import Tx
from causerie.errors import Away

R = TypeVar("R")
Work = Callable[[Tx], Awaitable[R]]

# Measured on SQLite with synchronous=FULL: fifty single-vote turns in one commit cost a third of fifty commits.
GROUP = 64
WAITING = 4096

log = structlog.get_logger()


@dataclass
class _Turn(Generic[R]):
    """A turn's work, and where its maker waits for the commit."""

    work: Work[R]
    tx: Tx | None = None
    result: Any = None
    done: "asyncio.Future[R]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Database:
    """SQLite or PostgreSQL behind the same two doors: `write` for turns, `read` for everything else."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.url = make_url(url)
        self.clock = clock
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.writer = self._engine(readonly=False)
        self.reader = self._engine(readonly=True) if self.sqlite else self.writer
        self.waiting: asyncio.Queue[_Turn[Any]] = asyncio.Queue(WAITING)
        self.refused_full = 0
        self.commits = 0
        self._writing: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Bring the tables up to date (SQLite: after a copy of the file), then begin to write."""
        await upgrade(self.writer, backup=self._backup if self.sqlite else None)
        self._writing = asyncio.create_task(self._write_groups(), name="database writer")

    async def close(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()

    async def write(self, work: Work[R]) -> tuple[R, list[object]]:
        """Do one turn's work and commit it; gives its result and its events. What fails has changed nothing."""
        turn: _Turn[R] = _Turn(work)
        try:
            self.waiting.put_nowait(turn)
        except asyncio.QueueFull:
            self.refused_full += 1
            raise Away from None
        result = await turn.done
        assert turn.tx is not None
        return result, turn.tx.events

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection that only reads; or `Away`."""
        try:
            connection = await self.reader.connect()
        except Exception as fault:  # in the words of whichever driver
            raise Away from fault
        async with contextlib.aclosing(connection):
            yield connection

    # ---- the writer ----

    async def _write_groups(self) -> None:
        while True:
            group = [await self.waiting.get()]
            while len(group) < GROUP and not self.waiting.empty():
                group.append(self.waiting.get_nowait())
            await self._write_group(group)

    async def _write_group(self, group: list[_Turn[Any]]) -> None:
        try:
            async with self.writer.connect() as connection, connection.begin():
                for turn in group:
                    await self._write_one(connection, turn)
            self.commits += 1
        except Exception as fault:  # each driver has words of its own for being away, and the writer outlives them all
            self._fail(group, fault)
            return
        for turn in group:
            if not turn.done.done():
                turn.done.set_result(turn.result)

    async def _write_one(self, connection: AsyncConnection, turn: _Turn[Any]) -> None:
        """One turn in a savepoint of its own: when it fails, its neighbours in the commit do not."""
        tx = Tx(connection, self.clock.now())
        try:
            async with connection.begin_nested():
                turn.result = await turn.work(tx)
        except Exception as refusal:
            if isinstance(refusal, DBAPIError) and refusal.connection_invalidated:
                raise
            if not turn.done.done():
                turn.done.set_exception(refusal)
        else:
            turn.tx = tx

    def _fail(self, group: list[_Turn[Any]], fault: Exception) -> None:
        log.error("database.away", turns=len(group), fault=repr(getattr(fault, "orig", fault)))
        for turn in group:
            if not turn.done.done():
                away = Away()
                away.__cause__ = fault
                turn.done.set_exception(away)

    # ---- connections ----

    def _engine(self, *, readonly: bool) -> AsyncEngine:
        if not self.sqlite:
            # Asked before each use: a connection from before a restart of the database is replaced, not handed out.
            return create_async_engine(self.url, pool_size=8, max_overflow=8, pool_pre_ping=True)
        engine = create_async_engine(self.url, pool_size=1 if not readonly else 4, max_overflow=0)
        event.listen(engine.sync_engine, "connect", _readonly_pragmas if readonly else _writer_pragmas)
        if not readonly:
            event.listen(engine.sync_engine, "begin", _begin_immediate)
        return engine

    def _backup(self, version: str) -> None:
        """Keep the file as it was before a migration, with what a killed program left in the write-ahead log."""
        path = Path(self.url.database or "")
        copy = path.with_name(f"{path.stem}-before-{version}.sqlite")
        with contextlib.closing(sqlite3.connect(path)) as stands, contextlib.closing(sqlite3.connect(copy)) as kept:
            stands.backup(kept)

    async def alive(self) -> bool:
        """Whether it answers."""
        try:
            async with self.read() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception:  # whatever it is, nobody can be served by it
            return False
        return True


def _writer_pragmas(connection: Any, _record: object) -> None:
    # The driver must not open transactions by itself: BEGIN IMMEDIATE is ours (a deferred one that reads first and
    # writes later fails with SQLITE_BUSY_SNAPSHOT, and no timeout is waited).
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _readonly_pragmas(connection: Any, _record: object) -> None:
    for pragma in ("query_only=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
