"""The home page on a place that has been in use for years: what the server takes for it, and how often it asks."""

import contextlib
import tempfile
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import httpx

from benchmarks.instance import Instance, made, quiet
from benchmarks.report import percentile, write
from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.accounts.people import Person
from causerie.app import Causerie, built
from causerie.cli.serving import spare_everybody
from causerie.clock import HandClock
from causerie.config import Settings
from tests.place import HOST
from tests.sound_on_paper import PaperEngine
from tests.web.test_home import statements

TRIES, WARM = 300, 20
GOAL_MS, GOAL_STATEMENTS = 50, 12
PAGES = {
    "`GET /api/v1/home`": "/api/v1/home",
    "the same in French": "/api/v1/home?language=fr",
    "`GET /`, the page with its first data": "/",
    "the next page of what starts soon": "/api/v1/home/soon?after=1.A",
    "`GET /api/v1/answers`, four worth hearing": "/api/v1/answers",
    "twenty of them": "/api/v1/answers?most=20",
    "twenty of a group": "/api/v1/groups/group_0/answers?most=20",
    "`GET /g/group_0`, a group's page with its first data": "/g/group_0",
}


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        instance = await made(Path(folder) / "causerie.sqlite")
        settings = Settings(data=Path(folder), database={"url": instance.url})
        async with opened(built(settings, engine=PaperEngine(), clock=HandClock(instance.now))) as causerie:
            cookie = await signed_in(causerie, instance)
            told = [f"- {name}: {await _one(causerie, cookie, path)}" for name, path in PAGES.items()]
            told.append(f"- `GET /` for a stranger: {await _one(causerie, '', '/')}")
        quiet(instance.path)
        async with opened(built(settings, engine=PaperEngine(), clock=HandClock(instance.now))) as causerie:
            told.append(f"- `GET /` while nothing is live, with answers: {await _one(causerie, cookie, '/')}")
    sizes = instance.sizes
    lines = [
        f"{sizes.rooms:,} rooms, {sizes.people:,} people, {sizes.questions:,} questions, {sizes.groups:,} groups; the",
        f"reader follows {sizes.follows} people and is in {sizes.circles} groups. SQLite, in one process, without a",
        f"network: the whole answer, {TRIES} times each. Must: p95 ≤ {GOAL_MS} ms, ≤ {GOAL_STATEMENTS} statements.",
        "",
        *told,
    ]
    write("home", "make bench ARGS=home", lines)


@contextlib.asynccontextmanager
async def opened(causerie: Causerie) -> AsyncIterator[Causerie]:
    """What answers: the database and the rooms that are live. What a place does beside that is measured elsewhere."""
    await causerie.database.open()
    causerie.media.start()
    await causerie.rooms.open()
    spare_everybody()
    try:
        yield causerie
    finally:
        await causerie.house.mail.close()
        await causerie.jobs.close()
        await causerie.rooms.close()
        causerie.media.stop()
        await causerie.database.close()


async def signed_in(causerie: Causerie, instance: Instance) -> str:
    reader = Person(instance.reader, "Reader", guest=False)
    token, _ = await causerie.database.write(partial(accounts.open_session, person=reader))
    return f"{SESSION}={token}"


async def _one(causerie: Causerie, cookie: str, path: str) -> str:
    """Milliseconds of an answer, how large it is, and how often the database was asked."""
    transport = httpx.ASGITransport(causerie.application)
    took, counts = [], []
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers={"cookie": cookie}) as browser:
        for _ in range(TRIES + WARM):
            begun = time.perf_counter()
            with statements(causerie.database) as asked:
                answer = await browser.get(path)
            took.append((time.perf_counter() - begun) * 1000)
            # The rooms tick beside it, and ask now and then themselves.
            counts.append(len(asked))
            assert answer.status_code == 200
    middle, slow = percentile(took[WARM:], 0.5), percentile(took[WARM:], 0.95)
    return f"p50 {middle:.1f} ms, **p95 {slow:.1f} ms**, **{min(counts)} statements**, {len(answer.content):,} bytes"
