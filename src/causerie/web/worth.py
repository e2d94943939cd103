"""Answers over HTTP, each a chapter of a published copy: those worth hearing, and those of a group or a host."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel

from causerie.accounts.errors import PersonUnknown
from causerie.accounts.profiles import profile_called
from causerie.discovery.answers import (
    Answers,
    FoundAnswer,
    answers_in,
    answers_of,
    given_by,
    many_answers_in,
    worth_hearing,
)
from causerie.discovery.wanted import Looking
from causerie.rooms.lists import Looked
from causerie.web.files import lasting_link
from causerie.web.groups import seen
from causerie.web.home import looked
from causerie.web.house import House, at_door, house

worth = APIRouter(prefix="/api/v1")

FIRST, PAGE = 4, 20
"""How many stand on another page, and on one of their own."""

Home = Annotated[House, Depends(house)]
Cursor = Annotated[str | None, Query(pattern=r"^\d{1,15}\.\w{1,26}\.\d{1,9}\.\w{1,26}$")]
Most = Annotated[int, Query(ge=1, le=PAGE)]


class AnswerCard(BaseModel):
    """An answer from outside. `answer`: the name of its page; `copy_name`: that of its copy; `length` in milliseconds.

    `asker`: who asked, if all may know. `who`: those heard in it besides, the longest first. `sound`: where it is
    heard; `wave`: how loud it is from its beginning to its end, 0 to 255.
    """

    answer: str
    title: str
    asker: str | None
    who: list[str]
    room: str
    room_title: str
    copy_name: str
    language: str
    length: int
    sound: str | None
    wave: list[int]


class Worth(BaseModel):
    """Some answers. `next`: what to say as `after` for more, where there are."""

    answers: list[AnswerCard]
    next: str | None


class Counted(Worth):
    """`many`: how many there are altogether."""

    many: int


@worth.get("/answers")
async def answers_worth_hearing(
    request: Request,
    home: Home,
    looked: Annotated[Looked, Depends(looked)],
    after: Cursor = None,
    most: Most = FIRST,
) -> Worth:
    """Of each copy, the last published first, the answer that most people wanted to hear."""
    looking = Looking(await at_door(request), home.clock.now(), looked.language, looked.tag)
    async with home.database.read() as connection:
        found = await worth_hearing(connection, looking, after=after, most=most)
    return Worth(answers=_cards(home, found), next=found.next)


@worth.get("/groups/{handle}/answers")
async def answers_of_group(
    request: Request,
    home: Home,
    handle: Annotated[str, Path(max_length=100)],
    after: Cursor = None,
    most: Most = FIRST,
) -> Counted:
    """Every answer given in rooms of a group that one may know of."""
    group, _ = await seen(request, handle)
    looking = Looking(await at_door(request), home.clock.now())
    async with home.database.read() as connection:
        found = await answers_in(connection, looking, group.id, after=after, most=most)
        many = await many_answers_in(connection, looking, group.id)
    return Counted(answers=_cards(home, found), next=found.next, many=many)


@worth.get("/profiles/{handle}/answers")
async def answers_of_host(
    request: Request,
    home: Home,
    handle: Annotated[str, Path(max_length=40)],
    after: Cursor = None,
    most: Most = FIRST,
) -> Counted:
    """Every answer given in public rooms of a host, but those that somebody else wrote afterwards."""
    looking = Looking(await at_door(request), home.clock.now())
    async with home.database.read() as connection:
        host = await profile_called(connection, handle, now=looking.now)
        if host is None:
            raise PersonUnknown
        found = await answers_of(connection, looking, host.id, after=after, most=most)
        given = await given_by(connection, looking, host.id)
    return Counted(answers=_cards(home, found), next=found.next, many=given.answers)


def _cards(home: House, found: Answers) -> list[AnswerCard]:
    return [_card(home, one) for one in found.found]


def _card(home: House, one: FoundAnswer) -> AnswerCard:
    return AnswerCard(
        answer=one.name,
        title=one.title,
        asker=one.asker,
        who=list(one.who),
        room=one.room,
        room_title=one.room_title,
        copy_name=one.copy.name,
        language=one.language,
        length=one.length,
        sound=lasting_link(home, one.copy, one.sound) if one.sound else None,
        wave=list(one.wave),
    )
