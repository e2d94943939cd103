"""Where somebody is signed in: which devices, since when; each can be ended from any of them."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import WayUnknown
from causerie.accounts.models import sessions
from causerie.accounts.people import hashed
from causerie.db import Tx
from causerie.ids import PersonId


@dataclass(frozen=True)
class SignedIn:
    """One session as its person sees it. Its `id` opens nothing."""

    id: str
    device: str
    since: int
    until: int
    here: bool


async def sessions_of(connection: AsyncConnection, person: PersonId, *, here: str | None, now: int) -> list[SignedIn]:
    """Somebody's own, the latest first; `here` is the one they ask by."""
    wanted = select(sessions).where(sessions.c.person == person, sessions.c.expires_at > now)
    rows = (await connection.execute(wanted.order_by(sessions.c.created_at.desc(), sessions.c.hash))).mappings()
    return [
        SignedIn(_id(row["hash"]), row["device"] or "", row["created_at"], row["expires_at"], row["hash"] == here)
        for row in rows
    ]


async def end_one(tx: Tx, person: PersonId, id: str) -> str:
    """End one of one's sessions; gives its hash, by which its open pages are found."""
    hash = next((hash for hash in await _hashes(tx, person) if _id(hash) == id), None)
    if hash is None:
        raise WayUnknown
    await tx.run(delete(sessions).where(sessions.c.hash == hash))
    return hash


async def end_all(tx: Tx, person: PersonId, *, but: str | None = None) -> list[str]:
    """End all of somebody's sessions, `but` one; gives their hashes."""
    ended = [hash for hash in await _hashes(tx, person) if hash != but]
    await tx.run(delete(sessions).where(sessions.c.hash.in_(ended)))
    return ended


async def _hashes(tx: Tx, person: PersonId) -> list[str]:
    return list((await tx.run(select(sessions.c.hash).where(sessions.c.person == person))).scalars())


def _id(hash: str) -> str:
    return hashed(hash)[:22]
