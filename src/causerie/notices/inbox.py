"""Somebody's inbox: what they were told, newest first, and what of it they have read."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.notices.kinds import Kind, Said
from causerie.notices.models import notices

PAGE = 30


@dataclass(frozen=True)
class Notice:
    """One line of it."""

    id: int
    kind: Kind
    said: Said
    at: int
    read: bool


async def inbox(connection: AsyncConnection, person: str, *, before: int | None = None) -> list[Notice]:
    """A page of it, or the page before this one."""
    wanted = select(notices).where(notices.c.person == person)
    if before is not None:
        wanted = wanted.where(notices.c.id < before)
    rows = (await connection.execute(wanted.order_by(notices.c.id.desc()).limit(PAGE))).mappings()
    return [
        Notice(row["id"], row["kind"], Said(**json.loads(row["said"])), row["at"], row["read_at"] is not None)
        for row in rows
    ]


async def unread(connection: AsyncConnection, person: str) -> int:
    wanted = select(func.count()).select_from(notices).where(notices.c.person == person, notices.c.read_at.is_(None))
    return (await connection.execute(wanted)).scalar() or 0


async def read_these(tx: Tx, person: str, ids: Collection[int]) -> None:
    """These were read; another's stay as they are."""
    found = (notices.c.person == person, notices.c.id.in_(ids), notices.c.read_at.is_(None))
    await tx.run(update(notices).where(*found).values(read_at=tx.now))


async def read_all(tx: Tx, person: str, *, up_to: int) -> None:
    """Everything was read up to this one; what came since was not seen."""
    found = (notices.c.person == person, notices.c.id <= up_to, notices.c.read_at.is_(None))
    await tx.run(update(notices).where(*found).values(read_at=tx.now))
