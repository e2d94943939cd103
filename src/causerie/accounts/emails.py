"""Addresses that people have shown to be theirs, and the links that are sent there: once, for a quarter of an hour."""

import re
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import AddressRefused, AddressTaken, LinkUnknown, WayUnknown
from causerie.accounts.models import emails, links
from causerie.accounts.people import Person, hashed
from causerie.clock import MINUTE
from causerie.db import Tx
from causerie.ids import PersonId, new_id, secret

LINK_LASTS = 15 * MINUTE
LONGEST = 254
# What mail servers of today take, and nothing that means more in a header than itself (RFC 5321, 4.1.2; RFC 5322, 3.4).
LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Email:
    """One of somebody's addresses, as they see it."""

    id: str
    address: str
    confirmed_at: int


def plain_address(said: str) -> str:
    """An address as it is kept: small letters, its domain as mail servers name it; or `AddressRefused`."""
    local, _, domain = said.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        raise AddressRefused from None
    plain = f"{local.lower()}@{domain}"
    if len(plain) > LONGEST or len(local) > 64 or not LOCAL.fullmatch(local) or not DOMAIN.fullmatch(domain):
        raise AddressRefused
    return plain


async def email_link(tx: Tx, address: str) -> str:
    """A link by which whoever reads this address comes in; somebody new has an account by it. Others stay good."""
    return await _link(tx, "email", None, address)


async def confirming_link(tx: Tx, address: str, person: PersonId) -> str:
    """A link that shows that an address is this person's, when they press it where they are signed in."""
    return await _link(tx, "confirm", person, address)


async def person_at(connection: AsyncConnection, address: str) -> PersonId | None:
    """Whose address it is."""
    found = (await connection.execute(select(emails.c.person).where(emails.c.address == address))).scalar()
    return PersonId(found) if found else None


async def confirm(tx: Tx, address: str, person: PersonId) -> None:
    """An address is somebody's from now on, and nobody else's."""
    whose = await person_at(tx.connection, address)
    if whose not in (None, person):
        raise AddressTaken
    if whose is None:
        await tx.run(insert(emails).values(id=new_id(), address=address, person=person, confirmed_at=tx.now))
        await tx.audit("email.confirm", actor=person, subject=person)


async def confirm_by(tx: Tx, token: str, person: Person | None) -> None:
    """Use up a confirming link, by the person it was made for and by nobody else who reads that mail."""
    wanted = select(links).where(links.c.hash == hashed(token), links.c.kind == "confirm")
    row = (await tx.run(wanted)).mappings().first()
    if row is None or row["used_at"] is not None or row["expires_at"] <= tx.now:
        raise LinkUnknown
    if person is None or person.id != row["person"]:
        raise LinkUnknown
    await tx.run(links.update().where(links.c.hash == row["hash"]).values(used_at=tx.now))
    await confirm(tx, row["address"], person.id)


async def remove(tx: Tx, person: PersonId, id: str) -> None:
    """One's address opens nothing any more, and neither does what is on its way there."""
    wanted = select(emails.c.address).where(emails.c.id == id, emails.c.person == person)
    address = (await tx.run(wanted)).scalar()
    if address is None:
        raise WayUnknown
    await tx.run(delete(emails).where(emails.c.id == id))
    await tx.run(delete(links).where(links.c.address == address, links.c.used_at.is_(None)))
    await tx.audit("email.remove", actor=person, subject=person)


async def emails_of(connection: AsyncConnection, person: PersonId) -> list[Email]:
    """Somebody's own, the oldest first."""
    shown = select(emails.c.id, emails.c.address, emails.c.confirmed_at).where(emails.c.person == person)
    return [Email(*row) for row in await connection.execute(shown.order_by(emails.c.id))]


async def how_many(connection: AsyncConnection, person: PersonId) -> int:
    wanted = select(func.count()).select_from(emails).where(emails.c.person == person)
    return int((await connection.execute(wanted)).scalar() or 0)


async def _link(tx: Tx, kind: str, person: PersonId | None, address: str) -> str:
    """Its token is given once; those that are too old are swept away."""
    await tx.run(delete(links).where(links.c.address.isnot(None), links.c.expires_at <= tx.now))
    token = secret()
    row = {"hash": hashed(token), "kind": kind, "person": person, "address": address}
    await tx.run(insert(links).values(**row, expires_at=tx.now + LINK_LASTS))
    return token
