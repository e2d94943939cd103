"""What is due to one person: they were given a part, asked to lead, or what they asked is taken up."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.clock import DAY, HOUR, MINUTE
from causerie.floor.models import deck
from causerie.notices.audience import shut_out
from causerie.notices.kinds import Kind, Said, Telling
from causerie.questions.models import questions
from causerie.rooms.models import asked_along, helpers, rooms

SOON, LATELY, WORTH, MONTH = 2 * MINUTE, DAY, 3 * DAY, 30 * DAY
_HOST = people.alias("hosts")


async def to_one(connection: AsyncConnection, now: int) -> list[Telling]:
    """Everything of it that is to be told now."""
    found = union_all(_invited(now), _asked_along(now), _handed(now), _next(now), _answered(now))
    rows = (await connection.execute(found)).mappings()
    good = {"question.next": SOON}
    return [
        Telling(row["key"], kind, row["person"], _said(row), now, now + good.get(kind, WORTH))
        for row in rows
        if (kind := row["kind"])
    ]


def _said(row: Any) -> Said:
    return Said(row["title"], row["host"], f"/r/{row['name']}", row["starts_at"])


def _invited(now: int) -> Select[Any]:
    """Who was lately given a part in a room that comes, and has not said yes to it; of a draft, who may look at it."""
    seen = or_(rooms.c.draft.is_(False), helpers.c.role == "cohost")
    wanted = exists().where(
        asked_along.c.room == rooms.c.id,
        asked_along.c.person == helpers.c.person,
        asked_along.c.accepted_at.is_not(None),
    )
    lately = (helpers.c.since > now - LATELY, seen, ~wanted, *_to_come(now))
    return _told("room.invited", helpers.c.person, helpers.c.person, now, *lately).join(
        helpers, helpers.c.room == rooms.c.id
    )


def _asked_along(now: int) -> Select[Any]:
    """Who was asked to take part in a room that is announced, has not answered, and may be told unasked."""
    over = (rooms.c[at].is_(None) for at in ("ended_at", "cancelled_at", "missed_at"))
    open_ = (asked_along.c.told, asked_along.c.accepted_at.is_(None), asked_along.c.declined_at.is_(None))
    lately = (asked_along.c.asked_at > now - MONTH, rooms.c.draft.is_(False), *over, *open_)
    return _told("room.asked", asked_along.c.person, asked_along.c.id, now, *lately).join(
        asked_along, asked_along.c.room == rooms.c.id
    )


def _handed(now: int) -> Select[Any]:
    """Who was asked to lead a room that comes."""
    return _told("room.handed", rooms.c.heir, rooms.c.heir, now, rooms.c.heir.is_not(None), *_to_come(now))


def _next(now: int) -> Select[Any]:
    """Who is asked ahead, whose question is next, and whose question is on air: wherever they are meanwhile."""
    live = (rooms.c.started_at > now - 2 * DAY, rooms.c.ended_at.is_(None))
    up = or_(
        and_(questions.c.state == "next", questions.c.called_at > now - SOON),
        and_(questions.c.state == "on_air", questions.c.on_air_at > now - SOON),
    )
    asked = select(questions.c.room, questions.c.person, questions.c.id.label("entry")).where(up)
    ahead = select(deck.c.room, deck.c.person, deck.c.entry).where(deck.c.at > now - SOON)
    both = union_all(asked, ahead).subquery()
    return _told("question.next", both.c.person, both.c.entry, now, *live).join(both, both.c.room == rooms.c.id)


def _answered(now: int) -> Select[Any]:
    """Whose question was answered, or one that says the same."""
    same = questions.alias("same")
    answered = (questions.c.state == "answered", questions.c.answered_at > now - LATELY)
    theirs = or_(same.c.id == questions.c.id, same.c.merged_into == questions.c.id)
    held = (rooms.c.started_at > now - 2 * DAY,)
    return (
        _told("question.answered", same.c.person, same.c.id, now, *answered, *held)
        .join(questions, questions.c.room == rooms.c.id)
        .join(same, and_(same.c.room == rooms.c.id, theirs))
    )


def _to_come(now: int) -> list[ColumnElement[bool]]:
    over = (rooms.c[at].is_(None) for at in ("started_at", "ended_at", "cancelled_at", "missed_at"))
    return [or_(rooms.c.starts_at.is_(None), rooms.c.starts_at > now - HOUR), *over]


def _told(kind: Kind, person: Any, about: Any, now: int, *which: Any) -> Select[Any]:
    """Rows of who is told what; never the host of their own room, and nobody who is shut out."""
    key = literal(f"{kind}:").concat(rooms.c.id).concat(":").concat(about)
    shown = [rooms.c.title, rooms.c.name, rooms.c.starts_at, _HOST.c.name.label("host")]
    return (
        select(literal(kind).label("kind"), key.label("key"), person.label("person"), *shown)
        .select_from(rooms)
        .join(_HOST, _HOST.c.id == rooms.c.host)
        .where(person != rooms.c.host, ~shut_out(person, rooms.c.id, now), *which)
    )
