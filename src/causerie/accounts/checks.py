"""What those who run this place have checked of somebody: shown on their page, with what it was and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts import check_requests
from causerie.accounts.errors import CheckNote, CheckUnknown, PersonUnknown, TooManyChecks
from causerie.accounts.models import checks
from causerie.accounts.proofs import proofs_of
from causerie.accounts.queries import person_by_id
from causerie.db import Tx
from causerie.ids import PersonId, new_id
from causerie.texts import one_line

SHORTEST_NOTE, LONGEST_NOTE = 2, 200
MOST = 5


@dataclass(frozen=True)
class Check:
    """`note`: what was checked, in words that everybody reads."""

    id: str
    note: str
    checked_at: int


async def check(tx: Tx, person: str, note: str, *, by: PersonId) -> Check:
    """Say what was checked of somebody with an account."""
    said = one_line(note)
    if not SHORTEST_NOTE <= len(said) <= LONGEST_NOTE:
        raise CheckNote
    found = await person_by_id(tx.connection, person)
    if found is None or found.guest or found.bot:
        raise PersonUnknown
    if len(await checks_of(tx.connection, person)) >= MOST:
        raise TooManyChecks
    made = Check(new_id(), said, tx.now)
    await tx.run(insert(checks).values(id=made.id, person=person, note=said, by=by, checked_at=tx.now))
    await check_requests.answered(tx, person)
    await tx.audit("person.check", actor=by, subject=person)
    return made


async def take_back(tx: Tx, person: str, id: str, *, by: PersonId) -> None:
    """It does not hold any more, and is shown no more."""
    if (await tx.run(delete(checks).where(checks.c.id == id, checks.c.person == person))).rowcount == 0:
        raise CheckUnknown
    await tx.audit("person.uncheck", actor=by, subject=person)


async def checks_of(connection: AsyncConnection, person: str) -> list[Check]:
    """What was checked of somebody, the oldest first."""
    wanted = select(*_CHECK).where(checks.c.person == person).order_by(checks.c.id)
    return [Check(*row) for row in await connection.execute(wanted)]


async def checks_of_all(connection: AsyncConnection, people: Iterable[str]) -> dict[str, list[Check]]:
    """What was checked of each of these people."""
    found: dict[str, list[Check]] = {}
    wanted = select(checks.c.person, *_CHECK).where(checks.c.person.in_(list(people))).order_by(checks.c.id)
    for person, *of in await connection.execute(wanted):
        found.setdefault(person, []).append(Check(*of))
    return found


async def verified(connection: AsyncConnection, person: PersonId) -> bool:
    """Whether something they have proved holds, or something was checked of them."""
    held = any(proof.holds for proof in await proofs_of(connection, person))
    return held or bool(await checks_of(connection, person))


_CHECK = [checks.c[name] for name in Check.__dataclass_fields__]
