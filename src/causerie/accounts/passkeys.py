"""Passkeys: made, used, named and removed. A challenge is one browser's, for two minutes, and good once."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts import ceremony
from causerie.accounts.actions import account_named, add_person, become_account
from causerie.accounts.ceremony import SIGNED_WITHIN, Site
from causerie.accounts.errors import (
    NameLength,
    NameNeeded,
    NameTaken,
    PasskeyName,
    PasskeyRefused,
    TooManyPasskeys,
    WayUnknown,
)
from causerie.accounts.models import challenges, passkeys
from causerie.accounts.people import Person, cleaned
from causerie.accounts.queries import person_by_id
from causerie.clock import SECOND
from causerie.db import Tx
from causerie.ids import PersonId, new_id

MOST = 20
# At most 1,023 bytes (WebAuthn, 4), in base64url.
CREDENTIAL = re.compile(r"[A-Za-z0-9_-]{1,1364}")


@dataclass(frozen=True)
class Passkey:
    """One of somebody's passkeys, as they see it."""

    id: str
    name: str
    made_at: int
    used_at: int | None


async def begin_making(tx: Tx, site: Site, browser: str, person: Person, *, name: str | None) -> dict[str, Any]:
    """What a browser makes a passkey by. Who has no account yet says what they will be called."""
    if person.guest:
        if not (name or person.name):
            raise NameNeeded
        name = cleaned(name or person.name or "")
        if await account_named(tx, name) is not None:
            raise NameTaken
    has = [row.credential for row in await tx.run(select(passkeys.c.credential).where(passkeys.c.person == person.id))]
    if len(has) >= MOST:
        raise TooManyPasskeys
    challenge = await _challenge(tx, browser, person=person.id, name=name if person.guest else None)
    return ceremony.to_make(site, person, name or person.name or "", challenge=challenge, has=has)


async def make(tx: Tx, site: Site, browser: str, said: dict[str, Any], *, called: str) -> Person:
    """Keep the passkey a browser has made. A guest or visitor has an account from now on, and stays who they were."""
    challenge, row = await _answered(tx, browser, said)
    if row["person"] is None:
        raise PasskeyRefused
    new = ceremony.made(site, said, challenge=challenge)
    if (await tx.run(select(passkeys.c.id).where(passkeys.c.credential == new.credential))).first():
        raise PasskeyRefused
    person = await person_by_id(tx.connection, row["person"])
    if person is None:
        person = await add_person(tx, name=row["name"] or "", id=PersonId(row["person"]))
    elif person.guest:
        person = await become_account(tx, person, name=row["name"] or person.name or "")
    kept = {"credential": new.credential, "public_key": new.public_key, "signed": new.signed}
    await tx.run(
        insert(passkeys).values(id=new_id(), person=person.id, name=called or "Passkey", made_at=tx.now, **kept)
    )
    await tx.audit("passkey.make", actor=person.id, subject=person.id)
    return person


async def begin_signing(tx: Tx, site: Site, browser: str) -> dict[str, Any]:
    """What a browser signs in by."""
    return ceremony.to_sign(site, challenge=await _challenge(tx, browser, person=None, name=None))


async def sign_in(tx: Tx, site: Site, browser: str, said: dict[str, Any]) -> Person:
    """Whose passkey has signed; what is wrong with one that is refused is not told."""
    challenge, row = await _answered(tx, browser, said)
    credential = said.get("id")
    if row["person"] is not None or not isinstance(credential, str) or not CREDENTIAL.fullmatch(credential):
        raise PasskeyRefused
    known = (await tx.run(select(passkeys).where(passkeys.c.credential == credential))).mappings().first()
    if known is None:
        raise PasskeyRefused
    count = ceremony.signed(site, said, challenge=challenge, public_key=known["public_key"], before=known["signed"])
    await tx.run(update(passkeys).where(passkeys.c.id == known["id"]).values(signed=count, used_at=tx.now))
    person = await person_by_id(tx.connection, known["person"])
    if person is None or person.guest:
        raise PasskeyRefused
    return person


async def rename(tx: Tx, person: PersonId, id: str, *, name: str) -> None:
    """Call one's passkey something else."""
    try:
        plain = cleaned(name)
    except NameLength:
        raise PasskeyName from None
    theirs = update(passkeys).where(passkeys.c.id == id, passkeys.c.person == person)
    if (await tx.run(theirs.values(name=plain))).rowcount == 0:
        raise WayUnknown


async def remove(tx: Tx, person: PersonId, id: str) -> None:
    """One's passkey opens nothing any more. Whether another way in is left, the caller has looked."""
    if (await tx.run(delete(passkeys).where(passkeys.c.id == id, passkeys.c.person == person))).rowcount == 0:
        raise WayUnknown
    await tx.audit("passkey.remove", actor=person, subject=person)


async def passkeys_of(connection: AsyncConnection, person: PersonId) -> list[Passkey]:
    """Somebody's own, the oldest first."""
    shown = select(passkeys.c.id, passkeys.c.name, passkeys.c.made_at, passkeys.c.used_at)
    rows = await connection.execute(shown.where(passkeys.c.person == person).order_by(passkeys.c.id))
    return [Passkey(*row) for row in rows]


async def how_many(connection: AsyncConnection, person: PersonId) -> int:
    wanted = select(func.count()).select_from(passkeys).where(passkeys.c.person == person)
    return int((await connection.execute(wanted)).scalar() or 0)


# ---- challenges ----


async def _challenge(tx: Tx, browser: str, *, person: PersonId | None, name: str | None) -> bytes:
    """A fresh one; what this browser was given before, and what is too old, is good no more."""
    await tx.run(delete(challenges).where((challenges.c.browser == browser) | (challenges.c.expires_at <= tx.now)))
    challenge = secrets.token_bytes(32)
    row = {"hash": _hash(challenge), "browser": browser, "person": person, "name": name}
    await tx.run(insert(challenges).values(**row, expires_at=tx.now + SIGNED_WITHIN * SECOND))
    return challenge


async def _answered(tx: Tx, browser: str, said: dict[str, Any]) -> tuple[bytes, Any]:
    """The challenge that is answered, if it was given to this browser; it is used up, unless the answer is refused."""
    challenge = ceremony.challenge_in(said)
    wanted = select(challenges).where(
        challenges.c.hash == _hash(challenge), challenges.c.browser == browser, challenges.c.expires_at > tx.now
    )
    row = (await tx.run(wanted)).mappings().first()
    if row is None:
        raise PasskeyRefused
    await tx.run(delete(challenges).where(challenges.c.hash == row["hash"]))
    return challenge, row


def _hash(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()
