"""Who asks to be checked by those who run this place: one request at a time, with how one can tell that it is them."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.decisions import reasoned
from causerie.accounts.errors import (
    CheckRequestLength,
    CheckRequestRests,
    CheckRequestUnknown,
    CheckRequestWaits,
)
from causerie.accounts.models import check_requests, handles, people
from causerie.accounts.people import Person
from causerie.accounts.queries import PERSON
from causerie.clock import DAY
from causerie.db import Tx
from causerie.ids import PersonId, new_id
from causerie.texts import seen

SHORTEST, LONGEST = 10, 1000
RESTS = 7 * DAY
"""How long after a no somebody does not ask again."""
PAGE = 50


@dataclass(frozen=True)
class CheckRequest:
    """What somebody says of who they are, and when (UTC ms); and why they were not checked, where they were told so."""

    id: str
    person: PersonId
    text: str
    at: int
    declined_at: int | None = None
    reason: str = ""

    @property
    def waits(self) -> bool:
        return self.declined_at is None


@dataclass(frozen=True)
class Asking:
    """A request as those who answer it read it, with who asks and the handle they go by, if any."""

    request: CheckRequest
    person: Person
    handle: str | None


async def ask(tx: Tx, person: PersonId, text: str) -> CheckRequest:
    """Ask to be checked: while nobody has answered it waits, after a no it rests for a week."""
    said = seen(text).strip()
    if not SHORTEST <= len(said) <= LONGEST:
        raise CheckRequestLength
    before = await request_of(tx.connection, person)
    if before is not None and before.waits:
        raise CheckRequestWaits
    if before is not None and before.declined_at is not None and tx.now < before.declined_at + RESTS:
        raise CheckRequestRests
    await answered(tx, person)
    made = CheckRequest(new_id(), person, said, tx.now)
    await tx.put(check_requests, id=made.id, person=person, text=said, at=tx.now, reason="")
    return made


async def take_back(tx: Tx, person: PersonId) -> None:
    """Ask no more. A no that was given stays, or one would ask again at once."""
    own = check_requests.c.person == person, check_requests.c.declined_at.is_(None)
    if (await tx.run(delete(check_requests).where(*own))).rowcount == 0:
        raise CheckRequestUnknown


async def decline(tx: Tx, id: str, *, reason: str, by: PersonId) -> None:
    """They are not checked, and read why."""
    said = reasoned(reason)
    told = {"declined_at": tx.now, "reason": said}
    waits = check_requests.c.id == id, check_requests.c.declined_at.is_(None)
    if (await tx.run(update(check_requests).where(*waits).values(told))).rowcount == 0:
        raise CheckRequestUnknown
    person = await tx.connection.scalar(select(check_requests.c.person).where(check_requests.c.id == id))
    await tx.audit("person.not_checked", actor=by, subject=person, reason=said)


async def answered(tx: Tx, person: str) -> None:
    """What they asked is answered: something was checked of them, or they ask anew."""
    await tx.run(delete(check_requests).where(check_requests.c.person == person))


async def request_of(connection: AsyncConnection, person: PersonId) -> CheckRequest | None:
    """What somebody asked last, waiting or declined."""
    wanted = select(*_REQUEST).where(check_requests.c.person == person)
    row = (await connection.execute(wanted)).first()
    return CheckRequest(*row) if row else None


async def waiting(connection: AsyncConnection, *, after: str = "") -> list[Asking]:
    """Those that nobody has answered, the oldest first; one more than a page."""
    goes_by = (handles.c.person == people.c.id) & handles.c.left_at.is_(None)
    wanted = (
        select(*_REQUEST, *PERSON, handles.c.handle)
        .join(people, people.c.id == check_requests.c.person)
        .outerjoin(handles, goes_by)
        .where(check_requests.c.declined_at.is_(None), check_requests.c.id > after)
        .order_by(check_requests.c.id)
        .limit(PAGE + 1)
    )
    own, of = len(_REQUEST), len(_REQUEST) + len(PERSON)
    rows = await connection.execute(wanted)
    return [Asking(CheckRequest(*row[:own]), Person(*row[own:of]), row[of]) for row in rows]


_REQUEST = [check_requests.c[name] for name in CheckRequest.__dataclass_fields__]
