"""How often copies are heard and taken: gathered in memory, written each minute; by whom is known to nobody."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.clock import DAY
from causerie.copies.models import copies, copy_counts
from causerie.db import Tx

What = Literal["play", "download"]
Key = tuple[str, What, str, int]


@dataclass
class Counts:
    """What was counted and is not written yet."""

    _fresh: Counter[Key] = field(default_factory=Counter)

    def note(self, copy: str, what: What, kind: str, *, now: int) -> None:
        self._fresh[copy, what, kind, now // DAY] += 1

    def taken(self) -> Counter[Key]:
        """Everything since the last time; whoever cannot write it gives it back."""
        fresh, self._fresh = self._fresh, Counter()
        return fresh

    def given_back(self, fresh: Counter[Key]) -> None:
        self._fresh.update(fresh)


async def add(tx: Tx, fresh: Counter[Key]) -> None:
    """Write what was counted; a copy that is gone counts nothing."""
    for (copy, what, kind, day), count in fresh.items():
        there = select(copies.c.id).where(copies.c.id == copy, copies.c.deleted_at.is_(None))
        if (await tx.run(there)).scalar() is None:
            continue
        row = {"copy": copy, "what": what, "kind": kind, "day": day}
        of = [copy_counts.c[name] == value for name, value in row.items()]
        had = (await tx.run(update(copy_counts).where(*of).values(count=copy_counts.c.count + count))).rowcount
        if not had:
            await tx.put(copy_counts, **row, count=count)


async def counted(connection: AsyncConnection, copy: str) -> dict[str, int]:
    """How often it was played and taken altogether."""
    wanted = select(copy_counts.c.what, func.sum(copy_counts.c.count)).where(copy_counts.c.copy == copy)
    return {what: int(count) for what, count in await connection.execute(wanted.group_by(copy_counts.c.what))}
