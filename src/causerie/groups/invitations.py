"""The links into a group that still open it."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.accounts.people import hashed
from causerie.groups.models import group_invitations
from causerie.groups.state import Invitation

_INVITATION = select(
    *(group_invitations.c[name] for name in Invitation.__dataclass_fields__ if name != "by"),
    people.c.name.label("by"),
).join(people, people.c.id == group_invitations.c.made_by)


async def good_ones(connection: AsyncConnection, group: str, *, now: int) -> list[Invitation]:
    """The links into a group that still open it."""
    wanted = _INVITATION.where(group_invitations.c.group_id == group, *still_good(now))
    rows = (await connection.execute(wanted.order_by(group_invitations.c.id))).mappings()
    return [Invitation(**row) for row in rows]


async def invitation(connection: AsyncConnection, token: str, *, now: int) -> Invitation | None:
    """What this link opens; looking does not use it up."""
    wanted = _INVITATION.where(group_invitations.c.hash == hashed(token), *still_good(now))
    row = (await connection.execute(wanted)).mappings().first()
    return Invitation(**row) if row else None


def still_good(now: int) -> tuple[ColumnElement[bool], ...]:
    """What holds of an invitation that can be used."""
    return group_invitations.c.expires_at > now, group_invitations.c.used < group_invitations.c.uses
