"""Answers of published copies: of those that came out last the one most wanted of each, all of a group or of a host."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, exists, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.copies.answer_pages import heard_between, peaks, wave_between
from causerie.copies.contents import Contents
from causerie.copies.models import PUBLISHED, answers, copies
from causerie.copies.published import HAS_PAGE
from causerie.copies.queries import copied, editions_made
from causerie.copies.state import Copy
from causerie.discovery.seeing import findable
from causerie.discovery.wanted import Looking
from causerie.ids import PersonId
from causerie.questions.models import questions
from causerie.rooms.models import rooms
from causerie.safety.models import reports

BARS = 40
"""Of the picture of its sound."""


@dataclass(frozen=True)
class FoundAnswer:
    """An answer as a card shows it. `length` in milliseconds; `sound`: the key of its file, none where it only reads.

    `asker`: who asked, if all may know; `who`: those who are heard in it besides, the longest first.
    """

    name: str
    title: str
    asker: str | None
    who: tuple[str, ...]
    room: str
    room_title: str
    language: str
    length: int
    sound: str | None
    wave: tuple[int, ...]
    copy: Copy


@dataclass(frozen=True)
class Answers:
    """Some of them, and behind which place there are more, where there are."""

    found: list[FoundAnswer]
    next: str | None


async def worth_hearing(connection: AsyncConnection, looking: Looking, *, after: str | None, most: int) -> Answers:
    """Of each copy, the last published first, the answer that most people wanted to hear.

    What was reported is not put forward until that is settled.
    """
    return await _page(connection, _after(_worth(looking), after), most)


def _worth(looking: Looking) -> Select[Any]:
    best = select(answers.c.id).where(answers.c.copy == copies.c.id, HAS_PAGE)
    best = best.order_by(answers.c.wished.desc(), answers.c.id).limit(1).correlate(copies)
    reported = exists().where(reports.c.room == rooms.c.id, reports.c.settled_at.is_(None))
    return _cards(answers.c.id == best.scalar_subquery()).where(findable(looking), ~reported)


async def answers_in(
    connection: AsyncConnection, looking: Looking, group: str, *, after: str | None, most: int
) -> Answers:
    """All that were given in rooms of a group: of the copy published last first, there by how many wanted them."""
    wanted = _cards(and_(answers.c.copy == copies.c.id, HAS_PAGE)).where(findable(looking), rooms.c.group_id == group)
    return await _page(connection, _after(wanted, after), most)


async def many_answers_in(connection: AsyncConnection, looking: Looking, group: str) -> int:
    """How many somebody finds there."""
    wanted = select(func.count()).select_from(answers.join(copies, answers.c.copy == copies.c.id).join(rooms))
    wanted = wanted.where(PUBLISHED, HAS_PAGE, findable(looking), rooms.c.group_id == group)
    return int(await connection.scalar(wanted) or 0)


async def answers_of(
    connection: AsyncConnection, looking: Looking, host: str, *, after: str | None, most: int
) -> Answers:
    """All that were given in public rooms of a host, but those that somebody else wrote afterwards."""
    return await _page(connection, _after(_of(looking, host), after), most)


def _of(looking: Looking, host: str) -> Select[Any]:
    return _cards(and_(answers.c.copy == copies.c.id, HAS_PAGE)).where(*_theirs(looking, host))


def _theirs(looking: Looking, host: str) -> tuple[ColumnElement[bool], ...]:
    own = or_(answers.c.person.is_(None), answers.c.person == host)
    return *_public(looking, host), own


def _public(looking: Looking, host: str) -> tuple[ColumnElement[bool], ...]:
    return rooms.c.host == host, rooms.c.visibility == "public", findable(looking)


@dataclass(frozen=True)
class Given:
    """What somebody gave as a host: how many rooms they held, and how many answers were published of them."""

    rooms: int
    answers: int


async def given_by(connection: AsyncConnection, looking: Looking, host: str) -> Given:
    """As many as somebody finds there: of rooms that are not for everybody no number tells either."""
    held = select(func.count()).select_from(rooms).where(*_public(looking, host), rooms.c.ended_at.is_not(None))
    there = answers.join(copies, answers.c.copy == copies.c.id).join(rooms)
    told = select(func.count()).select_from(there).where(PUBLISHED, HAS_PAGE, *_theirs(looking, host))
    row = (await connection.execute(select(held.scalar_subquery(), told.scalar_subquery()))).one()
    return Given(int(row[0]), int(row[1]))


# ---- their rows ----

_ORDER = (copies.c.published_at, copies.c.id, answers.c.wished, answers.c.id)


def _cards(which: ColumnElement[bool]) -> Select[Any]:
    """The rows of cards, in their order."""
    of = copies.join(rooms, rooms.c.id == copies.c.room).join(answers, which)
    shown = [answers.c[name] for name in ("id", "name", "title", "at", "until", "person", "who", "wished")]
    asked = questions.c.text, questions.c.name.label("asker"), questions.c.person.label("asked_by")
    there = rooms.c.name.label("room"), rooms.c.title.label("room_title"), rooms.c.language
    published, copy, wished, id = _ORDER
    whole = [column.label(f"copy_{column.name}") for column in copies.columns]
    return (
        select(*shown, *asked, questions.c.hidden_from, *there, *whole)
        .select_from(of.outerjoin(questions, questions.c.id == answers.c.question))
        .where(PUBLISHED)
        .order_by(published.desc(), copy.desc(), wished.desc(), id)
    )


def _after(wanted: Select[Any], place: str | None) -> Select[Any]:
    """What comes behind this place."""
    if place is None:
        return wanted
    said = place.split(".")
    published, copy, wished, id = _ORDER
    at = tuple_(literal(int(said[0]), BigInteger), literal(said[1]))
    less, same = or_(wished < int(said[2]), and_(wished == int(said[2]), id > said[3])), copy == said[1]
    # The first half says nothing more: it lets a database begin in the index where the page before ended.
    return wanted.where(tuple_(published, copy) <= at, or_(~same, less))


async def _page(connection: AsyncConnection, wanted: Select[Any], most: int) -> Answers:
    rows = (await connection.execute(wanted.limit(most + 1))).all()
    shown = rows[:most]
    held = await editions_made(connection, {row.copy_id for row in shown}) if shown else {}
    found = [_told(row, _copy(row), held[row.copy_id].contents) for row in shown if row.copy_id in held]
    return Answers(found, _place(shown) if len(rows) > most else None)


def _copy(row: Any) -> Copy:
    return copied({name: getattr(row, f"copy_{name}") for name in Copy.__dataclass_fields__})


def _place(rows: Sequence[Any]) -> str:
    last = rows[-1]
    return f"{last.copy_published_at}.{last.copy_id}.{last.wished}.{last.id}"


def _told(row: Any, copy: Copy, contents: Contents | None) -> FoundAnswer:
    """What the copy says of it, and who asked."""
    begins, ends = (row.at, row.until or row.at) if row.at is not None else (0, 0)
    number = next((n for n, one in enumerate(contents.chapters, 1) if one.id == row.id), None) if contents else None
    sound = contents.file("answer", number) if contents and number and begins < ends else None
    asker = row.asker if row.hidden_from == "nobody" else None
    return FoundAnswer(
        name=row.name,
        title=row.text or row.title,
        asker=asker or None,
        who=_heard(row, contents, begins, ends, but=row.asked_by if asker else None),
        room=row.room,
        room_title=row.room_title,
        language=row.language,
        length=ends - begins,
        sound=sound.key if sound else None,
        wave=peaks(wave_between(contents, begins, ends), BARS) if contents and sound else (),
        copy=copy,
    )


def _heard(row: Any, contents: Contents | None, begins: int, ends: int, *, but: PersonId | None) -> tuple[str, ...]:
    """Who answers: who gave it later, or who is heard there."""
    if row.person:
        return (row.who,) if row.who else ()
    names = {voice.person: voice.name for voice in contents.voices} if contents else {}
    heard = heard_between(contents, begins, ends) if contents else []
    return tuple(names[who] for who in heard if who != but and names[who])
