"""What people of a group are told: who asks to come in, what came of it, who is asked to own it, and that it goes.

Each is begun in the very turn in which it happens. The same of the same person is told once a day, however often they
ask and take it back.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.people import Person
from causerie.clock import DAY
from causerie.db import Tx
from causerie.groups.models import groups
from causerie.groups.queries import group_at
from causerie.notices.kinds import Kind, Said, Telling
from causerie.notices.telling import begin

WORTH = 7 * DAY


async def tell_of_request(tx: Tx, by: Person, handle: str) -> None:
    """Those who can answer hear that somebody waits."""
    found = await group_at(tx.connection, handle, by.id)
    if found is not None and found[1].waits:
        await _tell(tx, "group.asked", handle, to=found[0].id, by=by, about=by.id)


async def tell_of_answer(tx: Tx, by: Person, handle: str, *, person: str, let_in: bool) -> None:
    """Who asked to join hears what came of it."""
    await _tell(tx, "group.let_in" if let_in else "group.declined", handle, to=person, by=by, about=person)


async def tell_of_offer(tx: Tx, by: Person, handle: str, *, person: str) -> None:
    """Somebody hears that they are asked to own the group."""
    await _tell(tx, "group.heir", handle, to=person, by=by, about=person)


async def tell_of_end(tx: Tx, by: Person, handle: str, *, goes_at: int) -> None:
    """Everybody in it hears when it goes."""
    id, name = await _called(tx.connection, handle)
    said = Said(name, by.name or "", f"/g/{handle}", goes_at)
    await begin(tx, Telling(f"group.going:{id}:{goes_at}", "group.going", id, said, tx.now, goes_at))


async def _tell(tx: Tx, kind: Kind, handle: str, *, to: str, by: Person, about: str) -> None:
    id, name = await _called(tx.connection, handle)
    key = f"{kind}:{id}:{about}:{tx.now // DAY}"
    said = Said(name, by.name or "", f"/g/{handle}")
    await begin(tx, Telling(key, kind, to, said, tx.now, tx.now + WORTH))


async def _called(connection: AsyncConnection, handle: str) -> tuple[str, str]:
    row = (await connection.execute(select(groups.c.id, groups.c.name).where(groups.c.handle == handle))).one()
    return row.id, row.name
