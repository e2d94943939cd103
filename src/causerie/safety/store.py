"""How bans and reports are written, and how they are read: all of one room, or all that hit somebody."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, and_, insert, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import blocks
from causerie.db import Tx
from causerie.ids import PersonId, RoomId
from causerie.safety import events as happened
from causerie.safety.bans import Ban
from causerie.safety.comers import Comer
from causerie.safety.errors import AnswerLength, ReportSettled, ReportUnknown
from causerie.safety.models import banned, bans, reports
from causerie.safety.reports import LONGEST_ANSWER, Outcome, Report
from causerie.safety.state import Safety
from causerie.texts import one_line

HIDDEN = ("reporter", "done_by", "settled_by", "outcome", "answer")
"""What the desk of a room and of a group is not told of a report."""


async def store(tx: Tx, room: RoomId, events: list[happened.Event]) -> None:
    """Write what happened, and announce it."""
    for event in events:
        match event:
            case happened.Banned(ban):
                await _give(tx, room, ban)
            case happened.BanWidened(id, person):
                await tx.put(banned, ban=id, person=person)
            case happened.BanLifted(id, at, by):
                await tx.run(update(bans).where(bans.c.id == id).values(lifted_at=at, lifted_by=by))
            case happened.Reported(report):
                await tx.run(insert(reports).values(room=room, **_row(report)))
            case happened.ReportDone(id, at, by):
                await tx.run(update(reports).where(reports.c.id == id).values(done_at=at, done_by=by))
    tx.emit(*events)


async def read(connection: AsyncConnection, room: RoomId) -> Safety:
    """The bans of a room that nobody has lifted, and the reports nobody at its desk has dealt with."""
    rows = (await connection.execute(_given().where(bans.c.room == room).order_by(bans.c.id))).mappings().all()
    wanted = select(banned).where(banned.c.ban.in_([row["id"] for row in rows]))
    ids: dict[str, set[PersonId]] = {}
    for known in (await connection.execute(wanted)).mappings():
        ids.setdefault(known["ban"], set()).add(PersonId(known["person"]))
    fields = ("id", "person", "name", "network", "reason", "by", "at", "until")
    found = [Ban(**{name: row[name] for name in fields}, ids=frozenset(ids[row["id"]])) for row in rows]
    return Safety({ban.id: ban for ban in found}, await _waiting(connection, room))


async def _waiting(connection: AsyncConnection, room: RoomId) -> dict[str, Report]:
    names = list(Report.__dataclass_fields__)
    open_ones = select(*(reports.c[name] for name in names)).where(
        reports.c.room == room, reports.c.done_at.is_(None), reports.c.settled_at.is_(None)
    )
    rows = (await connection.execute(open_ones.order_by(reports.c.id))).mappings()
    return {row["id"]: Report(**{**row, "on_stage": tuple(json.loads(row["on_stage"]))}) for row in rows}


async def reports_within(
    connection: AsyncConnection, rooms: Select[tuple[str]], *, but: PersonId, after: str = "", most: int
) -> list[dict[str, Any]]:
    """The latest reports of these rooms, those nobody has settled first, after this one; never who made them.

    `but`: whoever reads them is shown nothing of themselves.
    """
    shown = [column for column in reports.columns if column.name not in HIDDEN]
    over = reports.c.settled_at.is_not(None)
    wanted = select(*shown).order_by(over, reports.c.id.desc()).limit(most).where(reports.c.room.in_(rooms))
    wanted = wanted.where(or_(reports.c.subject.is_(None), reports.c.subject != but))
    if after:
        settled = await connection.scalar(select(reports.c.settled_at).where(reports.c.id == after))
        same = reports.c.id < after
        wanted = wanted.where(or_(over, same) if settled is None else and_(over, same))
    rows = (await connection.execute(wanted)).mappings()
    return [{**row, "on_stage": json.loads(row["on_stage"])} for row in rows]


async def room_of_report(connection: AsyncConnection, id: str, within: Select[tuple[str]]) -> RoomId:
    """Which of these rooms a report is about; or `ReportUnknown`."""
    wanted = select(reports.c.room).where(reports.c.id == id, reports.c.room.in_(within))
    room: str | None = await connection.scalar(wanted)
    if room is None:
        raise ReportUnknown
    return RoomId(room)


async def settle(tx: Tx, id: str, *, by: PersonId, outcome: Outcome, answer: str) -> None:
    """Those who run this place have dealt with a report, once and for all; or `ReportUnknown`, `ReportSettled`."""
    said = one_line(answer)
    if len(said) > LONGEST_ANSWER:
        raise AnswerLength
    settled = {"settled_at": tx.now, "settled_by": by, "outcome": outcome, "answer": said}
    waits = reports.c.id == id, reports.c.settled_at.is_(None)
    if (await tx.run(update(reports).where(*waits).values(settled))).rowcount == 0:
        there = await tx.connection.scalar(select(reports.c.id).where(reports.c.id == id))
        raise ReportSettled if there else ReportUnknown
    await tx.audit("report.settle", actor=by, subject=id, reason=said or None)


def _row(report: Report) -> dict[str, Any]:
    return {**asdict(report), "on_stage": json.dumps(report.on_stage)}


async def shut_to_now(
    connection: AsyncConnection, comer: Comer, *, now: int, more: Sequence[Select[str]] = ()
) -> frozenset[str]:
    """Every room that somebody is banned from, and everybody who has blocked them; no id is of both.

    `more`: what else shuts rooms, asked in the same statement.
    """
    found = union(shut_to(comer, now=now), blocking(comer), *more)
    return frozenset((await connection.execute(found)).scalars())


def shut_to(comer: Comer, *, now: int) -> Select[str]:
    """Every room that somebody is banned from, as a part of another question."""
    theirs = bans.c.id.in_(select(banned.c.ban).where(banned.c.person.in_(comer.ids)))
    hit = or_(theirs, bans.c.network == comer.network) if comer.network is not None else theirs
    return select(bans.c.room).where(bans.c.lifted_at.is_(None), or_(bans.c.until.is_(None), bans.c.until > now), hit)


def blocking(comer: Comer) -> Select[str]:
    """Everybody who has blocked them: to them the rooms these lead are not there."""
    return select(blocks.c.person).where(blocks.c.blocked.in_(comer.ids))


def _given() -> Select[tuple[object, ...]]:
    return select(*bans.columns).where(bans.c.lifted_at.is_(None))


async def _give(tx: Tx, room: RoomId, ban: Ban) -> None:
    row = {name: getattr(ban, name) for name in ("id", "person", "name", "network", "reason", "by", "at", "until")}
    await tx.run(insert(bans).values(room=room, **row))
    await tx.run(insert(banned).values([{"ban": ban.id, "person": id} for id in sorted(ban.ids)]))
