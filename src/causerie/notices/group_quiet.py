"""Quiet hours of a group: its members hear of its rooms in the inbox, and by push or letter when they are over."""

from sqlalchemy import select

from causerie.db import Tx
from causerie.groups.charter import Charter, read
from causerie.groups.models import groups
from causerie.notices.kinds import Telling
from causerie.notices.quiet import Quiet
from causerie.rooms.models import rooms


async def quiet_until(tx: Tx, telling: Telling) -> int | None:
    """When the group of this room may be heard of again, where it is quiet there now. Only going live is meant."""
    if telling.kind != "room.live":
        return None
    held = rooms.join(groups, groups.c.id == rooms.c.group_id)
    charter = await tx.connection.scalar(
        select(groups.c.charter).select_from(held).where(rooms.c.id == telling.subject)
    )
    hours = quiet_hours(read(charter)) if charter is not None else None
    return hours.over_at(tx.now) if hours is not None else None


def quiet_hours(charter: Charter) -> Quiet | None:
    """As the charter says, by the clocks of its zone; none where it says nothing."""
    if charter.quiet_from is None or charter.quiet_to is None:
        return None
    return Quiet(_minute(charter.quiet_from), _minute(charter.quiet_to), charter.zone)


def _minute(at: str) -> int:
    """Of the day."""
    hours, minutes = at.split(":")
    return int(hours) * 60 + int(minutes)
