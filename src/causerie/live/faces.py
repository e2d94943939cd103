"""Who comes: however many come at once, the database is asked for all of them together."""

import asyncio

from causerie.accounts.cookies import Cookies
from causerie.accounts.people import Person
from causerie.clock import Clock
from causerie.db import Database

TOGETHER = 500
# Behind some who came together, the next gather for a moment: a hall that comes back is few questions.
GATHER = 0.03


class Faces:
    """While it looks some up, the next wait for each other."""

    def __init__(self, database: Database, clock: Clock, cookies: Cookies) -> None:
        self.database = database
        self.clock = clock
        self.cookies = cookies
        self._asked: list[tuple[str, asyncio.Future[Person | None]]] = []
        self._looking: asyncio.Task[None] | None = None

    async def who(self, cookie: str) -> Person | None:
        """The person of this cookie; or `Away`."""
        found: asyncio.Future[Person | None] = asyncio.get_running_loop().create_future()
        self._asked.append((cookie, found))
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        return await found

    async def _look(self) -> None:
        while self._asked:
            asked, self._asked = self._asked[:TOGETHER], self._asked[TOGETHER:]
            try:
                people = await self._people([cookie for cookie, _ in asked])
            except Exception as fault:
                for _, found in asked:
                    if not found.done():
                        found.set_exception(fault)
            else:
                for (_, found), person in zip(asked, people, strict=True):
                    if not found.done():
                        found.set_result(person)
            if len(asked) > 1:
                await asyncio.sleep(GATHER)
        self._looking = None

    async def _people(self, cookies: list[str]) -> list[Person | None]:
        async with self.database.read() as connection:
            return await self.cookies.all_of(connection, cookies, now=self.clock.now())
