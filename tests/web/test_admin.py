"""What those who run the place see: nobody else gets an answer, no secret is told, and what failed is tried again."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from causerie.config import Section, Settings, read
from causerie.copies import store
from causerie.copies.errors import CopyNotMade
from causerie.copies.models import clips
from causerie.copies.queries import copy_by_id
from causerie.db.tables import audit
from causerie.web.admin.settings import told
from tests.copies.shelf import NAME, NOON, Shelf, shelved
from tests.house.papers import ROOT
from tests.live.conftest import evening_in
from tests.place import Place, opened
from tests.web.test_home import statements

PARTS = ROOT / "frontend" / "src" / "admin" / "pages.ts"


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


async def runs_it(place: Place) -> str:
    """The cookie of somebody who runs this place."""
    return (await place.person("Root", admin=True))[1]


async def asked(place: Place, cookie: str, path: str, method: str = "GET", **more: Any) -> Any:
    """The status, and what was answered."""
    async with place.browser(cookie) as browser:
        answer = await browser.request(method, f"/api/v1/admin{path}", **more)
    return answer.status_code, answer.json() if answer.content else None


async def described(place: Place) -> Any:
    """The API as it describes itself."""
    async with place.browser() as browser:
        return (await browser.get("/api/openapi.json")).json()


async def test_to_nobody_else_is_anything_told(place: Place):
    _, opens_rooms = await place.person("Ada", may_open_rooms=True)
    routes = [
        (path, method.upper())
        for path, methods in (await described(place))["paths"].items()
        if path.startswith("/api/v1/admin/")
        for method in methods
    ]

    assert len(routes) >= 4
    for path, method in routes:
        for cookie in (opens_rooms, place.visitor(), ""):
            said = {} if method == "GET" else {"json": {}}
            short = re.sub(r"\{\w+\}", "01ABCDEFGHJKMNPQRSTVWXYZ00", path.removeprefix("/api/v1/admin"))
            status, answer = await asked(place, cookie, short, method, **said)
            assert (status, answer["code"]) == (403, "admin.only"), (path, cookie)


async def test_every_page_of_the_menu_has_its_address(place: Place):
    parts = re.findall(r'part: "(\w*)"', PARTS.read_text(encoding="utf-8"))

    async with place.browser() as browser:
        found = {part: (await browser.get(f"/admin/{part}".rstrip("/"))).status_code for part in [*parts, "nothing"]}

    assert found == {**dict.fromkeys(parts, 200), "nothing": 404}


async def test_how_the_place_is_doing(place: Place):
    await evening_in(place)

    status, health = await asked(place, await runs_it(place), "/health")

    disk = health.pop("disk")
    assert status == 200
    assert health == {
        "well": disk["well"],
        "database": {"kind": "sqlite" if place.causerie.database.sqlite else "postgresql", "well": True, "waiting": 0},
        "sound": {"connections": 0, "faults": 0, "well": True},
        "copies": {"making": 0, "failed": 0},
        "listening": {"rooms": 1, "people": 3},
    }
    assert 0 < disk["free"] < disk["total"]


async def test_a_full_disk_a_fault_of_the_core_and_a_copy_that_failed_are_told(place: Place, monkeypatch: Any):
    await failed(place)
    cookie = await runs_it(place)
    monkeypatch.setattr("causerie.web.admin.health.shutil.disk_usage", lambda _: type("Usage", (), FULL))
    monkeypatch.setattr(place.engine, "statistics", lambda: {"panics": 1, "worker_panics": 1})

    _, health = await asked(place, cookie, "/health")

    assert (health["well"], health["disk"], health["sound"], health["copies"]) == (
        False,
        {"free": 1 << 30, "total": 100 << 30, "well": False},
        {"connections": 0, "faults": 2, "well": False},
        {"making": 1, "failed": 1},
    )


FULL = {"free": 1 << 30, "total": 100 << 30, "used": 99 << 30}


async def failed(place: Place) -> Shelf:
    """A copy that nobody could make, and a clip of it that waits."""
    shelf = await shelved(place, "Whose river?")

    async def fails(tx: Any) -> None:
        wrong = {"failed_code": CopyNotMade.code, "failed_text": CopyNotMade.text}
        await store.change(tx, "C1", state="failed", **wrong)
        clip = {"id": "K1", "name": "k-1", "copy": "C1", "title": "A clip", "begins": NOON, "ends": NOON + 20_000}
        more = {"state": "processing", "edition": 1, "by": shelf.people["Nour"], "created_at": NOON + 5}
        await tx.run(insert(clips).values(**clip, **more))

    await place.causerie.database.write(fails)
    return shelf


async def test_what_is_not_made_is_listed_and_what_failed_stands_first(place: Place):
    shelf = await failed(place)

    status, jobs = await asked(place, await runs_it(place), "/jobs")

    of = {"copy": NAME, "room": shelf.room.name, "share": None}
    assert (status, jobs) == (
        200,
        [
            {
                **of,
                "id": "C1",
                "kind": "copy",
                "title": "Whose river?",
                "state": "failed",
                "since": NOON,
                "failed_code": CopyNotMade.code,
                "failed_text": CopyNotMade.text,
                "again": True,
            },
            {
                **of,
                "id": "K1",
                "kind": "clip",
                "title": "A clip",
                "state": "processing",
                "since": NOON + 5,
                "failed_code": None,
                "failed_text": None,
                "again": False,
            },
        ],
    )


async def test_what_failed_is_tried_again_with_a_line_in_the_audit(place: Place):
    await failed(place)
    cookie = await runs_it(place)

    answers = [await asked(place, cookie, f"/jobs/{id}/again", "POST", json={}) for id in ("C1", "C1", "none")]

    async with place.causerie.database.read() as connection:
        copy = await copy_by_id(connection, "C1")
        lines = (await connection.execute(select(audit.c.subject).where(audit.c.verb == "copy.again"))).scalars().all()
    assert [status for status, _ in answers] == [204, 404, 404]
    assert copy is not None
    assert (copy.state, copy.failed_code, lines) == ("processing", None, ["C1"])


async def test_a_list_costs_the_same_however_long_it_is(place: Place):
    cookie = await runs_it(place)

    async def cost() -> int:
        with statements(place.causerie.database) as made:
            await asked(place, cookie, "/jobs")
        return len(made)

    before = await cost()
    await failed(place)

    assert await cost() == before


def test_the_settings_say_where_each_was_said_and_no_secret(tmp_path: Path):
    file = tmp_path / "causerie.toml"
    file.write_text('[mail]\npassword = "hush"\n[web]\nport = 1\n', encoding="utf-8")
    environment = {"CAUSERIE_WEB_HOST": "::1", "CAUSERIE_DATABASE_URL": "postgresql+asyncpg://me:hush@there/it"}

    found = {one.name: one for one in told(read(file, environment, web__port=3))}

    shown = {
        name: (one.value, one.there, one.said_in)
        for name, one in found.items()
        if one.said_in != "default" or name == "mail.host"
    }
    assert shown == {
        "web.host": ("::1", True, "environment"),
        "web.port": (3, True, "command"),
        "database.url": (None, True, "environment"),
        "mail.host": ("", False, "default"),
        "mail.password": (None, True, "file"),
    }
    assert "hush" not in str(found)


def test_whatever_is_called_like_a_secret_is_one():
    looks = re.compile(r"password|secret|key|token|^database\.url$")
    sections = [field.annotation for field in Settings.model_fields.values()]
    names = {
        f"{name}.{key}": (field.json_schema_extra or {}).get("secret", False)
        for name, section in zip(Settings.model_fields, sections, strict=True)
        if isinstance(section, type) and issubclass(section, Section)
        for key, field in section.model_fields.items()
    }

    assert {name for name in names if looks.search(name)} - {"sign_in.passwords"} == {
        name for name, secret in names.items() if secret
    }
