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
from causerie.db.closings import Closing, Closings, Paper, forget_marks, marked, of_the_turn
from causerie.db.migrations import upgrade
from causerie.db.tx import Tx
from causerie.errors import Away
from causerie.ids import new_id

R = TypeVar("R")
Work = Callable[[Tx], Awaitable[R]]

# Measured on SQLite with synchronous=FULL: fifty single-vote turns in one commit cost a third of fifty commits.
GROUP = 64
WAITING = 4096
AGAIN_AFTER, FULL_FOR = 1.0, 0.05
# Longer than another program may hold SQLite, and than a statement of a turn may take; shorter than anybody would wait.
HELD_FOR_MS = 2000
ANSWER_WITHIN = 5.0

log = structlog.get_logger()


@dataclass
class _Turn(Generic[R]):
    """A turn's work, and where its maker waits for the commit; with a mark where it closes something."""

    work: Work[R]
    mark: str | None = None
    tx: Tx | None = None
    result: Any = None
    done: "asyncio.Future[R]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Database:
    """SQLite or PostgreSQL behind the same two doors: `write` for turns, `read` for everything else."""

    def __init__(self, url: str, clock: Clock, *, closings: Path | None = None) -> None:
        self.url = make_url(url)
        self.clock = clock
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.writer = self._engine(readonly=False)
        self.reader = self._engine(readonly=True) if self.sqlite else self.writer
        self.waiting: asyncio.Queue[_Turn[Any]] = asyncio.Queue(WAITING)
        self.refused_full = 0
        self.commits = 0
        self.away = False
        self.closings = Closings(closings) if closings is not None else None
        self._closing = asyncio.Lock()
        self._writing: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Bring the tables up to date (SQLite: after a copy of the file), write what waited, then begin to write."""
        await self._upgrade()
        if self.closings is not None:
            await self._catch_up(self.closings)
            async with self.writer.connect() as connection, connection.begin():
                await forget_marks(connection)
        self._writing = asyncio.create_task(self._write_groups(), name="database writer")

    async def close(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()

    async def write(self, work: Work[R], *, closing: bool = False) -> tuple[R, list[object]]:
        """Do one turn's work and commit it; gives its result and its events. What fails has changed nothing.

        While the database is away, what closes something is kept aside (`closings`) and is as good as written.
        """
        if not closing or self.closings is None:
            return await self._write(_Turn(work))
        mark = new_id()
        while True:
            with contextlib.suppress(Away):
                return await self._write(_Turn(work, mark))
            async with self._closing:
                if self.away:
                    return await self._keep(self.closings, mark, work)
            await asyncio.sleep(FULL_FOR)  # it came back meanwhile, or more waits than there is room for

    async def _write(self, turn: _Turn[R]) -> tuple[R, list[object]]:
        if self.away:
            raise Away
        try:
            self.waiting.put_nowait(turn)
        except asyncio.QueueFull:
            self.refused_full += 1
            raise Away from None
        result = await turn.done
        assert turn.tx is not None
        return result, turn.tx.events

    async def _keep(self, closings: Closings, mark: str, work: Work[R]) -> tuple[R, list[object]]:
        """Decide without the database, and keep what is to be written."""
        paper = Paper(sqlite_=self.sqlite)
        tx = Tx.on_paper(paper, self.clock.now())
        result = await work(tx)
        if paper.statements:
            await closings.add(Closing(mark, paper.statements))
        return result, tx.events

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
            if self.away:
                await asyncio.sleep(AGAIN_AFTER)
                await self._come_back()
                continue
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
        try:
            async with connection.begin_nested():
                tx = await self._tx(connection, turn)
                turn.result = await turn.work(tx)
        except Exception as refusal:
            if isinstance(refusal, (OSError, TimeoutError)):
                raise
            if isinstance(refusal, DBAPIError) and not of_the_turn(refusal):
                raise
            if not turn.done.done():
                turn.done.set_exception(refusal)
        else:
            turn.tx = tx

    async def _tx(self, connection: AsyncConnection, turn: _Turn[Any]) -> Tx:
        """What it writes to; on paper where it has been written before, when it looked as if it were not."""
        if turn.mark is None or await marked(connection, turn.mark):
            return Tx(connection, self.clock.now())
        return Tx.on_paper(Paper(sqlite_=self.sqlite), self.clock.now())

    async def _come_back(self) -> None:
        """See whether it can be written to again; what waited has been, then."""
        try:
            if self.closings is not None:
                await self._catch_up(self.closings)
            else:
                async with self.writer.connect() as connection, connection.begin():
                    await connection.execute(text("SELECT 1"))
        except Exception:  # as above: it is away as long as any driver says so
            return
        self.away = False
        log.info("database.back")

    async def _catch_up(self, closings: Closings) -> None:
        """Write what was closed while it was away."""
        async with self.writer.connect() as connection:
            transaction = await connection.begin()
            async with self._closing:
                failed = await closings.write(connection)
                await transaction.commit()
                closings.clear(failed)
                self.away = False

    def _fail(self, group: list[_Turn[Any]], fault: Exception) -> None:
        """Nothing of these is written, and until it is back nothing is tried."""
        log.error("database.away", turns=len(group), fault=repr(getattr(fault, "orig", fault)))
        self.away = True
        waited = [self.waiting.get_nowait() for _ in range(self.waiting.qsize())]
        for turn in group + waited:
            if not turn.done.done():
                away = Away()
                away.__cause__ = fault
                turn.done.set_exception(away)

    # ---- connections ----

    def _engine(self, *, readonly: bool) -> AsyncEngine:
        if not self.sqlite:
            # Asked before each use: a connection from before a restart of the database is replaced, not handed out.
            within = {"timeout": ANSWER_WITHIN, "command_timeout": ANSWER_WITHIN}
            return create_async_engine(self.url, pool_size=8, max_overflow=8, pool_pre_ping=True, connect_args=within)
        engine = create_async_engine(self.url, pool_size=1 if not readonly else 4, max_overflow=0)
        event.listen(engine.sync_engine, "connect", _readonly_pragmas if readonly else _writer_pragmas)
        if not readonly:
            event.listen(engine.sync_engine, "begin", _begin_immediate)
        return engine

    async def _upgrade(self) -> None:
        """Migrations take as long as they take; so they have connections of their own."""
        engine = self.writer if self.sqlite else create_async_engine(self.url)
        await upgrade(engine, backup=self._backup if self.sqlite else None)
        if engine is not self.writer:
            await engine.dispose()

    def _backup(self, version: str) -> None:
        """Keep the file as it was before a migration, with what a killed program left in the write-ahead log."""
        path = Path(self.url.database or "")
        copy = path.with_name(f"{path.stem}-before-{version}.sqlite")
        with contextlib.closing(sqlite3.connect(path)) as stands, contextlib.closing(sqlite3.connect(copy)) as kept:
            stands.backup(kept)

    async def alive(self) -> bool:
        """Whether it answers, and takes what is to be kept."""
        if self.away:
            return False
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
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={HELD_FOR_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _readonly_pragmas(connection: Any, _record: object) -> None:
    for pragma in ("query_only=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
