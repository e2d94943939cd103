"""What those who run this place decide about somebody: always with a reason, which that person reads.

It stays written down when it is undone, and when its person is gone.
"""

from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import DecisionUndone, DecisionUnknown, ReasonNeeded
from causerie.accounts.models import decisions
from causerie.db import Tx
from causerie.ids import PersonId, new_id
from causerie.texts import one_line

Kind = Literal["account.suspend", "room.end", "room.hide", "copy.hide", "group.suspend", "group.delete"]
UNDONE: frozenset[Kind] = frozenset({"account.suspend", "room.hide", "group.suspend", "group.delete"})
"""What can be as it was before."""
SHORTEST_REASON, LONGEST_REASON = 2, 500
SHOWN = 100


@dataclass(frozen=True)
class Decision:
    """`person`: whom it concerns. `about`: their room, copy or group, called `title` then, at `path`."""

    id: str
    kind: Kind
    person: PersonId
    about: str | None
    title: str
    path: str
    reason: str
    by: PersonId
    at: int
    until: int | None = None
    undone_at: int | None = None
    undone_reason: str | None = None

    def holds(self, now: int) -> bool:
        return self.undone_at is None and (self.until is None or self.until > now)


@dataclass(frozen=True)
class About:
    """What of theirs it is about, where it is not they themselves: what it is called and where it stands now."""

    id: str | None
    title: str
    path: str = ""


def reasoned(said: str) -> str:
    """A reason as it is kept; or `ReasonNeeded`."""
    reason = one_line(said)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise ReasonNeeded
    return reason


async def decide(
    tx: Tx,
    kind: Kind,
    person: PersonId,
    *,
    by: PersonId,
    reason: str,
    about: About,
    until: int | None = None,
) -> Decision:
    """Write down what was decided about somebody; what it brings about, the caller does in the same turn."""
    what = about.id, about.title, about.path
    made = Decision(new_id(), kind, person, *what, reasoned(reason), by, tx.now, until)
    await tx.put(decisions, **asdict(made))
    return made


async def undo(tx: Tx, decision: Decision, *, by: PersonId, reason: str) -> None:
    """It holds no more, and stays written down."""
    if decision.undone_at is not None:
        raise DecisionUndone
    said = {"undone_at": tx.now, "undone_by": by, "undone_reason": reasoned(reason)}
    await tx.run(update(decisions).where(decisions.c.id == decision.id).values(said))


async def decision_of_id(connection: AsyncConnection, id: str) -> Decision:
    """One of them; or `DecisionUnknown`."""
    row = (await connection.execute(select(*COLUMNS).where(decisions.c.id == id))).first()
    if row is None:
        raise DecisionUnknown
    return Decision(*row)


async def decisions_about(connection: AsyncConnection, person: PersonId) -> list[Decision]:
    """What was decided about somebody, the latest first."""
    wanted = select(*COLUMNS).where(decisions.c.person == person).order_by(decisions.c.id.desc()).limit(SHOWN)
    return [Decision(*row) for row in await connection.execute(wanted)]


async def standing(connection: AsyncConnection, about: str, kind: Kind) -> Decision | None:
    """What was decided of this room or group and was not undone."""
    wanted = select(*COLUMNS).where(
        decisions.c.about == about, decisions.c.kind == kind, decisions.c.undone_at.is_(None)
    )
    row = (await connection.execute(wanted.order_by(decisions.c.id.desc()).limit(1))).first()
    return Decision(*row) if row else None


COLUMNS = [decisions.c[name] for name in Decision.__dataclass_fields__]
