"""Ten thousand followers hear that a room is live: how long it takes, and what others wait meanwhile."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable
from functools import partial
from pathlib import Path

from sqlalchemy import func, insert, select

from benchmarks.report import percentile, write
from causerie.accounts import actions as accounts
from causerie.accounts.models import follows, people, sessions
from causerie.clock import WallClock
from causerie.db import Database, Tx
from causerie.egress import Guard
from causerie.ids import new_id
from causerie.notices.delivering import Delivering
from causerie.notices.inbox import read_these
from causerie.notices.jobs import Notices
from causerie.notices.links import LetterLinks
from causerie.notices.models import deliveries, devices, notices
from causerie.push.keys import vapid_in
from causerie.push.sending import Pusher
from causerie.rooms import actions as rooms
from causerie.rooms.state import Room

FOLLOWERS, GOAL_S = 10_000, 60
EACH_S = 0.01


async def measure() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, clock = Path(name), WallClock()
        database = Database(f"sqlite+aiosqlite:///{folder / 'causerie.sqlite'}", clock)
        await database.open()
        room = await _followed(database)
        pusher = Pusher(vapid_in(folder, contact="mailto:ada@talk.example.org"), Guard())
        ways = Delivering(database, clock, pusher, LetterLinks(b"key", "https://talk.example.org"), "Evening")
        alone = await _others(database, asyncio.sleep(2))
        await database.write(partial(rooms.start, room=room))
        begun = time.perf_counter()
        beside = await _others(database, Notices(database, clock, ways).sweep())
        took = time.perf_counter() - begun
        made = await _counted(database)
        await database.close()
    lines = [f"{FOLLOWERS:,} followers, one browser each, the goal is {GOAL_S} s; SQLite, every commit on disk.", ""]
    lines.append(f"- {made[0]:,} notices and {made[1]:,} deliveries written in {took:.1f} s")
    for said, waited in (("alone", alone), ("meanwhile", beside)):
        middle, slow = percentile(waited, 0.5), percentile(waited, 0.95)
        spread = f"p50 {middle:.1f} ms, p95 {slow:.1f} ms, slowest {max(waited):.1f} ms, {len(waited)} turns"
        lines.append(f"- a turn of somebody else, {said}: {spread}")
    write("notices", "make bench ARGS=notices", lines)


async def _followed(database: Database) -> Room:
    """Ada, whom everybody follows, and her room."""

    async def made(tx: Tx) -> Room:
        ada = await accounts.add_person(tx, name="Ada", may_open_rooms=True)
        ids = [new_id() for _ in range(FOLLOWERS)]
        plain = {"guest": False, "admin": False, "may_open_rooms": False, "bot": False, "created_at": tx.now}
        lasting = {"created_at": tx.now, "expires_at": tx.now + 10**9}
        keys = {"p256dh": "B", "auth": "A", "made_at": tx.now}
        await tx.connection.execute(insert(people), [{"id": id, "name": id, **plain, "minor": False} for id in ids])
        await tx.connection.execute(insert(sessions), [{"hash": id, "person": id, **lasting} for id in ids])
        following = {"kind": "person", "subject": ada.id, "since": tx.now}
        await tx.connection.execute(insert(follows), [{"person": id, **following} for id in ids])
        taking = [{"id": id, "person": id, "session": id, "endpoint": id, **keys} for id in ids]
        await tx.connection.execute(insert(devices), taking)
        return await rooms.open_room(tx, ada, title="Sparrows")

    return (await database.write(made))[0]


async def _others(database: Database, work: Awaitable[None]) -> list[float]:
    """Milliseconds that each small turn waits while this goes on."""
    waited: list[float] = []
    task = asyncio.ensure_future(work)
    while not task.done():
        begun = time.perf_counter()
        await database.write(partial(read_these, person="nobody", ids=[0]))
        waited.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(EACH_S)
    await task
    return waited


async def _counted(database: Database) -> tuple[int, int]:
    async with database.read() as connection:
        found = [await connection.execute(select(func.count()).select_from(table)) for table in (notices, deliveries)]
        return found[0].scalar_one(), found[1].scalar_one()
