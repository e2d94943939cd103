"""Whom a telling concerns: never who brought it about, and nobody who may not come in."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, exists, literal, or_, select, union

from causerie.accounts.blocking import apart
from causerie.accounts.models import decisions, follows, people
from causerie.accounts.suspending import lasting
from causerie.db.tables import audit
from causerie.groups.models import group_bans, groups, memberships
from causerie.groups.rules import ADMINS, OWNER
from causerie.notices.kinds import IN_GROUP, TIMES, USUAL, Kind, Telling, Time, bits
from causerie.notices.models import interests
from causerie.rooms.closed import not_for
from causerie.rooms.models import asked_along, changes, helpers, rooms, speaker_links
from causerie.rooms.withheld import withheld
from causerie.safety.models import banned, bans

TO_ONE = (
    "room.invited",
    "room.asked",
    "room.handed",
    "question.next",
    "question.answered",
    "house.decided",
    "house.answered",
    "house.reported",
    "house.link",
    "house.checked",
    "house.not_checked",
    "export.ready",
    "proof.lost",
    "group.let_in",
    "group.declined",
    "group.taken",
    "group.not_taken",
    *IN_GROUP,
)
"""What one person alone is told; who is shut out was left out when it was found."""

DONE_AT: dict[Kind, Column[int]] = {
    "room.moved": changes.c.moved_at,
    "room.cancelled": rooms.c.cancelled_at,
    "room.group_gone": rooms.c.cancelled_at,
}
"""When that was done of which people are told."""
DEEDS = ("room.move", "room.unset_time", "room.cancel", "room.cancel_with_group")

# Whoever takes part otherwise has more to show for it, and loses that when their part is taken back.
LISTENS = asked_along.c.role == "listener", asked_along.c.accepted_at.is_not(None)


def audience(telling: Telling, *, now: int) -> Select[tuple[str]]:
    """The people it concerns, as rows."""
    if telling.kind in TO_ONE:
        return select(people.c.id.label("person")).where(people.c.id == telling.subject)
    if telling.kind in ("house.appeal", "house.check_request"):
        return select(people.c.id.label("person")).where(people.c.admin.is_(True), people.c.guest.is_(False))
    if telling.kind.startswith("copy."):
        return _leading(telling.subject)
    if telling.kind in ("group.asked", "group.going"):
        return _in_group(telling, now)
    told = union(*_concerned(telling)).subquery()
    shut = shut_out(told.c.person, telling.subject, now)
    return select(told.c.person).where(told.c.person.not_in(_who_knows(telling)), ~shut)


def _concerned(telling: Telling) -> list[Select[tuple[str]]]:
    """Who wants to hear of a room or has a part in it; when it is live, its host's followers and its group.

    Of its time and of its end its host, too.
    """
    everybody = [_waiting(telling), _taking_part(telling)]
    if telling.kind in DONE_AT:
        everybody.append(_host(telling.subject))
    if telling.kind == "room.live":
        everybody += [_following_host(telling.subject), _in_its_group(telling.subject)]
    return everybody


def shut_out(person: Any, room: Any, now: int) -> ColumnElement[bool]:
    """Whether the room, its group or the house keeps them out, they and its host are apart, or it is for others."""
    shut = _banned(person, room, now), _kept_out(person, room), _suspended(person, now), _apart(person, room)
    return or_(*shut, _withheld(room, now), not_for(person, room))


def _suspended(person: Any, now: int) -> ColumnElement[bool]:
    return exists().where(decisions.c.person == person, lasting(now))


def _withheld(room: Any, now: int) -> ColumnElement[bool]:
    without = rooms.alias("without_host")
    return exists().where(without.c.id == room, withheld(now, without.c))


def _apart(person: Any, room: Any) -> ColumnElement[bool]:
    led = rooms.alias("led")
    return exists().where(led.c.id == room, apart(person, led.c.host))


def _banned(person: Any, room: Any, now: int) -> ColumnElement[bool]:
    lasting = or_(bans.c.until.is_(None), bans.c.until > now)
    return (
        exists()
        .where(bans.c.room == room, bans.c.lifted_at.is_(None), lasting)
        .where(banned.c.ban == bans.c.id, banned.c.person == person)
    )


def _kept_out(person: Any, room: Any) -> ColumnElement[bool]:
    """As `groups/rules.py:lets_in`, of many at once: banned from it, no member of a private one, or it is suspended.

    Its host comes in all the same, and is told what becomes of it.
    """
    held = rooms.alias("held")
    member = and_(memberships.c.group_id == groups.c.id, memberships.c.person == person)
    ban = and_(group_bans.c.group_id == groups.c.id, group_bans.c.person == person)
    of = held.join(groups, groups.c.id == held.c.group_id).outerjoin(memberships, member).outerjoin(group_bans, ban)
    outside = and_(groups.c.private.is_(True), memberships.c.person.is_(None))
    shut = groups.c.suspended_at.is_not(None)
    others = held.c.id == room, held.c.host != person
    return exists().select_from(of).where(*others, or_(group_bans.c.person.is_not(None), outside, shut))


def _waiting(telling: Telling) -> Select[tuple[str]]:
    """Who wants to hear of this room; of a moment before it, who chose that moment."""
    wanting = select(interests.c.person).where(interests.c.room == telling.subject, interests.c.since <= telling.at)
    moment = _moment(telling)
    if moment is None:
        return wanting
    return wanting.where(interests.c.times.bitwise_and(bits([moment])) != 0)


def _taking_part(telling: Telling) -> Select[tuple[str]]:
    """Who leads along, helps or has said that they will come; of a moment before it at the usual ones, unless they
    chose others.
    """
    at, moment = telling.subject, _moment(telling)
    parts = (
        select(helpers.c.person).where(helpers.c.room == at),
        select(speaker_links.c.person).where(speaker_links.c.room == at),
        select(asked_along.c.person).where(asked_along.c.room == at, *LISTENS),
    )
    there = select(people.c.id.label("person")).where(people.c.id.in_(union(*parts)), people.c.name != "")
    if moment is None:
        return there
    chosen = select(interests.c.person).where(interests.c.room == at)
    return there.where(people.c.id.not_in(chosen), literal(moment in USUAL))


def _host(room: str) -> Select[tuple[str]]:
    return select(rooms.c.host.label("person")).where(rooms.c.id == room)


def _who_knows(telling: Telling) -> Any:
    """Who has moved or cancelled it, which can be anybody who leads it along; of all else its host."""
    host, at = _host(telling.subject), DONE_AT.get(telling.kind)
    if at is None:
        return host
    done = rooms.outerjoin(changes, changes.c.room == rooms.c.id).join(audit, audit.c.room == rooms.c.id)
    deed = audit.c.verb.in_(DEEDS), audit.c.at == at
    doers = select(audit.c.actor).select_from(done).where(rooms.c.id == telling.subject, *deed)
    return union(doers, host.where(~doers.correlate(None).exists()))


def _moment(telling: Telling) -> Time | None:
    return next((time for time in TIMES if telling.kind == f"room.{time}"), None)


def _in_group(telling: Telling, now: int) -> Select[tuple[str]]:
    """Of a request, who can answer it; of a group's end, all members but the owner, who wanted it."""
    asked = telling.kind == "group.asked"
    whom = memberships.c.role.in_(ADMINS) if asked else memberships.c.role.not_in(OWNER)
    there = groups.c.id == telling.subject, groups.c.gone_at.is_(None), groups.c.suspended_at.is_(None)
    of = memberships.join(groups, groups.c.id == memberships.c.group_id)
    inside = select(memberships.c.person.label("person")).select_from(of)
    return inside.where(*there, whom, ~_suspended(memberships.c.person, now))


def _following_host(room: str) -> Select[tuple[str]]:
    """Of a public room: who follows its host."""
    of_host = rooms.join(follows, (follows.c.subject == rooms.c.host) & (follows.c.kind == "person"))
    public = (rooms.c.id == room, rooms.c.visibility == "public")
    return select(follows.c.person).select_from(of_host).where(*public)


def _in_its_group(room: str) -> Select[tuple[str]]:
    """Of a room of a group, its members: of a private one all, else unless only who has its link is to find it."""
    of_group = rooms.join(groups, groups.c.id == rooms.c.group_id)
    inside = of_group.join(memberships, memberships.c.group_id == groups.c.id)
    found = or_(rooms.c.visibility.in_(("public", "group")), groups.c.private.is_(True))
    return select(memberships.c.person).select_from(inside).where(rooms.c.id == room, found)


def by_wish(telling: Telling) -> Any:
    """Of those a room that is live concerns, who chose to hear of it, of whoever leads it, or has a part in it."""
    return union(_waiting(telling), _taking_part(telling), _following_host(telling.subject))


def _leading(room: str) -> Select[tuple[str]]:
    """The host and co-hosts of a room, as far as they are written down and have not gone for good."""
    helping = select(helpers.c.person).where(helpers.c.room == room, helpers.c.role == "cohost")
    leading = union(select(rooms.c.host.label("person")).where(rooms.c.id == room), helping).subquery()
    wanted = select(leading.c.person).join(people, people.c.id == leading.c.person)
    return wanted.where(people.c.guest.is_(False))
