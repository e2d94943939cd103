"""Whom hosts ask to speak, to lead along or to listen: each says yes or no.

No part is theirs before; into a room that is for invited people they come at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.accounts.people import cleaned, hashed
from causerie.db import Tx
from causerie.ids import PersonId, RoomId, new_id
from causerie.rooms.errors import AskedAnother, NotAskedAlong, TooManyAsked
from causerie.rooms.models import asked_along, asked_letters

MOST, MOST_LISTENERS = 50, 500
Opens = Callable[[str, int], str]
"""What opens an invitation, made of its id and the moment it was asked: a letter that is sent later says it, too."""
Part = Literal["speaker", "cohost", "listener"]
Answer = Literal["open", "accepted", "declined"]


@dataclass(frozen=True)
class Asked:
    """Somebody who was asked: `name` is what the host calls them, until they have said yes."""

    id: str
    room: RoomId
    role: Part
    name: str
    person: PersonId | None
    address: str | None
    shown: bool
    answer: Answer
    portrait: str | None = None


@dataclass(frozen=True)
class Whom:
    """Whom a host asks: an account, an address, or whoever is handed a link. `told`: whether they may hear unasked."""

    name: str
    person: PersonId | None = None
    address: str | None = None
    told: bool = True


async def ask(tx: Tx, room: RoomId, whom: Whom, *, role: Part, shown: bool, opens: Opens) -> tuple[Asked, str]:
    """Ask somebody, and the secret of the link to hand over. Who is asked already is asked for this part instead.

    A letter to an address waits for the mail server, or for who hands it over; of a draft until that is announced.
    """
    there = await _same(tx, room, whom)
    id = there or new_id()
    token = opens(id, tx.now)
    said = {"role": role, "shown": shown, "told": whom.told, "hash": hashed(token), "asked_at": tx.now}
    if there is not None:
        await tx.run(update(asked_along).where(asked_along.c.id == id).values(said | {"declined_at": None}))
    elif await _many(tx, room, role) >= (MOST_LISTENERS if role == "listener" else MOST):
        raise TooManyAsked
    else:
        row = said | {"id": id, "room": room, "name": cleaned(whom.name)}
        await tx.run(insert(asked_along).values(row | {"person": whom.person, "address": whom.address}))
    if whom.told and whom.address is not None:
        await tx.put(asked_letters, asked=id, due_at=tx.now, tries=0, held_until=0, handed_at=None)
    return await _there(tx, id), token


async def answer(tx: Tx, asked: Asked, by: PersonId, *, yes: bool) -> None:
    """Say yes or no; the first who does by a link has it for themselves. The address is not needed any more."""
    said = {"accepted_at": tx.now if yes else None, "declined_at": None if yes else tx.now}
    theirs = or_(asked_along.c.person.is_(None), asked_along.c.person == by)  # now: two may have looked at it before
    answered = update(asked_along).where(asked_along.c.id == asked.id, theirs)
    if (await tx.run(answered.values(said | {"person": by, "address": None}))).rowcount == 0:
        raise AskedAnother
    await tx.run(delete(asked_letters).where(asked_letters.c.asked == asked.id))


async def ask_no_more(tx: Tx, asked: str) -> None:
    await tx.run(delete(asked_along).where(asked_along.c.id == asked))


async def asked_in(connection: AsyncConnection, room: str) -> list[Asked]:
    """Everybody who was asked, in the order in which they were."""
    found = await connection.execute(_ASKED.where(asked_along.c.room == room).order_by(asked_along.c.id))
    return [_read(row) for row in found.mappings()]


async def asked_by_id(connection: AsyncConnection, id: str) -> Asked | None:
    return await _one(connection, asked_along.c.id == id)


async def asked_by(connection: AsyncConnection, token: str) -> Asked | None:
    """The invitation that a link is for."""
    return await _one(connection, asked_along.c.hash == hashed(token))


async def own_in(connection: AsyncConnection, room: str, person: str) -> Asked | None:
    """The invitation of somebody who may know of it."""
    mine = (asked_along.c.room == room) & (asked_along.c.person == person)
    return await _one(connection, mine & or_(asked_along.c.told, asked_along.c.accepted_at.is_not(None)))


async def _one(connection: AsyncConnection, which: Any) -> Asked | None:
    row = (await connection.execute(_ASKED.where(which))).mappings().first()
    return _read(row) if row else None


async def _there(tx: Tx, id: str) -> Asked:
    found = await asked_by_id(tx.connection, id)
    if found is None:
        raise NotAskedAlong
    return found


async def _same(tx: Tx, room: RoomId, whom: Whom) -> str | None:
    if whom.person is None and whom.address is None:
        return None
    who = asked_along.c.person == whom.person if whom.person else asked_along.c.address == whom.address
    wanted = select(asked_along.c.id).where(asked_along.c.room == room, who)
    found: str | None = (await tx.run(wanted)).scalar()
    return found


async def _many(tx: Tx, room: RoomId, role: Part) -> int:
    listen = asked_along.c.role == "listener"
    alike = listen if role == "listener" else ~listen
    wanted = select(func.count()).select_from(asked_along).where(asked_along.c.room == room, alike)
    return int((await tx.run(wanted)).scalar() or 0)


def _read(row: Any) -> Asked:
    said: Answer = "accepted" if row["accepted_at"] else "declined" if row["declined_at"] else "open"
    name = row["by"] if said == "accepted" and row["by"] else row["name"]
    same = {field: row[field] for field in ("id", "room", "role", "person", "address", "shown", "portrait")}
    return Asked(**same, name=name, answer=said)


_ASKED = select(asked_along, people.c.name.label("by"), people.c.portrait).outerjoin(
    people, people.c.id == asked_along.c.person
)
