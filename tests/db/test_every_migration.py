"""Every migration up and down on data, on both databases; on PostgreSQL beside the program before it."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.operations.ops import AddColumnOp, CreateIndexOp, CreateTableOp, DropIndexOp, ExecuteSQLOp
from alembic.runtime.environment import EnvironmentContext
from sqlalchemy import Connection, MetaData, Table, create_engine, event, insert, inspect, make_url, select

from causerie.db.migrations import scripts
from causerie.db.migrations.back import noted

CHAIN = [script.revision for script in scripts().walk_revisions()][::-1]
STEPS = list(pairwise(CHAIN))
ROWS = 3


@pytest.fixture
def from_nothing() -> bool:
    return True


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """In a transaction, and without the way through an event loop, which for so many statements is most of the time."""
    url = make_url(database_url)
    opened = create_engine(url.set(drivername="sqlite" if "sqlite" in url.drivername else "postgresql+psycopg"))
    if opened.dialect.name == "sqlite":
        event.listen(opened, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(opened, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    with opened.connect() as connection, connection.begin():
        yield connection
    opened.dispose()


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
    known = MetaData()
    known.reflect(connection, only=lambda name, _: is_filled(name))
    return list(known.sorted_tables)


def is_filled(name: str) -> bool:
    return not name.startswith(("alembic_version", "sqlite_")) and "_index" not in name


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
    wanted = {name: select(*map(sa.column, columns)).select_from(sa.table(name)) for name, columns in of.items()}
    return {name: sorted(map(tuple, connection.execute(rows)), key=repr) for name, rows in wanted.items()}


def shape(connection: Connection) -> dict[str, list[str]]:
    """Which columns there are."""
    columns = inspect(connection).get_multi_columns()
    return {name: sorted(one["name"] for one in ones) for (_, name), ones in columns.items() if is_filled(name)}


def test_up_and_down_on_data(connection: Connection, subtests: pytest.Subtests):
    """Rows that were there stay as they were, up and down and up again; those that came with it go with it."""
    up(connection, CHAIN[0])
    for n, (before, after) in enumerate(STEPS):
        with subtests.test(after):
            filled(connection, first=1 + 2 * n * ROWS)
            older = shape(connection)
            stood = held(connection, older)

            up(connection, after)
            assert held(connection, older) == stood
            filled(connection, first=1 + (2 * n + 1) * ROWS)
            there = held(connection, older)

            down(connection, before)
            assert shape(connection) == older
            assert held(connection, older) == there

            up(connection, after)
            assert held(connection, older) == there


def test_the_program_before_writes_on(connection: Connection, subtests: pytest.Subtests):
    """What it knows nothing of, it leaves out; that is no fault."""
    up(connection, CHAIN[0])
    for n, (_, after) in enumerate(STEPS):
        with subtests.test(after):
            older = shape(connection)
            stood = {name: len(rows) for name, rows in held(connection, older).items()}
            up(connection, after)
            filled(connection, of=older, first=1 + n * ROWS)
            assert {name: len(rows) for name, rows in held(connection, older).items()} == {
                name: rows + ROWS for name, rows in stood.items()
            }


def test_all_the_way_down_nothing_is_left(connection: Connection):
    up(connection, "head")
    filled(connection)
    down(connection, "base")

    assert inspect(connection).get_table_names() == ["alembic_version"]


# ---- what holds the program before up ----

INDEXED = {"copies", "rooms", "people", "groups", "reports", "audit", "helpers", "follows", "speaker_links"}
"""Tables that are there and get an index in one go: nothing is written to them while it is built.

Of a hundred thousand rooms that is a tenth of a second (`CREATE INDEX CONCURRENTLY` goes in no transaction, and a
migration that breaks has to leave nothing behind).
"""
LASTING = ("ALTER", "VACUUM", "CLUSTER", "REINDEX", "LOCK")


def test_no_migration_writes_a_table_anew_or_holds_it_long(connection: Connection, subtests: pytest.Subtests):
    """A column that is added may be missing, or has a constant: PostgreSQL writes no row for it."""
    for before, after in STEPS:
        with subtests.test(after):
            up(connection, before)
            steps = noted_of(connection, after)
            new = {step.table_name for step in steps if isinstance(step, CreateTableOp)}
            heavy = [step for step in steps if not isinstance(step, CreateTableOp) and is_heavy(step, new)]
            # 0002: a first program, which nobody had; its questions got a wider column.
            assert heavy == [] or after == "0002"


def noted_of(connection: Connection, revision: str) -> list[Any]:
    """What a migration would do, without doing it."""
    steps: list[Any] = []
    going(connection, lambda found: lambda _: steps.extend(noted(found.get_revision(revision).module.upgrade)) or [])
    return steps


def is_heavy(step: Any, new: set[str]) -> bool:
    if isinstance(step, ExecuteSQLOp):
        return str(step.sqltext).lstrip().upper().startswith(LASTING)
    if step.table_name in new or isinstance(step, DropIndexOp):
        return False
    if isinstance(step, CreateIndexOp):
        return step.table_name not in INDEXED
    return not (isinstance(step, AddColumnOp) and (step.column.nullable or step.column.server_default is not None))
