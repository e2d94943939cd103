"""The audit log: who used which power, in which room, and on whom. Those who run the place read all of it, and those
who look after a group what concerns it and its rooms.

What they are not told at the desk they are not told here either: who knocked, and whose question or hand it was.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.clock import SECOND
from causerie.db.tables import audit
from causerie.groups.models import groups
from causerie.i18n import t
from causerie.rooms.audit_words import GONE, ITSELF, SOMEBODY, said
from causerie.rooms.models import rooms
from causerie.texts import for_a_sheet

UNTOLD = ("knock.", "floor.")
COLUMNS = ("at", "said", "verb", "by", "by_id", "room", "title", "group", "subject", "subject_id", "reason")
_BY, _OF = people.alias("audit_by"), people.alias("audit_of")


@dataclass(frozen=True)
class Line:
    """One use of power. `name`, `of`: what these people are called now, where known; `reason`: where one is said.

    `group`: what the group is called in which it was done.
    """

    id: str
    at: int
    verb: str
    actor: str
    name: str | None
    room: str | None
    title: str | None
    group: str | None
    subject: str | None
    of: str | None
    reason: str | None

    @property
    def itself(self) -> str | None:
        """What did it, where that is no person; in English."""
        return ITSELF.get(self.actor)


async def lines(
    connection: AsyncConnection,
    *,
    verb: str = "",
    by: str = "",
    before: str = "",
    group: str = "",
    most: int = 50,
) -> list[Line]:
    """The latest first: those of this verb, or that begin with it, by who is called so now, before this line.

    `group`: those of this group and of the rooms that are held in it.
    """
    wanted = (
        select(
            *(audit.c[name] for name in ("id", "at", "verb", "actor", "subject", "reason")),
            rooms.c.name.label("room"),
            rooms.c.title,
            groups.c.name.label("group"),
            _BY.c.name,
            _OF.c.name.label("of"),
        )
        .outerjoin(rooms, rooms.c.id == audit.c.room)
        .outerjoin(groups, groups.c.id == audit.c.group_id)
        .outerjoin(_BY, _BY.c.id == audit.c.actor)
        .outerjoin(_OF, _OF.c.id == audit.c.subject)
        .order_by(audit.c.id.desc())
        .limit(most)
    )
    if verb:
        wanted = wanted.where(audit.c.verb.startswith(verb, autoescape=True))
    if by:
        wanted = wanted.where(or_(_BY.c.name == by, audit.c.actor == by))
    if group:
        held = select(rooms.c.id).where(rooms.c.group_id == group)
        wanted = wanted.where(or_(audit.c.group_id == group, audit.c.room.in_(held)))
    if before:
        wanted = wanted.where(audit.c.id < before)
    return [_told(Line(**row)) for row in (await connection.execute(wanted)).mappings()]


def told(line: Line, language: str) -> str:
    """It as a sentence, with the names that people, rooms and groups have now."""
    by, of = line.name or t(language, line.itself or GONE), line.of or t(language, SOMEBODY)
    room, group = (f"“{name}”" if name else "" for name in (line.title, line.group))
    return t(language, said(line.verb), by=by, of=of, room=room, group=group, verb=line.verb)


CSV_HEAD = "\ufeff" + ",".join(COLUMNS) + "\r\n"
"""How the table begins; Excel knows UTF-8 by its mark."""


def as_csv(some: Sequence[Line], language: str) -> str:
    """A piece of the table, with sentences in this language."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    for one in some:
        at = datetime.fromtimestamp(one.at // SECOND, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        who = [told(one, language), one.verb, one.name, one.actor]
        cells = [*who, one.room, one.title, one.group, one.of, one.subject, one.reason]
        table.writerow([at, *(for_a_sheet(cell or "") for cell in cells)])
    return out.getvalue()


def _told(line: Line) -> Line:
    if not line.verb.startswith(UNTOLD):
        return line
    return replace(line, subject=None, of=None, reason=None)
