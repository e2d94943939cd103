"""One life of the program that tells, in a process of its own: until nothing is left to tell, or until it is killed."""

import asyncio
import ssl
import sys
from pathlib import Path

from causerie.clock import HandClock
from causerie.db import Database
from causerie.egress import Guard
from causerie.notices.delivering import Delivering
from causerie.notices.jobs import Notices
from causerie.notices.links import LetterLinks
from causerie.push.keys import vapid_in
from causerie.push.sending import Pusher


async def live(url: str, folder: Path, port: int) -> None:
    async def here(_host: str) -> list[str]:
        return ["127.0.0.1"]

    trusting = ssl.create_default_context(cafile=str(folder / "push.crt"))
    guard = Guard(here, lambda _address: True, port, secure=trusting)
    clock = HandClock()
    database = Database(url, clock)
    await database.open()
    pusher = Pusher(vapid_in(folder, contact="mailto:ada@talk.example.org"), guard)
    ways = Delivering(database, clock, pusher, LetterLinks(b"key", "https://talk.example.org"), "Evening")
    notices = Notices(database, clock, ways, between=0)
    await notices.begin_anew()
    await notices.sweep()
    await notices.deliver()
    await database.close()


asyncio.run(live(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
