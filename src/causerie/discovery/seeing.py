"""Which rooms somebody can find: what is listed, and of a private group what its members see."""

from dataclasses import replace

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.discovery.wanted import Looking, Wanted
from causerie.groups.models import group_bans, groups, memberships
from causerie.rooms.closed import open_among
from causerie.rooms.models import room_tags, rooms
from causerie.rooms.state import CLOSED
from causerie.rooms.withheld import withheld
from causerie.safety.store import blocking, shut_to

# Of a hundred thousand rooms: when more have a tag, the newest with the words are soon found among all.
FEW = 200


def findable(wanted: Looking) -> ColumnElement[bool]:
    """No draft, none of a circle one is not in or that is suspended, none one is kept out of, none that is withheld.

    Unlisted ones only inside such a circle; of those for some alone what one is among. The same as
    `groups/rules.py:lets_in` and the bans of a room say, in the words of a database.
    """
    own = select(memberships.c.group_id).where(memberships.c.person.in_(wanted.ids))
    out = select(group_bans.c.group_id).where(group_bans.c.person.in_(wanted.ids))
    shut = select(groups.c.id).where(groups.c.suspended_at.is_not(None))
    private = select(groups.c.id).where(groups.c.private.is_(True))
    inside = and_(rooms.c.group_id.in_(private), rooms.c.group_id.in_(own))
    shown = rooms.c.visibility.in_(("public", *CLOSED))
    outside = and_(shown, or_(rooms.c.group_id.is_(None), rooms.c.group_id.not_in(private)))
    return and_(
        rooms.c.draft.is_(False),
        or_(outside, inside),
        open_among(wanted.ids),
        or_(rooms.c.group_id.is_(None), and_(rooms.c.group_id.not_in(out), rooms.c.group_id.not_in(shut))),
        rooms.c.id.not_in(shut_to(wanted.coming, now=wanted.now)),
        rooms.c.host.not_in(blocking(wanted.coming)),
        not_(withheld(wanted.now)),
        *_narrowed(wanted),
    )


async def narrowed(connection: AsyncConnection, wanted: Wanted) -> Wanted:
    """Where few rooms have the tag that was chosen, these alone are looked in, and not every text with the words."""
    if wanted.tag is None:
        return wanted
    tagged = select(room_tags.c.room).where(room_tags.c.tag == wanted.tag).limit(FEW + 1)
    found = tuple((await connection.execute(tagged)).scalars())
    return wanted if len(found) > FEW else replace(wanted, rooms=found)


def _narrowed(wanted: Looking) -> list[ColumnElement[bool]]:
    """To one language or one tag, where somebody chose one."""
    language = [rooms.c.language == wanted.language] if wanted.language is not None else []
    if wanted.rooms is not None:
        return [*language, rooms.c.id.in_(wanted.rooms)]
    tagged = exists().where(room_tags.c.room == rooms.c.id, room_tags.c.tag == wanted.tag)
    return [*language, *([tagged] if wanted.tag is not None else [])]
