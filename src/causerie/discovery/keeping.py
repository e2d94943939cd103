"""Reads what has no words yet: what is older than these, and what was written by somebody who keeps none."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Select, Table, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from causerie.accounts.models import handles, people, person_terms, profiles
from causerie.db import Database, Tx
from causerie.errors import Away
from causerie.questions.models import question_terms, questions
from causerie.rooms.models import room_tags, room_terms, rooms
from causerie.rooms.settings import read
from causerie.terms import kept

AT_ONCE, LOOKED_AT = 500, 5000
BETWEEN = 0.02
"""Seconds in which others write between two slices."""
AGAIN_AFTER = 5.0

Row = dict[str, Any]
log = structlog.get_logger()


@dataclass(frozen=True)
class Kind:
    """One kind of what is found: its words, the texts they are read from, and how."""

    terms: Table
    of: Table
    texts: Select[Any]
    read: Callable[[Row], Row]

    @property
    def key(self) -> str:
        return str(self.terms.info["key"][0])


_TAGS = select(func.aggregate_strings(room_tags.c.tag, " ")).where(room_tags.c.room == rooms.c.id).scalar_subquery()
KINDS = (
    Kind(
        room_terms,
        rooms,
        select(rooms.c.id, rooms.c.title, rooms.c.description, rooms.c.settings, _TAGS.label("tags")),
        lambda row: {
            "title": kept(row["title"]),
            "description": kept(row["description"]),
            "agenda": kept(*read(row["settings"]).agenda),
            "tags": kept(row["tags"] or ""),
        },
    ),
    Kind(
        person_terms,
        people,
        select(people.c.id, people.c.name, handles.c.handle, profiles.c.bio)
        .outerjoin(handles, (handles.c.person == people.c.id) & handles.c.left_at.is_(None))
        .outerjoin(profiles, profiles.c.person == people.c.id)
        .where(people.c.guest.is_(False), people.c.bot.is_(False)),
        lambda row: {name: kept(row[name] or "") for name in ("name", "handle", "bio")},
    ),
    Kind(
        question_terms,
        questions,
        select(questions.c.id, questions.c.text),
        lambda row: {"text": kept(row["text"])},
    ),
)


@dataclass
class Keeping:
    """One pass at the start, a slice at a time; a kill at any moment is as good, the next start goes on."""

    database: Database
    between: float = BETWEEN
    _pass: "asyncio.Task[None] | None" = field(default=None)

    def open(self) -> None:
        self._pass = asyncio.create_task(self._go(), name="search terms")

    async def close(self) -> None:
        if self._pass is not None:
            self._pass.cancel()
            await asyncio.gather(self._pass, return_exceptions=True)

    async def sweep(self, *, anew: bool = False) -> int:
        """Read all that has no words, or all there is; gives how many that were."""
        return sum([await self._each(kind, anew=anew) for kind in KINDS])

    async def _go(self) -> None:
        while True:
            try:
                many = await self.sweep()
            except (Away, TimeoutError):
                await asyncio.sleep(AGAIN_AFTER)
                continue
            except Exception as fault:  # whatever it is, fewer are found until the next start, and all else goes on
                log.error("search.unread", fault=repr(fault))
                return
            if many:
                log.info("search.read", texts=many)
            return

    async def _each(self, kind: Kind, *, anew: bool) -> int:
        after, many = "", 0
        while True:
            async with self.database.read() as connection:
                there = (await connection.execute(_next(kind, after))).all()
            if not there:
                return many
            wanted = [id for id, gap in there if gap or anew]
            for begin in range(0, len(wanted), AT_ONCE):
                await self.database.write(partial(keep, kind=kind, ids=wanted[begin : begin + AT_ONCE]))
                await asyncio.sleep(self.between)
            after, many = there[-1][0], many + len(wanted)


def _next(kind: Kind, after: str) -> Select[Any]:
    """The next ids in their order, each with whether it has no words, or not all; so many that no database is long."""
    ids = kind.texts.with_only_columns(kind.of.c.id).where(kind.of.c.id > after)
    here = ids.order_by(kind.of.c.id).limit(LOOKED_AT).subquery()
    texts = [one for one in kind.terms.columns if one.name not in ("number", kind.key)]
    gap = or_(kind.terms.c.number.is_(None), *(text.is_(None) for text in texts))
    wanted = select(here.c.id, gap).outerjoin_from(here, kind.terms, kind.terms.c[kind.key] == here.c.id)
    return wanted.order_by(here.c.id)


async def keep(tx: Tx, *, kind: Kind, ids: list[str]) -> None:
    """Keep the words of these, as their texts stand now."""
    rows = (await tx.run(kind.texts.where(kind.of.c.id.in_(ids)).order_by(kind.of.c.id))).mappings().all()
    if not rows:
        return
    upsert = sqlite.insert if tx.connection.dialect.name == "sqlite" else postgresql.insert
    put = upsert(kind.terms)
    found = [{kind.key: row["id"], **kind.read(dict(row))} for row in rows]
    anew = {name: put.excluded[name] for name in found[0] if name != kind.key}
    await tx.connection.execute(put.on_conflict_do_update(index_elements=[kind.key], set_=anew), found)
