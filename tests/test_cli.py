"""What one types."""

import asyncio

import pytest
from typer.testing import CliRunner

from causerie.accounts.actions import use_link
from causerie.cli import app
from causerie.clock import WallClock
from causerie.config import Settings
from causerie.db import Database


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Types a command in a folder of its own; gives its exit code and what it says."""
    monkeypatch.chdir(tmp_path)

    def type_in(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, list(words))
        return done.exit_code, done.output.strip()

    return type_in


async def _come_in(token: str) -> None:
    database = Database(Settings().database_url, WallClock())
    await database.open()
    await database.write(lambda tx: use_link(tx, token, name="Amara Diallo"))
    await database.close()


def test_setup_gives_links_until_there_is_an_admin(typed):
    first, second = typed("setup"), typed("setup")
    token = second[1].rpartition("/in/")[2]
    asyncio.run(_come_in(token))

    third = typed("setup")

    assert (first[0], second[0], first != second) == (0, 0, True)
    assert third == (1, "This place has its admin. A fresh link for somebody: causerie user link NAME")
    assert typed("user", "list") == (0, "Amara Diallo · admin · may open rooms")
