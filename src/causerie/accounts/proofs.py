"""What somebody has proved: that they control a domain. Shown as what was proved and when, and looked at again."""

import re
import secrets
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import DomainForm, TooManyProofs, WayUnknown
from causerie.accounts.models import proofs
from causerie.clock import DAY
from causerie.db import Tx
from causerie.ids import PersonId, new_id

Way = Literal["record", "file"]

MOST = 5
LOOKED_AT_EACH, LOOKED_AT_AGAIN = 7 * DAY, DAY
LOST_AFTER = 3 * DAY
"""How long a domain may be out of order before what was proved by it falls away."""
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:xn--[a-z0-9-]{2,59}|[a-z]{2,63})")


@dataclass(frozen=True)
class Proof:
    """One domain of somebody's. `way`: by which it was shown; `token`: what has to stand there."""

    id: str
    domain: str
    token: str
    way: Way | None
    proved_at: int | None
    looked_at: int | None
    failing_since: int | None
    lost_at: int | None

    @property
    def holds(self) -> bool:
        return self.proved_at is not None and self.lost_at is None

    @property
    def record(self) -> str:
        """The name of the TXT record."""
        return f"_causerie.{self.domain}"

    @property
    def file(self) -> str:
        return f"https://{self.domain}/.well-known/causerie"


def plain_domain(said: str) -> str:
    """A domain as it is looked up; or `DomainForm`."""
    try:
        plain = said.strip().removeprefix("https://").rstrip("/").encode("idna").decode().lower()
    except UnicodeError:
        raise DomainForm from None
    if len(plain) > 253 or not DOMAIN.fullmatch(plain):
        raise DomainForm
    return plain


async def ask_proof(tx: Tx, person: PersonId, said: str) -> Proof:
    """Name a domain; what has to stand there is this person's alone. Asked again it is the same."""
    domain = plain_domain(said)
    theirs = await proofs_of(tx.connection, person)
    theirs = [proof for proof in theirs if proof.lost_at is None]
    if (found := next((proof for proof in theirs if proof.domain == domain), None)) is not None:
        return found
    if len(theirs) >= MOST:
        raise TooManyProofs
    await tx.run(delete(proofs).where(proofs.c.person == person, proofs.c.domain == domain))
    proof = Proof(new_id(), domain, secrets.token_hex(12), None, None, None, None, None)
    kept = {"id": proof.id, "domain": domain, "token": proof.token}
    await tx.run(insert(proofs).values(**kept, person=person, asked_at=tx.now))
    return proof


async def take_off(tx: Tx, person: PersonId, id: str) -> None:
    """It is shown no more."""
    if (await tx.run(delete(proofs).where(proofs.c.id == id, proofs.c.person == person))).rowcount == 0:
        raise WayUnknown
    await tx.audit("proof.take_off", actor=person, subject=person)


async def was_shown(tx: Tx, proof: Proof, way: Way) -> None:
    """It was there when it was looked at."""
    first = {} if proof.holds else {"proved_at": tx.now}
    of_it = update(proofs).where(proofs.c.id == proof.id)
    await tx.run(of_it.values(way=way, looked_at=tx.now, failing_since=None, lost_at=None, **first))


async def was_missing(tx: Tx, proof: Proof) -> bool:
    """It was not there; after three days of that it falls away. Whether it just has."""
    since = proof.failing_since or tx.now
    lost = tx.now - since >= LOST_AFTER
    of_it = update(proofs).where(proofs.c.id == proof.id, proofs.c.lost_at.is_(None))
    await tx.run(of_it.values(looked_at=tx.now, failing_since=since, lost_at=tx.now if lost else None))
    return lost


async def to_look_at(connection: AsyncConnection, *, now: int, most: int) -> list[tuple[PersonId, Proof]]:
    """What holds and has not been looked at for a week; what was missing, for a day."""
    due = or_(
        proofs.c.looked_at <= now - LOOKED_AT_EACH,
        proofs.c.failing_since.isnot(None) & (proofs.c.looked_at <= now - LOOKED_AT_AGAIN),
    )
    wanted = select(proofs.c.person, *_PROOF).where(proofs.c.proved_at.isnot(None), proofs.c.lost_at.is_(None), due)
    rows = await connection.execute(wanted.order_by(proofs.c.looked_at).limit(most))
    return [(PersonId(person), Proof(*of)) for person, *of in rows]


async def proofs_of(connection: AsyncConnection, person: PersonId) -> list[Proof]:
    """All of somebody's, those that wait and those that are lost, too."""
    rows = await connection.execute(select(*_PROOF).where(proofs.c.person == person).order_by(proofs.c.id))
    return [Proof(*row) for row in rows]


_PROOF = [proofs.c[name] for name in Proof.__dataclass_fields__]
