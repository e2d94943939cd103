"""What people of a group are told: who asks to come in, what came of it, who is asked to own it and what they
answered, what was done to one by those who look after it, and that it goes.

Each is begun in the very turn in which it happens. The same of the same person is told once a day, however often they
ask and take it back. What was done to somebody is told each time: it may be for another reason.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.people import Person
from causerie.clock import DAY
from causerie.db import Tx
from causerie.groups.models import groups, memberships
from causerie.groups.queries import group_at
from causerie.groups.state import Role
from causerie.ids import PersonId
from causerie.notices.kinds import Kind, Said, Telling
from causerie.notices.models import tellings
from causerie.notices.telling import begin

WORTH = 7 * DAY
ROLES: dict[Role, Kind] = {"admin": "group.admin", "moderator": "group.moderator", "member": "group.member"}


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


async def owner_of(connection: AsyncConnection, handle: str) -> str | None:
    """Whose it is: who hears what became of an offer."""
    there = await group_at(connection, handle, None)
    if there is None:
        return None
    owns = memberships.c.group_id == there[0].id, memberships.c.role == "owner"
    found: str | None = await connection.scalar(select(memberships.c.person).where(*owns))
    return found


async def tell_of_taking(tx: Tx, by: Person, handle: str, *, owner: str | None, taken: bool) -> None:
    """Who offered the group hears the answer; who takes their own offer back knows it."""
    if owner is not None and owner != by.id:
        await _told(tx, "group.taken" if taken else "group.not_taken", handle, to=owner, by=by)


async def tell_of_role(tx: Tx, by: Person, handle: str, *, person: str, role: Role) -> None:
    """Somebody hears what they are from now on; who laid it down knows it."""
    if person != by.id:
        await _told(tx, ROLES[role], handle, to=person, by=by)


async def tell_of_removal(tx: Tx, by: Person, handle: str, *, person: str) -> None:
    """Somebody hears that they are no member any more."""
    await _told(tx, "group.removed", handle, to=person, by=by)


async def knows(connection: AsyncConnection, handle: str, person: str) -> bool:
    """Whether somebody may hear the name of the group: it is public, or they are in it."""
    there = await group_at(connection, handle, PersonId(person))
    return there is not None and (not there[0].private or there[1].role is not None)


async def tell_of_ban(tx: Tx, by: Person, handle: str, *, person: str, reason: str) -> None:
    """Somebody hears that they are banned, and why."""
    await _told(tx, "group.banned", handle, to=person, by=by, note=reason)


async def tell_of_unban(tx: Tx, by: Person, handle: str, *, person: str) -> None:
    """Somebody hears that they are not any more; of a private group who heard of the ban alone."""
    id, _ = await _called(tx.connection, handle)
    told = select(tellings.c.key).where(tellings.c.key.startswith(f"banned:{id}:{person}:", autoescape=True))
    if await knows(tx.connection, handle, person) or (await tx.run(told.limit(1))).first() is not None:
        await _told(tx, "group.unbanned", handle, to=person, by=by)


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


async def _told(tx: Tx, kind: Kind, handle: str, *, to: str, by: Person, note: str = "") -> None:
    """What was done just now; to who cannot see the group any more its page leads nowhere."""
    id, name = await _called(tx.connection, handle)
    path = f"/g/{handle}" if kind != "group.banned" and await knows(tx.connection, handle, to) else "/inbox"
    said = Said(name, by.name or "", path, note=note)
    key = f"{kind.removeprefix('group.')}:{id}:{to}:{tx.now}"
    await begin(tx, Telling(key, kind, to, said, tx.now, tx.now + WORTH))


async def _called(connection: AsyncConnection, handle: str) -> tuple[str, str]:
    row = (await connection.execute(select(groups.c.id, groups.c.name).where(groups.c.handle == handle))).one()
    return row.id, row.name
