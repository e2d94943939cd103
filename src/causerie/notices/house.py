"""What those who run the place tell: decisions, answers, what came of a report; and what they are told of appeals."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import appeals, check_requests, checks, decisions, people
from causerie.clock import DAY
from causerie.db import Tx
from causerie.ids import PersonId
from causerie.notices.kinds import Kind, Said, Telling
from causerie.notices.telling import begin
from causerie.rooms.models import rooms
from causerie.safety.models import reports

LATELY, WORTH = DAY, 3 * DAY
DECISIONS, TO_ANSWER, TO_CHECK, SETTINGS = "/decisions", "/admin/reports", "/admin/verification", "/settings"


async def from_the_house(connection: AsyncConnection, now: int) -> list[Telling]:
    """Everything of it that is to be told now."""
    return [
        *await _decided(connection, now),
        *await _appealed(connection, now),
        *await _answered(connection, now),
        *await _reported(connection, now),
        *await _asking_to_be_checked(connection, now),
        *await _checked(connection, now),
        *await _not_checked(connection, now),
    ]


async def tell_of_link(tx: Tx, person: PersonId, *, by: str | None) -> None:
    """Whose account somebody else has made a way into hears who did, and what to do where they did not ask for it."""
    await begin(tx, _telling("house.link", f"{person}:{tx.now}", person, Said("", by or "", SETTINGS), tx.now))


async def _decided(connection: AsyncConnection, now: int) -> list[Telling]:
    """Whom it concerns; who is suspended reads it by mail, or at the door."""
    wanted = select(decisions.c.id, decisions.c.person, decisions.c.title, decisions.c.reason, decisions.c.until)
    found = await connection.execute(wanted.where(decisions.c.at > now - LATELY))
    return [
        _telling("house.decided", id, person, Said(title, path=DECISIONS, at=until, note=why), now)
        for id, person, title, why, until in found
    ]


async def _appealed(connection: AsyncConnection, now: int) -> list[Telling]:
    """Those who run this place: somebody answers to what they decided."""
    wanted = (
        select(appeals.c.id, people.c.name, decisions.c.title)
        .join(decisions, decisions.c.id == appeals.c.decision)
        .join(people, people.c.id == appeals.c.person)
        .where(appeals.c.at > now - LATELY, appeals.c.answered_at.is_(None))
    )
    return [
        _telling("house.appeal", id, id, Said(title, name, TO_ANSWER), now)
        for id, name, title in await connection.execute(wanted)
    ]


async def _answered(connection: AsyncConnection, now: int) -> list[Telling]:
    wanted = (
        select(appeals.c.id, appeals.c.person, decisions.c.title, appeals.c.answer)
        .join(decisions, decisions.c.id == appeals.c.decision)
        .where(appeals.c.answered_at > now - LATELY)
    )
    return [
        _telling("house.answered", id, person, Said(title, path=DECISIONS, note=answer or ""), now)
        for id, person, title, answer in await connection.execute(wanted)
    ]


async def _reported(connection: AsyncConnection, now: int) -> list[Telling]:
    """Who reported something, where they have a name here; never whom it was about."""
    wanted = (
        select(reports.c.id, reports.c.reporter, rooms.c.title, rooms.c.name, reports.c.answer)
        .join(rooms, rooms.c.id == reports.c.room)
        .where(reports.c.settled_at > now - LATELY, reports.c.outcome.is_not(None))
    )
    return [
        _telling("house.reported", id, person, Said(title, path=f"/r/{name}", note=answer or ""), now)
        for id, person, title, name, answer in await connection.execute(wanted)
    ]


async def _asking_to_be_checked(connection: AsyncConnection, now: int) -> list[Telling]:
    """Those who run this place: once a day of each person, however often they take it back and ask anew."""
    wanted = (
        select(check_requests.c.person, check_requests.c.at, people.c.name)
        .join(people, people.c.id == check_requests.c.person)
        .where(check_requests.c.at > now - LATELY, check_requests.c.declined_at.is_(None))
    )
    return [
        _telling("house.check_request", f"{person}:{at // DAY}", person, Said("", name, TO_CHECK), now)
        for person, at, name in await connection.execute(wanted)
    ]


async def _checked(connection: AsyncConnection, now: int) -> list[Telling]:
    """Whoever something was checked of, be it that they asked or not."""
    wanted = select(checks.c.id, checks.c.person, checks.c.note).where(checks.c.checked_at > now - LATELY)
    return [
        _telling("house.checked", id, person, Said(path=SETTINGS, note=note), now)
        for id, person, note in await connection.execute(wanted)
    ]


async def _not_checked(connection: AsyncConnection, now: int) -> list[Telling]:
    wanted = select(check_requests.c.id, check_requests.c.person, check_requests.c.reason)
    return [
        _telling("house.not_checked", id, person, Said(path=SETTINGS, note=reason), now)
        for id, person, reason in await connection.execute(wanted.where(check_requests.c.declined_at > now - LATELY))
    ]


def _telling(kind: Kind, id: str, subject: str, said: Said, now: int) -> Telling:
    return Telling(f"{kind}:{id}", kind, subject, said, now, now + WORTH)
