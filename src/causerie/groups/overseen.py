"""Every group, as those who run this place look for them: of what is said in a private one they see nothing here."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.looked_up import begins
from causerie.accounts.models import decisions, people
from causerie.groups.models import groups, memberships
from causerie.texts import one_line

Only = Literal["", "suspended", "private"]
_IN = memberships.alias("inside")


@dataclass(frozen=True)
class Overseen:
    """A group: who owns it, how many are in it, whether it is shut or about to go, and by which decision."""

    id: str
    handle: str
    name: str
    private: bool
    created_at: int
    goes_at: int | None
    suspended_at: int | None
    owner: str | None
    members: int
    decision: str | None


async def overseen(
    connection: AsyncConnection, *, said: str = "", only: Only = "", before: str = "", most: int
) -> list[Overseen]:
    """The newest first; none that is gone. `said`: how the name begins, or the whole handle."""
    inside = select(func.count()).where(_IN.c.group_id == groups.c.id).scalar_subquery()
    owns = and_(memberships.c.group_id == groups.c.id, memberships.c.role == "owner")
    plain = [groups.c[name] for name in Overseen.__dataclass_fields__ if name in groups.c]
    wanted = (
        select(*plain, people.c.name.label("owner"), inside.label("members"), _shut_by().label("decision"))
        .outerjoin(memberships, owns)
        .outerjoin(people, people.c.id == memberships.c.person)
        .where(groups.c.gone_at.is_(None))
        .order_by(groups.c.id.desc())
        .limit(most)
    )
    if said:
        name = one_line(said)
        handle = name.lower().removeprefix("/g/")
        wanted = wanted.where(or_(begins(connection, groups.c.name, name), groups.c.handle == handle))
    if only == "private":
        wanted = wanted.where(groups.c.private.is_(True))
    elif only == "suspended":
        wanted = wanted.where(groups.c.suspended_at.is_not(None))
    if before:
        wanted = wanted.where(groups.c.id < before)
    return [Overseen(**row) for row in (await connection.execute(wanted)).mappings()]


def _shut_by() -> Any:
    """The decision that holds about a group."""
    about = decisions.c.about == groups.c.id, decisions.c.undone_at.is_(None)
    return select(func.max(decisions.c.id)).where(*about).scalar_subquery()
