"""What the world may read of copies: one answer, and all that a host has published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.suspending import portraits_of
from causerie.copies.answer_pages import AnswerPage, Face, Other, heard_between, page_of, wave_between
from causerie.copies.contents import Contents
from causerie.copies.models import PUBLISHED, answers, copies
from causerie.copies.queries import (
    answer_by_name,
    answers_of,
    copies_by_id,
    copy_by_id,
    edition_made,
    editions_made,
)
from causerie.copies.state import Answer, Copy
from causerie.groups.models import groups
from causerie.questions.models import questions, votes
from causerie.rooms.models import rooms
from causerie.rooms.queries import room_by_id, rooms_by_id
from causerie.rooms.state import CLOSED, Room
from causerie.rooms.withheld import withheld

OTHERS = 12
EPISODES = 100


@dataclass(frozen=True)
class Seen:
    """Something of a copy that others may see, with the copy and the room it belongs to."""

    room: Room
    copy: Copy
    page: AnswerPage


@dataclass(frozen=True)
class Published:
    """A copy that a host has published, as it stands in their feed."""

    copy: Copy
    room: Room
    contents: Contents


async def seen_answer(connection: AsyncConnection, name: str, *, now: int) -> Seen | None:
    """The answer at this address; none where it is hidden, or nobody but hosts may see its copy."""
    answer = await answer_by_name(connection, name)
    copy = await copy_by_id(connection, answer.copy) if answer and has_page(answer) else None
    edition = await edition_made(connection, copy) if copy and copy.seen else None
    if answer is None or copy is None or edition is None or edition.contents is None:
        return None
    room = await room_by_id(connection, copy.room)
    assert room is not None  # a copy belongs to a room
    page = _page(answer, copy, room, edition.contents)
    return Seen(room, copy, await _with_people(connection, answer, page, edition.contents, now=now))


def has_page(answer: Answer) -> bool:
    """Whether the world has a page for it: a question's answer that is heard in the copy, or reads."""
    return answer.kind in ("answer", "later") and not answer.hidden and (answer.at is not None or bool(answer.text))


HAS_PAGE = and_(
    answers.c.kind.in_(("answer", "later")),
    answers.c.hidden.is_(False),
    or_(answers.c.at.is_not(None), and_(answers.c.text.is_not(None), answers.c.text != "")),
)
"""The same as `has_page`, in the words of a database."""


async def feed_rows(connection: AsyncConnection, person: str, *, now: int) -> list[tuple[str, int, int]]:
    """Id, edition and generation of each copy that a host has published, the newest first.

    An app that asks for a feed is nobody: what was held for some alone, in a private group or one that is suspended,
    is not in it; nor is anything of a host who is.
    """
    shut = select(groups.c.id).where(or_(groups.c.private.is_(True), groups.c.suspended_at.is_not(None)))
    held = or_(rooms.c.group_id.is_(None), rooms.c.group_id.not_in(shut))
    return await _feed_rows(connection, and_(rooms.c.host == person, held), now)


async def group_feed_rows(connection: AsyncConnection, group: str, *, now: int) -> list[tuple[str, int, int]]:
    """The same of what was held in a public group, whoever its hosts were."""
    return await _feed_rows(connection, rooms.c.group_id == group, now)


async def _feed_rows(connection: AsyncConnection, which: ColumnElement[bool], now: int) -> list[tuple[str, int, int]]:
    wanted = (
        select(copies.c.id, copies.c.made, copies.c.generation)
        .join(rooms, rooms.c.id == copies.c.room)
        .where(which, PUBLISHED, rooms.c.visibility.not_in(CLOSED), not_(withheld(now)))
        .order_by(copies.c.published_at.desc(), copies.c.id)
        .limit(EPISODES)
    )
    return [(id, made, generation) for id, made, generation in await connection.execute(wanted)]


async def published(connection: AsyncConnection, ids: Iterable[str]) -> list[Published]:
    """These copies whole, in this order."""
    wanted = list(ids)
    found = await copies_by_id(connection, wanted)
    made = await editions_made(connection, found)
    of = await rooms_by_id(connection, (copy.room for copy in found.values()))
    there = (found[id] for id in wanted if id in found)
    whole = ((copy, of.get(copy.room), made.get(copy.id)) for copy in there)
    return [Published(copy, room, held.contents) for copy, room, held in whole if room and held and held.contents]


def _page(answer: Answer, copy: Copy, room: Room, contents: Contents) -> AnswerPage:
    """What the copy itself says of it."""
    begins, ends = (answer.at or 0, answer.until or 0) if answer.at is not None else (0, 0)
    number = next((n for n, one in enumerate(contents.chapters, 1) if one.id == answer.id), None)
    sound = contents.file("answer", number) if number else None
    card = contents.file("card", number) if number else None
    return replace(
        page_of(answer.name, answer.title, copy, room, contents, begins, ends),
        later=answer.kind == "later",
        text=answer.text,
        sound=sound.key if sound else None,
        card=card.key if card else None,
        wave=wave_between(contents, begins, ends) if sound else (),
    )


async def _with_people(
    connection: AsyncConnection, answer: Answer, page: AnswerPage, contents: Contents, *, now: int
) -> AnswerPage:
    """Who asked, as they chose to be named; who answered; what else was answered."""
    asked = select(questions.c.text, questions.c.name, questions.c.person, questions.c.hidden_from)
    found = (await connection.execute(asked.where(questions.c.id == answer.question))).first()
    heard = [answer.person] if answer.person else heard_between(contents, page.at, page.at + page.length)
    portraits = await portraits_of(connection, [*heard, *([found.person] if found else [])], now=now)
    names = {voice.person: voice.name for voice in contents.voices} | {answer.person: answer.who or ""}
    named = found is not None and found.hidden_from == "nobody"
    return replace(
        page,
        title=found.text if found else page.title,
        asker=Face(found.name, portraits.get(found.person)) if found and named else None,
        votes=await _wished(connection, answer.question),
        who=tuple(
            Face(names[who], portraits.get(who)) for who in heard if not (named and found and who == found.person)
        ),
        others=_others(await answers_of(connection, answer.copy), answer),
    )


async def _wished(connection: AsyncConnection, question: str | None) -> int:
    """How many wanted to hear it; none of them is ever named."""
    wanted = select(func.count()).select_from(votes).where(votes.c.question == question, votes.c.value > 0)
    return int(await connection.scalar(wanted) or 0)


def _others(all_: Sequence[Answer], this: Answer) -> tuple[Other, ...]:
    shown = [one for one in all_ if one.id != this.id and has_page(one)]
    return tuple(Other(one.name, one.title, (one.until or 0) - (one.at or 0)) for one in shown[:OTHERS])
