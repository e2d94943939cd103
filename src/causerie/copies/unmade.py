"""Copies and clips that are being made, and those that could not be: for those who run this place."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.copies import store
from causerie.copies.errors import CopyNotMade, CopyUnknown
from causerie.copies.models import clips, copies, editions
from causerie.copies.queries import copy_by_id
from causerie.db import Tx
from causerie.rooms.models import rooms

UNMADE = ("processing", "failed")


@dataclass(frozen=True)
class Unmade:
    """How many are being made or wait for it, and how many could not be made."""

    making: int
    failed: int


@dataclass(frozen=True)
class Job:
    """One copy or clip that is not made. `copy` stands in its address; `again`: trying once more may help."""

    id: str
    kind: Literal["copy", "clip"]
    title: str
    copy: str
    room: str
    state: Literal["processing", "failed"]
    since: int | None
    failed_code: str | None
    failed_text: str | None

    @property
    def again(self) -> bool:
        return (self.kind, self.state, self.failed_code) == ("copy", "failed", CopyNotMade.code)


async def how_many_unmade(connection: AsyncConnection) -> Unmade:
    """Copies and clips together."""
    each = union_all(
        select(copies.c.state).where(copies.c.state.in_(UNMADE), copies.c.deleted_at.is_(None)),
        select(clips.c.state).where(clips.c.state.in_(UNMADE)),
    ).subquery()
    rows = await connection.execute(select(each.c.state, func.count()).group_by(each.c.state))
    counted: dict[str, int] = dict(iter(rows))
    return Unmade(counted.get("processing", 0), counted.get("failed", 0))


async def every_unmade(connection: AsyncConnection, *, most: int) -> list[Job]:
    """What could not be made first, then what is being made; the latest first."""
    found = [*await _jobs(connection, _copies(), most), *await _jobs(connection, _clips(), most)]
    return sorted(found, key=lambda job: (job.state == "processing", -(job.since or 0)))[:most]


async def try_again(tx: Tx, id: str, *, by: str) -> None:
    """Have a copy made that could not be; one that is being made, or is there, is left alone."""
    copy = await copy_by_id(tx.connection, id)
    if copy is None or copy.deleted_at is not None or (copy.state, copy.failed_code) != ("failed", CopyNotMade.code):
        raise CopyUnknown
    await store.change(tx, id, state="processing", failed_code=None, failed_text=None)
    await tx.audit("copy.again", actor=by, room=copy.room, subject=id)


async def _jobs(connection: AsyncConnection, wanted: Select[Any], most: int) -> list[Job]:
    return [Job(**row) for row in (await connection.execute(wanted.limit(most))).mappings()]


def _copies() -> Select[Any]:
    said = [copies.c.id, literal("copy").label("kind"), rooms.c.title, copies.c.name.label("copy")]
    more = [rooms.c.name.label("room"), copies.c.state, editions.c.wanted_at.label("since")]
    return (
        select(*said, *more, copies.c.failed_code, copies.c.failed_text)
        .join(rooms, rooms.c.id == copies.c.room)
        .outerjoin(editions, (editions.c.copy == copies.c.id) & (editions.c.number == copies.c.wanted))
        .where(copies.c.state.in_(UNMADE), copies.c.deleted_at.is_(None))
        .order_by(copies.c.state, copies.c.id.desc())
    )


def _clips() -> Select[Any]:
    said = [clips.c.id, literal("clip").label("kind"), clips.c.title, copies.c.name.label("copy")]
    more = [rooms.c.name.label("room"), clips.c.state, clips.c.created_at.label("since")]
    return (
        select(*said, *more, clips.c.failed_code, literal(None).label("failed_text"))
        .join(copies, copies.c.id == clips.c.copy)
        .join(rooms, rooms.c.id == copies.c.room)
        .where(clips.c.state.in_(UNMADE), copies.c.deleted_at.is_(None))
        .order_by(clips.c.state, clips.c.id.desc())
    )
