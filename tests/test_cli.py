"""What one types."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from causerie.accounts.actions import account_named, use_link
from causerie.accounts.profiles import show_picture
from causerie.accounts.queries import person_by_id
from causerie.cli import app
from causerie.clock import WallClock
from causerie.config import Settings
from causerie.db import Database
from causerie.rooms import audited


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


async def _show_a_picture(name: str) -> Path:
    """As if they had chosen one; the file of it."""
    place = Settings()
    file = place.data / "files" / "portraits" / "a.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a picture")
    database = Database(place.database_url, WallClock())
    await database.open()

    async def shows(tx):
        person = await person_by_id(tx.connection, await account_named(tx, name) or "")
        assert person is not None
        await show_picture(tx, person, "portraits/a.jpg", address="/portraits/a.jpg")

    await database.write(shows)
    await database.close()
    return file


def test_of_a_minor_no_picture_is_left(typed):
    for name in ("Ben", "Cho"):
        typed("user", "add", name)
    file = asyncio.run(_show_a_picture("Ben"))

    without_one = typed("user", "minor", "Cho")
    kept = file.exists()
    told = typed("user", "minor", "Ben")

    assert (without_one[0], kept, told) == (0, True, (0, "Ben is never recorded."))
    assert not file.exists()
    assert typed("user", "list")[1].splitlines() == ["Ben · never recorded", "Cho · never recorded"]


def test_people_are_added_let_and_listed(typed):
    added = typed("user", "add", "Ben")
    taken = typed("user", "add", " Ben ")
    let = typed("user", "let", "Ben")
    listed = typed("user", "list")
    taken_back = typed("user", "let", "Ben", "--not")
    listed_after = typed("user", "list")

    assert (added[0], added[1].startswith("http://localhost:8420/in/")) == (0, True)
    assert taken == (1, "Somebody is called this already.")
    assert (let, listed) == ((0, "Ben may open rooms here."), (0, "Ben · may open rooms"))
    assert (taken_back, listed_after) == ((0, "Ben may no longer open rooms here."), (0, "Ben"))


async def _log() -> list[tuple[str, str, str]]:
    """Who stands in the audit log as the doer, with what and whom it was done to, and the languages of it."""
    database = Database(Settings().database_url, WallClock())
    await database.open()
    async with database.read() as connection:
        found = await audited.lines(connection)
    await database.close()
    return [(line.actor, line.verb, audited.told(line, "en")) for line in reversed(found)]


def test_what_is_done_by_a_command_stands_in_the_log(typed):
    typed("user", "add", "Ben")
    for words in (
        ["link", "Ben"],
        ["let", "Ben"],
        ["let", "Ben", "--not"],
        ["minor", "Ben"],
        ["minor", "Ben", "--not"],
    ):
        typed("user", *words)

    log = asyncio.run(_log())

    verbs = ["person.add", "person.link", "person.let", "person.let_no_more", "person.minor", "person.minor_no_more"]
    assert [(actor, verb) for actor, verb, _ in log] == [("console", verb) for verb in verbs]
    assert log[1][2] == "The command line of this place made a sign-in link for Ben"


def test_somebody_may_open_rooms_from_the_first_day(typed):
    typed("user", "add", "Ben", "--may-open-rooms")

    assert typed("user", "list") == (0, "Ben · may open rooms")


def test_each_link_is_a_new_one_and_brings_in_the_same_person(typed):
    typed("user", "add", "Ben")

    links = [typed("user", "link", "Ben")[1].rpartition("/in/")[2] for _ in range(2)]
    for link in links:
        asyncio.run(_come_in(link))

    assert links[0] != links[1]
    assert typed("user", "list") == (0, "Ben")


@pytest.mark.parametrize("words", [("user", "link", "Nobody"), ("user", "let", "Nobody")])
def test_there_is_nobody_of_this_name(typed, words):
    assert typed(*words) == (1, "There is nobody of this name.")


def test_a_name_that_cannot_be_one(typed):
    assert typed("user", "add", "x" * 10_000) == (1, "A name has 1 to 60 characters.")


def test_an_encoders_token_is_for_somebody_in_some_room(typed):
    typed("user", "add", "Ben")

    assert typed("encoder-token", "nowhere", "Ben") == (1, "There is no room at this address.")


def test_all_faults_of_the_settings_are_told(typed, tmp_path):
    (tmp_path / "causerie.toml").write_text('[web]\nport = "many"\n[media]\nworkers = 1000\n')

    code, said = typed("user", "list")

    assert (code, [line.split(":")[0] for line in said.splitlines()]) == (2, ["web.port", "media.workers"])


def test_the_doctor_looks_at_everything(typed):
    code, said = typed("doctor")

    states = [line.split()[0] for line in said.splitlines()]
    assert set(states) <= {"ok", "warn", "fault"}
    assert "the database opens, its tables are up to date" in said
    assert code == (1 if "fault" in states else 0)


def test_the_doctor_says_when_another_program_has_the_sound_port_by_tcp(typed, monkeypatch):
    with socket.create_server(("0.0.0.0", 0)) as other:
        number = other.getsockname()[1]
        monkeypatch.setenv("CAUSERIE_MEDIA_PORT", str(number))
        taken = typed("doctor")[1]
    free = typed("doctor")[1]

    assert f"TCP {number} is taken" in taken
    assert f"UDP and TCP {number} are free" in free


def test_the_doctor_says_when_the_database_does_not_open(typed, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "causerie.sqlite").write_bytes(b"this is no database " * 100)

    code, said = typed("doctor")

    assert code == 1
    assert "fault the database does not open" in said


# ---- serving ----


@contextlib.contextmanager
def serving(folder: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The real program, until it has said that it is open; ended as an operator does."""
    command = [sys.executable, "-m", "causerie", "serve", "--no-demo"]
    given = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "CAUSERIE_WEB_PORT": "0",
        "CAUSERIE_MEDIA_PORT": "0",
        "COLUMNS": "200",
        **environment,
    }
    program = subprocess.Popen(
        command, cwd=folder, env=given, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert program.stdout is not None
    said: list[str] = []
    try:
        for line in program.stdout:
            said.append(line.strip())
            if "Stop with" in line:
                break
        yield program, said
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(timeout=20)
        program.stdout.close()


def told(address: str) -> tuple[int, str]:
    """What an address answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_serve_opens_says_where_and_ends_when_told(tmp_path):
    metrics = free_port()

    with serving(tmp_path, CAUSERIE_METRICS_PORT=str(metrics)) as (program, said):
        (address,) = re.findall(r"causerie is open: (\S+)/$", "\n".join(said), re.MULTILINE)
        (link,) = re.findall(r"Become its admin \(once\): +(\S+)$", "\n".join(said), re.MULTILINE)
        assert link.startswith(f"{address}/in/")
        assert told(f"{address}/readyz") == (200, '{"status":"ready"}')
        assert told(f"{address}/metrics")[0] == 404
        status, figures = told(f"http://127.0.0.1:{metrics}/metrics")
        told_of = (r"causerie_pages 0\.0", r"causerie_closings 0\.0", r"causerie_commits_total [1-9]\d*\.0")
        assert (status, [bool(re.search(figure, figures)) for figure in told_of]) == (200, [True] * 3)

    assert program.returncode in (0, -signal.SIGTERM)


def test_the_doctor_comes_to_a_place_as_people_do(typed, tmp_path, monkeypatch):
    port = str(free_port())
    address = f"http://127.0.0.1:{port}"
    monkeypatch.setenv("CAUSERIE_WEB_PUBLIC_URL", address)
    monkeypatch.setenv("CAUSERIE_MEDIA_PUBLIC_ADDRESS", "127.0.0.1")

    with serving(tmp_path, CAUSERIE_WEB_PORT=port):
        _, well = typed("doctor")
    _, away = typed("doctor")

    no_room = "warn no room is live that everybody finds, so sound was not tried; while one is: causerie doctor"
    assert " ".join(well.split()).endswith(
        "ok browsers are told 127.0.0.1 for sound "
        f"ok {address} answers "
        "ok the live connection (WebSocket) gets through "
        f"{no_room} {address}/r/ITS-NAME"
    )
    assert f"fault {address} does not answer (Connection refused)" in away


def test_a_port_that_is_taken_is_said(typed):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        code, said = typed("serve", "--port", str(taken.getsockname()[1]))

    assert code == 1
    assert "cannot be had" in said
