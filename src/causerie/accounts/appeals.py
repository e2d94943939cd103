"""What somebody says to a decision about them, and what is answered: one at a time, three at most."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.decisions import COLUMNS, Decision, decision_of_id, reasoned
from causerie.accounts.errors import (
    AppealLength,
    AppealOpen,
    AppealUnknown,
    DecisionUndone,
    DecisionUnknown,
    TooManyAppeals,
)
from causerie.accounts.models import appeals, decisions, people
from causerie.db import Tx
from causerie.ids import PersonId, new_id
from causerie.texts import seen

SHORTEST, LONGEST, MOST = 2, 2000, 3
PAGE = 50


@dataclass(frozen=True)
class Appeal:
    """`granted`: whether the decision fell; nothing while it is read."""

    id: str
    decision: str
    text: str
    at: int
    granted: bool | None = None
    answer: str | None = None
    answered_at: int | None = None


@dataclass(frozen=True)
class Asked:
    """An appeal as those who answer it read it: who says it, and to which decision."""

    appeal: Appeal
    decision: Decision
    name: str | None


async def appeal(tx: Tx, person: PersonId, decision: str, *, text: str) -> Appeal:
    """Say why it should not hold."""
    said = seen(text).strip()
    if not SHORTEST <= len(said) <= LONGEST:
        raise AppealLength
    about = await decision_of_id(tx.connection, decision)
    if about.person != person:
        raise DecisionUnknown
    if about.undone_at is not None:
        raise DecisionUndone
    before = (await appeals_to(tx.connection, [decision])).get(decision, [])
    if any(one.answered_at is None for one in before):
        raise AppealOpen
    if len(before) >= MOST:
        raise TooManyAppeals
    made = Appeal(new_id(), decision, said, tx.now)
    await tx.put(appeals, id=made.id, decision=decision, person=person, text=said, at=tx.now)
    await tx.audit("appeal.make", actor=person, subject=decision)
    return made


async def answer(tx: Tx, id: str, *, by: PersonId, granted: bool, text: str) -> Decision:
    """Answer it; gives the decision, which the caller undoes in the same turn where it falls."""
    said = reasoned(text)
    values = {"granted": granted, "answer": said, "answered_at": tx.now, "answered_by": by}
    waits = appeals.c.id == id, appeals.c.answered_at.is_(None)
    if (await tx.run(update(appeals).where(*waits).values(values))).rowcount == 0:
        raise AppealUnknown
    found = await decision_answered(tx.connection, id)
    await tx.audit("appeal.grant" if granted else "appeal.refuse", actor=by, subject=found.person, reason=said)
    return found


async def decision_answered(connection: AsyncConnection, id: str) -> Decision:
    """What this appeal is about; or `AppealUnknown`."""
    decision: str | None = await connection.scalar(select(appeals.c.decision).where(appeals.c.id == id))
    if decision is None:
        raise AppealUnknown
    return await decision_of_id(connection, decision)


async def appeals_to(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, list[Appeal]]:
    """What was said to each of these decisions, the oldest first."""
    found: dict[str, list[Appeal]] = {}
    wanted = select(*_APPEAL).where(appeals.c.decision.in_(list(ids))).order_by(appeals.c.id)
    for row in await connection.execute(wanted):
        found.setdefault(row.decision, []).append(Appeal(*row))
    return found


async def asked(connection: AsyncConnection, *, before: str = "", waiting: bool = True) -> list[Asked]:
    """Those that wait, the oldest first; or those that were answered, the latest first. One more than a page."""
    wanted = (
        select(*_APPEAL, *COLUMNS, people.c.name)
        .join(decisions, decisions.c.id == appeals.c.decision)
        .outerjoin(people, people.c.id == appeals.c.person)
        .where(appeals.c.answered_at.is_(None) if waiting else appeals.c.answered_at.is_not(None))
        .order_by(appeals.c.id if waiting else appeals.c.id.desc())
        .limit(PAGE + 1)
    )
    if before:
        wanted = wanted.where(appeals.c.id > before if waiting else appeals.c.id < before)
    own, of = len(_APPEAL), len(_APPEAL) + len(COLUMNS)
    rows = await connection.execute(wanted)
    return [Asked(Appeal(*row[:own]), Decision(*row[own:of]), row[of]) for row in rows]


async def how_many_wait(connection: AsyncConnection) -> int:
    wanted = select(func.count()).select_from(appeals).where(appeals.c.answered_at.is_(None))
    return int((await connection.execute(wanted)).scalar() or 0)


_APPEAL = [appeals.c[name] for name in Appeal.__dataclass_fields__]
