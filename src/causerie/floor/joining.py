"""Finds in which rooms a guest was who came in by an account, and has the two joined there; once, kills or not."""

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts import aliases
from causerie.accounts.queries import person_by_id
from causerie.db import Database
from causerie.errors import Refusal
from causerie.floor.actions.joining import join
from causerie.ids import PersonId, RoomId
from causerie.questions.models import questions, votes
from causerie.safety.models import banned, bans
from causerie.stage.models import hands


@dataclass
class Joining:
    """`act_in` has something done in a room, alive or not; `shut_out` ends the pages and the sound of people there."""

    database: Database
    act_in: Callable[[str, Callable[[Any, Any], Awaitable[Any]]], Awaitable[Any]]
    shut_out: Callable[[str, list[PersonId]], None]

    async def join(self, guest: PersonId, account: PersonId) -> None:
        """Join the two wherever either has left something that the other needs; done twice it is done once."""
        async with self.database.read() as connection:
            person = await person_by_id(connection, account)
            rooms = await rooms_of(connection, guest, account)
        if person is None:
            return
        for room in rooms:
            if shut := await self.act_in(room, lambda tx, live: join(tx, live, guest, person)):
                self.shut_out(room, shut)
        await self.database.write(lambda tx: aliases.done(tx, guest))

    async def sweep(self) -> None:
        """What a program before this one has not finished."""
        async with self.database.read() as connection:
            waiting = await aliases.waiting(connection)
        for guest, account in waiting:
            with contextlib.suppress(Refusal):  # tried again at the next start
                await self.join(guest, account)


async def rooms_of(connection: AsyncConnection, guest: PersonId, account: PersonId) -> list[RoomId]:
    """Where the guest asked, voted or raised a hand, and where either of the two is banned."""
    asked = select(questions.c.room).where(questions.c.person == guest)
    voted = select(questions.c.room).join(votes, votes.c.question == questions.c.id).where(votes.c.person == guest)
    raised = select(hands.c.room).where(hands.c.person == guest)
    hit = select(banned.c.ban).where(banned.c.person.in_([guest, account]))
    kept_out = select(bans.c.room).where(bans.c.id.in_(hit), bans.c.lifted_at.is_(None))
    found = await connection.execute(union(asked, voted, raised, kept_out))
    return sorted(RoomId(room) for (room,) in found)
