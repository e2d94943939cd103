"""Every migration up and down on data, on both databases; on PostgreSQL beside the program before it."""

from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.operations.ops import AddColumnOp, CreateIndexOp, CreateTableOp, DropIndexOp, ExecuteSQLOp
from alembic.runtime.environment import EnvironmentContext
from sqlalchemy import Connection, MetaData, Table, event, insert, inspect, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from causerie.db.migrations import scripts
from causerie.db.migrations.back import noted

CHAIN = [script.revision for script in scripts().walk_revisions()][::-1]
STEPS = list(pairwise(CHAIN))
ROWS = 3


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    opened = create_async_engine(database_url)
    if opened.dialect.name == "sqlite":
        event.listen(opened.sync_engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(opened.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    yield opened
    await opened.dispose()


def going(connection: Connection, work: Callable[[Any], Any]) -> None:
    """As Alembic's own commands go, on a connection that is there."""
    steps = scripts()
    environment = EnvironmentContext(Config(), steps, fn=lambda stands, _: work(steps)(stands))
    environment.configure(connection=connection, fn=lambda stands, _: work(steps)(stands))
    with environment.begin_transaction():
        environment.run_migrations()


def up(connection: Connection, to: str) -> None:
    going(connection, lambda steps: lambda stands: steps._upgrade_revs(to, stands))


def down(connection: Connection, to: str) -> None:
    going(connection, lambda steps: lambda stands: steps._downgrade_revs(to, stands))


# ---- rows of every table ----


def tables(connection: Connection) -> list[Table]:
    """Those a program fills itself; what an index keeps for itself is its own."""
    known, indexes = MetaData(), ("alembic_version", "sqlite_")
    known.reflect(connection, only=lambda name, _: not name.startswith(indexes) and "_index" not in name)
    return list(known.sorted_tables)


def value(column: sa.Column[Any], n: int) -> Any:
    """The same for whatever names the same row."""
    kind = column.type
    if isinstance(kind, sa.Boolean) or "BOOL" in str(kind):
        return False
    if isinstance(kind, sa.LargeBinary):
        return b"x"
    return n if isinstance(kind, sa.Integer) else f"{n}"


def filled(connection: Connection, *, of: dict[str, list[str]] | None = None, first: int = 1) -> None:
    """Some rows in every table, or in these, as far as those who write them know of its columns."""
    for table in tables(connection):
        known = [c for c in table.columns if of is None or c.name in of.get(table.name, [])]
        for n in range(first, first + ROWS) if known else ():
            connection.execute(insert(table).values({c.name: value(c, n) for c in known}))


def held(connection: Connection, of: dict[str, list[str]]) -> dict[str, list[Any]]:
    """What stands in these columns."""
    by_name = {table.name: table for table in tables(connection)}
    wanted = {name: select(*(by_name[name].c[column] for column in columns)) for name, columns in of.items()}
    return {name: sorted(map(tuple, connection.execute(rows)), key=repr) for name, rows in wanted.items()}


def shape(connection: Connection) -> dict[str, list[str]]:
    return {table.name: sorted(column.name for column in table.columns) for table in tables(connection)}


@pytest.mark.parametrize(("before", "after"), STEPS)
async def test_up_and_down_on_data(engine: AsyncEngine, before: str, after: str):
    """Rows that were there stay as they were, up and down and up again; those that came with it go with it."""

    def story(connection: Connection) -> None:
        up(connection, before)
        filled(connection)
        older = shape(connection)
        stood = held(connection, older)

        up(connection, after)
        assert held(connection, older) == stood
        filled(connection, first=1 + ROWS)
        there = held(connection, older)

        down(connection, before)
        assert shape(connection) == older
        assert held(connection, older) == there

        up(connection, after)
        assert held(connection, older) == there

    async with engine.connect() as connection, connection.begin():
        await connection.run_sync(story)


@pytest.mark.parametrize(("before", "after"), STEPS)
async def test_the_program_before_writes_on(engine: AsyncEngine, before: str, after: str):
    """What it knows nothing of, it leaves out; that is no fault."""

    def story(connection: Connection) -> None:
        up(connection, before)
        older = shape(connection)
        filled(connection)
        up(connection, after)
        filled(connection, of=older, first=1 + ROWS)
        assert all(len(rows) == 2 * ROWS for rows in held(connection, older).values())

    async with engine.connect() as connection, connection.begin():
        await connection.run_sync(story)


async def test_all_the_way_down_nothing_is_left(engine: AsyncEngine):
    def story(connection: Connection) -> list[str]:
        up(connection, "head")
        filled(connection)
        down(connection, "base")
        return inspect(connection).get_table_names()

    async with engine.connect() as connection, connection.begin():
        assert await connection.run_sync(story) == ["alembic_version"]


# ---- what holds the program before up ----

INDEXED = {"rooms", "people", "groups", "reports", "audit", "helpers", "follows"}
"""Tables that are there and get an index in one go: nothing is written to them while it is built.

Of a hundred thousand rooms that is a tenth of a second (`CREATE INDEX CONCURRENTLY` goes in no transaction, and a
migration that breaks has to leave nothing behind).
"""
LASTING = ("ALTER", "VACUUM", "CLUSTER", "REINDEX", "LOCK")


@pytest.mark.parametrize("revision", CHAIN[1:])
async def test_no_migration_writes_a_table_anew_or_holds_it_long(engine: AsyncEngine, revision: str):
    """A column that is added may be missing, or has a constant: PostgreSQL writes no row for it."""

    def story(connection: Connection) -> list[Any]:
        steps: list[Any] = []
        up(connection, scripts().get_revision(revision).down_revision)
        going(
            connection, lambda found: lambda _: steps.extend(noted(found.get_revision(revision).module.upgrade)) or []
        )
        return steps

    async with engine.connect() as connection, connection.begin():
        steps = await connection.run_sync(story)

    new = {step.table_name for step in steps if isinstance(step, CreateTableOp)}
    heavy = [step for step in steps if not isinstance(step, CreateTableOp) and is_heavy(step, new)]
    assert heavy == [] or revision == "0002"  # a first program, which nobody had; its questions got a wider column


def is_heavy(step: Any, new: set[str]) -> bool:
    if isinstance(step, ExecuteSQLOp):
        return str(step.sqltext).lstrip().upper().startswith(LASTING)
    if step.table_name in new or isinstance(step, DropIndexOp):
        return False
    if isinstance(step, CreateIndexOp):
        return step.table_name not in INDEXED
    return not (isinstance(step, AddColumnOp) and (step.column.nullable or step.column.server_default is not None))
