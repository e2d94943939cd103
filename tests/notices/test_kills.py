"""The program is killed while it delivers, and started again: nobody is told nothing, and few are told twice."""

import asyncio
import sys
from collections import Counter
from pathlib import Path

from causerie.clock import HandClock
from causerie.db import Database
from causerie.notices.delivering import AT_ONCE
from causerie.rooms import actions as rooms
from tests.mail.postbox import Postbox
from tests.notices.conftest import Telling
from tests.push.service import PushService, push_service

PEOPLE, KILLED_AFTER = 60, 20
ROOT = Path(__file__).parents[2]


async def one_life(url: str, folder: Path, service: PushService) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "tests.notices.one_life", url, str(folder), str(service.port)]
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT)


async def test_killed_while_it_delivers_it_repeats_only_what_was_on_its_way(tmp_path: Path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'causerie.sqlite'}"
    names = [f"Listener {n}" for n in range(PEOPLE)]
    async with push_service(tmp_path) as service:
        database = Database(url, HandClock())
        await database.open()
        story = Telling(database, HandClock(), Postbox(), service, tmp_path)
        await story.person("Ada")
        for name in names:
            await story.person(name, push=True)
        await story.follow(*names)
        await story.does(rooms.start, await story.room())

        first = await one_life(url, tmp_path, service)
        await asyncio.wait_for(service.heard(KILLED_AFTER), 30)
        first.kill()
        await first.wait()
        at_the_kill = len(service.sent)
        ended = await (await one_life(url, tmp_path, service)).wait()

        inboxes, states = await story.told(*names), await story.states()
        await database.close()

    topics = Counter((sent.path, sent.headers["topic"]) for sent in service.sent)
    assert (ended, at_the_kill < PEOPLE) == (0, True)
    assert inboxes == {name: ["room.live"] for name in names}
    assert states == [("push", "sent")] * PEOPLE
    assert len(topics) == PEOPLE
    assert sum(times - 1 for times in topics.values()) <= AT_ONCE
    assert max(topics.values()) <= 2
