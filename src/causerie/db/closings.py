"""What closed while the database was away: kept in a file, and written to the database when it is back, once."""

import asyncio
import errno
import json
import os
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, cast

import structlog
from sqlalchemy import Executable, Select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.engine import CursorResult, Dialect
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ClauseElement

from causerie.db.tables import closings
from causerie.errors import Away

# What one evening of muting and banning takes is some kilobytes; a raid of thousands some hundred.
LARGEST = 16 << 20

log = structlog.get_logger()


@dataclass(frozen=True)
class Closing:
    """One turn that closed something, as it is to be written: statements and their values, in order."""

    mark: str
    statements: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


class Paper:
    """Stands where a connection would: puts down what is to be written; there is nothing to be read."""

    def __init__(self, *, sqlite_: bool) -> None:
        # PostgreSQL's general dialect: what a driver's own adds to each value is no part of what is kept.
        kind: Any = sqlite.dialect if sqlite_ else PGDialect
        self.dialect: Dialect = kind(paramstyle="named")
        self.statements: list[tuple[str, dict[str, Any]]] = []

    async def execute(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        if isinstance(statement, Select):
            raise Away
        wanted = cast("ClauseElement", statement).compile(
            dialect=self.dialect, compile_kwargs={"render_postcompile": True}
        )
        self.statements.append((str(wanted), {**wanted.params, **(parameters or {})}))
        return cast("CursorResult[Any]", None)


class Closings:
    """The file: one line for each closing, on disk before anybody is told."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.waiting = self._read()

    def _read(self) -> list[Closing]:
        """What a program before this one has left; a line that was cut off when it ended was told to nobody."""
        if not self.path.exists():
            return []
        whole, _, cut = self.path.read_bytes().rpartition(b"\n")
        if cut:
            os.truncate(self.path, len(whole) + 1 if whole else 0)
        return [_closing(line) for line in whole.splitlines()]

    async def add(self, closing: Closing) -> None:
        """Keep one; or `Away` where it does not fit or cannot be written."""
        try:
            await asyncio.to_thread(_append, self.path, _line(closing), most=LARGEST)
        except OSError as fault:
            log.error("closings.unwritten", fault=repr(fault))
            raise Away from fault
        self.waiting.append(closing)

    async def write(self, connection: AsyncConnection) -> list[Closing]:
        """Write all that waits, in order, each once; gives those the database would not take."""
        # Where there is nothing to write it is still seen whether one can.
        await connection.execute(closings.delete().where(closings.c.mark == ""))
        return [closing for closing in self.waiting if not await _written(connection, closing)]

    def clear(self, failed: list[Closing]) -> None:
        """They are in the database; what it would not take lies aside for whoever runs this place."""
        if failed:
            _append(self.path.with_suffix(".failed"), b"".join(_line(closing) for closing in failed))
        if self.waiting:
            self.path.unlink()
            _sync_folder(self.path)
        self.waiting = []


def of_the_turn(fault: DBAPIError) -> bool:
    """Whether a turn's own statements are at fault; all else that a driver says is the database's trouble."""
    if getattr(fault.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
        return True
    return isinstance(fault, (IntegrityError, DataError, ProgrammingError)) and not fault.connection_invalidated


async def marked(connection: AsyncConnection, mark: str) -> bool:
    """Whether this closing is being written for the first time; from now on it is not."""
    upsert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    done = await connection.execute(upsert(closings).values(mark=mark).on_conflict_do_nothing())
    return done.rowcount == 1


async def forget_marks(connection: AsyncConnection) -> None:
    """No turn of this program has a mark yet, and nothing waits from the one before."""
    await connection.execute(closings.delete())


async def _written(connection: AsyncConnection, closing: Closing) -> bool:
    try:
        async with connection.begin_nested():
            if await marked(connection, closing.mark):
                for statement, values in closing.statements:
                    await connection.execute(text(statement), values)
    except DBAPIError as fault:
        if not of_the_turn(fault):
            raise
        log.error("closings.failed", mark=closing.mark, fault=type(fault.orig).__name__)
        return False
    return True


def _line(closing: Closing) -> bytes:
    return json.dumps(asdict(closing), ensure_ascii=False).encode() + b"\n"


def _closing(line: bytes) -> Closing:
    kept = json.loads(line)
    return Closing(kept["mark"], [(statement, values) for statement, values in kept["statements"]])


def _append(path: Path, line: bytes, *, most: int | None = None) -> None:
    """Add to the file, whole and on disk, or leave it as it was."""
    new = not path.exists()
    with path.open("ab") as file:
        before = file.tell()
        if most is not None and before + len(line) > most:
            raise OSError(errno.EFBIG, "the file of closings is full")
        try:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.truncate(path, before)
            raise
    if new:
        _sync_folder(path)


def _sync_folder(path: Path) -> None:
    """What has come into a folder or gone from it is so after a loss of power, too."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
