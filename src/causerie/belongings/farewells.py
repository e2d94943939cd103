"""Finds what those who have gone left in rooms and files, and takes it away; kills or not, until all is gone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import departures, handles
from causerie.belongings import evenings
from causerie.belongings.emptying import ids_of
from causerie.belongings.leaving import forget
from causerie.belongings.written import let_reports_go, reports_to_let_go, unname_told
from causerie.clock import DAY, Clock
from causerie.copies.storage import Storage
from causerie.db import Database, Tx
from causerie.errors import Away, Refusal
from causerie.ids import PersonId, RoomId
from causerie.recordings.models import tracks

HELD_BACK = 366 * DAY
"""How long nobody else may go by the handle of somebody who has gone."""
log = structlog.get_logger()


@dataclass(frozen=True)
class Gone:
    """Somebody who has gone, every id they had, and what is known of them until everything is found."""

    person: PersonId
    ids: tuple[PersonId, ...]
    name: str
    picture: str | None


@dataclass
class Farewells:
    """`act_in` has something done in a room, alive or not; `shut_out` ends pages and sound of people in it."""

    database: Database
    clock: Clock
    storage: Storage
    act_in: Callable[[str, Callable[[Any, Any], Awaitable[Any]]], Awaitable[Any]]
    shut_out: Callable[[str, list[PersonId]], None]

    async def sweep(self) -> None:
        """Go on with everybody who has gone; hold nothing longer than was said."""
        async with self.database.read() as connection:
            waiting = await unfinished(connection)
        for gone in waiting:
            await self._find(gone)
        async with self.database.read() as connection:
            old = await _to_let_go(connection, now=self.clock.now())
            held = await reports_to_let_go(connection, now=self.clock.now())
        if old:
            await self.database.write(partial(_free, found=old))
        if held:
            await self.database.write(partial(let_reports_go, found=held))

    async def _find(self, gone: Gone) -> None:
        """What one of them left; where something has to wait for somebody's answer, it is done when that is there."""
        if gone.picture is not None:
            self.storage.remove([gone.picture])
        async with self.database.read() as connection:
            rooms = await evenings.rooms_of(connection, gone.ids)
        for room in rooms:
            await self._leave(gone, room)
        async with self.database.read() as connection:
            left = await evenings.rooms_of(connection, gone.ids)
        await self.database.write(partial(_found, gone=gone, all_=not left))

    async def _leave(self, gone: Gone, room: RoomId) -> None:
        """One room: what was recorded, then their places, then their name; what is not done is found again."""
        try:
            await self.act_in(room, partial(evenings.withdraw_part, ids=gone.ids, name=gone.name))
            self.shut_out(room, list(gone.ids))
            await self.act_in(room, partial(evenings.go_out, ids=gone.ids))
            files = await self.act_in(room, partial(evenings.leave_nothing, ids=gone.ids, name=gone.name))
            self.storage.remove(files)
        except Away:
            raise
        except Refusal as refusal:  # tried again with the next sweep
            log.info("farewell.later", room=room, code=refusal.code)
        except Exception:  # one room that goes wrong keeps no other waiting
            log.exception("farewell", room=room)


async def unfinished(connection: AsyncConnection) -> list[Gone]:
    """Who has gone and has not been found everywhere; and whose part a host has let go since."""
    named = select(tracks.c.id).where(tracks.c.person == departures.c.person, tracks.c.withdrawn.is_(True))
    wanted = select(departures).where(or_(departures.c.done_at.is_(None), named.exists())).order_by(departures.c.at)
    rows = (await connection.execute(wanted)).mappings().all()
    return [
        Gone(PersonId(row["person"]), tuple(await ids_of(connection, row["person"])), row["name"], row["picture"])
        for row in rows
    ]


async def _found(tx: Tx, gone: Gone, *, all_: bool) -> None:
    """The picture's file is gone; where all is found, so is the name."""
    await forget(tx, gone.ids)
    await unname_told(tx, gone.name)
    of = update(departures).where(departures.c.person == gone.person)
    await tx.run(of.values(picture=None, **({"name": "", "done_at": tx.now} if all_ else {})))


async def _to_let_go(connection: AsyncConnection, *, now: int) -> list[str]:
    """Handles of those who went a year ago."""
    wanted = select(handles.c.handle).join(departures, departures.c.person == handles.c.person)
    return list((await connection.execute(wanted.where(departures.c.at < now - HELD_BACK))).scalars())


async def _free(tx: Tx, found: list[str]) -> None:
    await tx.run(delete(handles).where(handles.c.handle.in_(found)))
