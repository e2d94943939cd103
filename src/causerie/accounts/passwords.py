"""Passwords, where a place uses them: kept so that whoever steals the table has to guess each for years."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import PasswordLength, WayUnknown
from causerie.accounts.models import emails, handles, passwords, people
from causerie.accounts.people import Person
from causerie.accounts.queries import person_by_id
from causerie.db import Tx
from causerie.ids import PersonId
from causerie.texts import one_line

SHORTEST, LONGEST = 10, 200
# Each costs 64 MiB while it is worked out (RFC 9106, second choice): two at a time, all others wait.
_threads = ThreadPoolExecutor(2, thread_name_prefix="passwords")
_hasher = PasswordHasher()


async def made(password: str) -> str:
    """What is kept of a password; or `PasswordLength`."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordLength
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def is_right(password: str, kept: str | None) -> bool:
    """Whether it is the one; where there is none to compare with, it takes as long."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _is_right, password[: LONGEST + 1], kept)


async def keep(tx: Tx, person: PersonId, hash: str) -> None:
    await tx.put(passwords, person=person, hash=hash, set_at=tx.now)
    await tx.audit("password.set", actor=person, subject=person)


async def forget(tx: Tx, person: PersonId) -> None:
    if (await tx.run(delete(passwords).where(passwords.c.person == person))).rowcount == 0:
        raise WayUnknown
    await tx.audit("password.forget", actor=person, subject=person)


async def password_of(connection: AsyncConnection, person: PersonId) -> str | None:
    """What is kept of somebody's password."""
    kept: str | None = (await connection.execute(select(passwords.c.hash).where(passwords.c.person == person))).scalar()
    return kept


async def account_of(connection: AsyncConnection, said: str) -> Person | None:
    """Whom somebody means who types a name, a handle or an address."""
    said = one_line(said)
    by_name = select(people.c.id).where(people.c.name == said, people.c.guest.is_(False), people.c.bot.is_(False))
    now_called = handles.c.handle == said.lower().removeprefix("@"), handles.c.left_at.is_(None)
    by_handle = select(handles.c.person).where(*now_called)
    by_address = select(emails.c.person).where(emails.c.address == said.lower())
    for wanted in (by_name, by_handle, by_address):
        found = (await connection.execute(wanted)).scalar()
        if found is not None:
            return await person_by_id(connection, found)
    return None


@lru_cache
def _nobodys() -> str:
    """Stands where somebody has no password, so that the answer takes as long."""
    return _hasher.hash("nobody has this password")


def _is_right(password: str, kept: str | None) -> bool:
    try:
        return _hasher.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
