"""People who talk as fast as they may, in a process of their own: whoever measures beside them is not slowed by them.

Reads port, room and cookies as JSON, says `in` when all are in, talks until it is told to stop, and tells how much.
"""

import asyncio
import contextlib
import json
import sys
from dataclasses import dataclass, field

from benchmarks.pages import Page

A_SECOND = 20


@dataclass
class Talker:
    """Somebody who says something almost `A_SECOND` times a second; shut out, they come again."""

    port: int
    room: str
    cookie: str
    said: int = 0
    shut_out: int = 0
    person: str = ""
    page: Page = field(init=False)

    async def comes(self) -> None:
        self.page = Page(self.port, self.cookie)
        self.person = (await self.page.come(self.room))["me"]["person"]

    async def talks(self) -> None:
        while True:
            if self.page.closed:
                self.shut_out += 1
                with contextlib.suppress(ConnectionError, TimeoutError):
                    await self.comes()
            else:
                self.said += 1
                self.page.say(b'{"id":"w%d","do":"react","kind":"clap"}' % self.said)
            await asyncio.sleep(1.1 / A_SECOND)


async def flood(port: int, room: str, cookies: list[str]) -> None:
    people = [Talker(port, room, cookie) for cookie in cookies]
    for one in people:
        await one.comes()
    print("in", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    talking = [asyncio.ensure_future(one.talks()) for one in people]
    await asyncio.to_thread(sys.stdin.readline)
    for task in talking:
        task.cancel()
    print(json.dumps([sum(one.said for one in people), sum(one.shut_out for one in people)]), flush=True)


if __name__ == "__main__":
    asyncio.run(flood(**json.loads(sys.stdin.readline())))
