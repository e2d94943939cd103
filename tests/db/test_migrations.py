"""From nothing, step by step, the tables become what the program reads and writes."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, inspect, text

import causerie.app  # noqa: F401  every domain's tables are known from here on
from causerie.accounts.speaking import language_of
from causerie.clock import HandClock
from causerie.db import Database, metadata
from causerie.db.migrations import scripts
from causerie.ids import PersonId
from causerie.rooms.queries import room_by_name
from causerie.rooms.zones import Start


@pytest.fixture
def from_nothing() -> bool:
    return True


def declared(name: str | None, _kind: object = None, _parents: object = None) -> bool:
    """Words are indexed in each database's own way, of which the models know nothing."""
    return "_index" not in (name or "")


def kept_copies(folder: Path) -> list[Path]:
    return list(folder.glob("*before*"))


async def test_migrated_from_nothing_the_tables_are_those_of_the_models(database: Database):
    def differences(connection: Connection) -> list[object]:
        looked_at = {"compare_type": True, "compare_server_default": True, "include_name": declared}
        context = MigrationContext.configure(connection, opts=looked_at)
        return compare_metadata(context, metadata)

    async with database.read() as connection:
        found = await connection.run_sync(differences)

    assert found == []


async def test_the_migrations_stand_at_the_head(database: Database):
    async with database.read() as connection:
        stands = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())

    assert stands == scripts().get_current_head()


async def test_opening_again_changes_nothing(database: Database, clock: HandClock):
    again = Database(database.url.render_as_string(hide_password=False), clock)

    await again.open()
    async with again.read() as connection:
        names = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    await again.close()

    assert set(filter(declared, names)) == {*metadata.tables, "alembic_version"}


async def test_a_migration_that_breaks_leaves_nothing_behind(database_url: str, monkeypatch: pytest.MonkeyPatch):
    create = op.create_table

    def breaks(name: str, *columns: object, **more: object) -> None:
        if name == "votes":
            raise RuntimeError("the power is gone")
        create(name, *columns, **more)

    monkeypatch.setattr(op, "create_table", breaks)
    database = Database(database_url, HandClock())

    with pytest.raises(RuntimeError):
        await database.open()
    async with database.read() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await database.close()

    assert names == []


async def test_before_a_migration_the_sqlite_file_is_kept_with_all_that_was_committed(tmp_path: Path):
    file = tmp_path / "causerie.sqlite"
    database = Database(f"sqlite+aiosqlite:///{file}", HandClock())
    await database.open()
    await database.close()
    # A killed program leaves its last commits beside the file, in the write-ahead log.
    with contextlib.closing(sqlite3.connect(file)) as killed:
        killed.execute("INSERT INTO people VALUES ('ben', 'Ben', 0, 0, 0, 0, NULL, 0, 0, NULL)")
        killed.execute("UPDATE alembic_version SET version_num = 'older'")
        killed.commit()
        newer = Database(f"sqlite+aiosqlite:///{file}", HandClock())

        with pytest.raises(CommandError, match="older"):  # there is no way from there; the copy was made before
            await newer.open()
        await newer.close()

    with contextlib.closing(sqlite3.connect(tmp_path / "causerie-before-older.sqlite")) as kept:
        assert kept.execute("SELECT id FROM people").fetchall() == [("ben",)]


def brought_to(revision: str, connection: Connection) -> None:
    """The tables as an older program left them."""
    steps = scripts()

    def so_far(stands: object, _context: object) -> object:
        return steps._upgrade_revs(revision, stands)  # type: ignore[arg-type]  # what Alembic's own `upgrade` does

    environment = EnvironmentContext(Config(), steps, fn=so_far)
    environment.configure(connection=connection, fn=so_far)
    with environment.begin_transaction():
        environment.run_migrations()


async def test_what_an_older_program_left_open_is_carried_over_where_the_room_has_ended(tmp_path: Path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}"
    with create_engine(url.replace("+aiosqlite", "")).begin() as older:
        brought_to("0001", older)
        for room, ended_at in (("past", "2"), ("present", "NULL")):
            plan = f"'{room}', '{room}', 'On swifts', '', 'public', 'en', 'ada', NULL, NULL, 1, {ended_at}"
            older.execute(text(f"INSERT INTO rooms VALUES ({plan})"))
            for state in ("open", "next", "answered", "withdrawn"):
                said = f"'{room} {state}', '{room}', 'ben', 'Ben', 'Why?', 1, 1, '{state}', NULL, NULL"
                older.execute(text(f"INSERT INTO questions VALUES ({said})"))
                older.execute(text(f"INSERT INTO votes VALUES ('{room} {state}', 'cho')"))
    database = Database(url, HandClock())

    await database.open()
    async with database.read() as connection:
        told = await connection.execute(
            text("SELECT id, state, count(votes.person) FROM questions JOIN votes ON question = id GROUP BY id, state")
        )
        found = {id: (state, votes) for id, state, votes in told}
    await database.close()

    assert found == {
        "past open": ("carried_over", 1),
        "past next": ("carried_over", 1),
        "past answered": ("answered", 1),
        "past withdrawn": ("withdrawn", 1),
        **{f"present {state}": (state, 1) for state in ("open", "next", "answered", "withdrawn")},
    }


async def test_a_room_planned_by_an_older_program_has_no_tags_and_is_by_no_clocks(tmp_path: Path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}"
    with create_engine(url.replace("+aiosqlite", "")).begin() as older:
        brought_to("0011", older)
        older.execute(text("INSERT INTO people VALUES ('ada', 'Ada', 0, 0, 1, 0, NULL, 0, 0)"))
        older.execute(
            text(
                "INSERT INTO rooms (id, name, title, description, visibility, language, host, starts_at)"
                " VALUES ('sparrows', 'sparrows', 'Sparrows', '', 'public', 'en', 'ada', 5)"
            )
        )
    database = Database(url, HandClock())

    await database.open()
    async with database.read() as connection:
        found = await room_by_name(connection, "sparrows")
    await database.close()

    assert found is not None
    assert (found.start, found.tags) == (Start(5), ())


async def test_in_which_language_people_wished_to_be_told_is_their_accounts(tmp_path: Path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}"
    with create_engine(url.replace("+aiosqlite", "")).begin() as older:
        brought_to("0018", older)
        for person in ("ada", "ben"):
            older.execute(text(f"INSERT INTO people VALUES ('{person}', '{person}', 0, 0, 1, 0, NULL, 0, 0)"))
        older.execute(text("INSERT INTO wishes VALUES ('ben', 'Europe/Paris', 'fr', 0, 0, 0)"))
    database = Database(url, HandClock())

    await database.open()
    async with database.read() as connection:
        found = [await language_of(connection, PersonId(person)) for person in ("ada", "ben")]
    await database.close()

    assert found == [None, "fr"]


async def test_a_new_file_has_no_older_state_to_keep(tmp_path: Path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}", HandClock())

    await database.open()
    await database.close()

    assert not kept_copies(tmp_path)
