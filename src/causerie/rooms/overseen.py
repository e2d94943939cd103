"""Every room, reports of rooms and bans from them, as those who run this place look for them."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.looked_up import begins, called
from causerie.accounts.models import people
from causerie.groups.models import groups
from causerie.rooms.models import rooms
from causerie.rooms.state import phase_at
from causerie.safety.models import bans, reports
from causerie.texts import one_line

Stage = Literal["", "live", "coming", "over"]
LIVE = and_(rooms.c.started_at.is_not(None), rooms.c.ended_at.is_(None))
_NEVER = and_(*(rooms.c[at].is_(None) for at in ("started_at", "ended_at", "cancelled_at", "missed_at")))
_STAGES: dict[str, ColumnElement[bool]] = {"live": LIVE, "coming": _NEVER, "over": ~or_(LIVE, _NEVER)}
_BY = people.alias("banned_by")


@dataclass(frozen=True)
class Overseen:
    """A room as its operators see it; `reports`: how many wait to be settled."""

    id: str
    name: str
    title: str
    visibility: str
    host: str
    host_name: str
    group: str | None
    draft: bool
    starts_at: int | None
    backstage_at: int | None
    started_at: int | None
    ended_at: int | None
    cancelled_at: int | None
    missed_at: int | None
    reports: int

    @property
    def phase(self) -> str:
        """What it is called on its page."""
        moments = (self.ended_at, self.cancelled_at, self.started_at, self.missed_at, self.backstage_at)
        return phase_at(*moments, draft=self.draft)


async def overseen(
    connection: AsyncConnection, *, said: str = "", stage: Stage = "", before: str = "", most: int
) -> list[Overseen]:
    """Those that are live first, then the newest; `said`: how the title begins, or who its host is.

    `before`: those after this room, be it a live one or not.
    """
    wanted = _shown()
    if said:
        plain = one_line(said)
        title = begins(connection, rooms.c.title, plain)
        wanted = wanted.where(or_(title, rooms.c.host.in_(called(connection, plain)), rooms.c.name == plain))
    if stage:
        wanted = wanted.where(_STAGES[stage])
    rest = wanted.order_by(rooms.c.id.desc()).limit(most)
    if stage:
        return await _read(connection, rest.where(rooms.c.id < before) if before else rest)
    further = [rooms.c.id < before] if before else []
    if before and await connection.scalar(select(rooms.c.id).where(rooms.c.id == before, LIVE)) is None:
        return await _read(connection, rest.where(~LIVE, *further))
    live = await _read(connection, rest.where(LIVE, *further))
    return (live + await _read(connection, rest.where(~LIVE)))[:most]


async def reported(connection: AsyncConnection, *, room: str = "", most: int) -> list[dict[str, Any]]:
    """Reports, never with who made them: what nobody has settled first, and of that what is about live rooms."""
    hidden = ("reporter", "done_by", "settled_by", "room")
    shown = [column for column in reports.columns if column.name not in hidden]
    order = (reports.c.settled_at.is_not(None), ~LIVE, reports.c.id.desc())
    wanted = (
        select(*shown, rooms.c.name.label("room"), rooms.c.title, LIVE.label("live"))
        .join(rooms, rooms.c.id == reports.c.room)
        .order_by(*order)
        .limit(most)
    )
    wanted = wanted.where(rooms.c.name == room) if room else wanted
    rows = (await connection.execute(wanted)).mappings()
    return [{**row, "on_stage": json.loads(row["on_stage"]), "live": bool(row["live"])} for row in rows]


async def every_ban(
    connection: AsyncConnection, *, now: int, said: str = "", before: str = "", most: int
) -> list[dict[str, Any]]:
    """Bans from rooms that last, the newest first. Which network one hits is told to nobody, only that it does."""
    lasting = or_(bans.c.until.is_(None), bans.c.until > now)
    wanted = (
        select(
            *(bans.c[name] for name in ("id", "person", "name", "reason", "at", "until")),
            bans.c.network.is_not(None).label("network"),
            rooms.c.name.label("room"),
            rooms.c.title,
            _BY.c.name.label("by"),
        )
        .join(rooms, rooms.c.id == bans.c.room)
        .outerjoin(_BY, _BY.c.id == bans.c.by)
        .where(bans.c.lifted_at.is_(None), lasting)
        .order_by(bans.c.id.desc())
        .limit(most)
    )
    if said:
        plain = one_line(said)
        wanted = wanted.where(or_(bans.c.name == plain, bans.c.person.in_(called(connection, plain))))
    if before:
        wanted = wanted.where(bans.c.id < before)
    return [{**row, "network": bool(row["network"])} for row in (await connection.execute(wanted)).mappings()]


async def room_of_ban(connection: AsyncConnection, id: str) -> str | None:
    found: str | None = await connection.scalar(select(bans.c.room).where(bans.c.id == id, bans.c.lifted_at.is_(None)))
    return found


def _shown() -> Any:
    waiting = select(func.count()).where(reports.c.room == rooms.c.id, reports.c.settled_at.is_(None))
    plain = [rooms.c[name] for name in Overseen.__dataclass_fields__ if name in rooms.c]
    more = [people.c.name.label("host_name"), groups.c.name.label("group"), waiting.scalar_subquery().label("reports")]
    there = and_(groups.c.id == rooms.c.group_id, groups.c.gone_at.is_(None))
    return select(*plain, *more).join(people, people.c.id == rooms.c.host).outerjoin(groups, there)


async def _read(connection: AsyncConnection, wanted: Any) -> list[Overseen]:
    return [Overseen(**row) for row in (await connection.execute(wanted)).mappings()]
