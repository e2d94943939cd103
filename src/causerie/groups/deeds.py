"""What was done with power in a group, for those who look after it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.db.tables import audit

PAGE = 50
_ACTOR, _SUBJECT = people.alias("actors"), people.alias("subjects")


@dataclass(frozen=True)
class Deed:
    """Who did what when, and to whom where it was done to somebody."""

    id: str
    at: int
    verb: str
    by: str | None
    to: str | None


async def deeds(connection: AsyncConnection, group: str, *, before: str | None = None) -> list[Deed]:
    """The latest first: one page, and one row more where there is another."""
    wanted = (
        select(audit.c.id, audit.c.at, audit.c.verb, _ACTOR.c.name, _SUBJECT.c.name)
        .select_from(audit)
        .outerjoin(_ACTOR, _ACTOR.c.id == audit.c.actor)
        .outerjoin(_SUBJECT, _SUBJECT.c.id == audit.c.subject)
        .where(audit.c.group_id == group)
    )
    if before is not None:
        wanted = wanted.where(audit.c.id < before)
    rows = await connection.execute(wanted.order_by(audit.c.id.desc()).limit(PAGE + 1))
    return [Deed(*row) for row in rows]
