"""Search over HTTP: rooms, people and questions by their words, as far as who asks may know of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from causerie.discovery.marking import Part, excerpt, marked
from causerie.discovery.pages import Page
from causerie.discovery.people import FoundPerson, found_people
from causerie.discovery.questions import FoundQuestion, found_questions
from causerie.discovery.rooms import found_rooms
from causerie.discovery.seeing import narrowed
from causerie.discovery.wanted import FIRST, PAGE, Kind, Wanted, place, words
from causerie.rooms.state import Room
from causerie.rooms.tags import tags
from causerie.terms import Sought
from causerie.web.cards import RoomCard, card
from causerie.web.house import House, at_door, house

search = APIRouter(prefix="/api/v1")

Home = Annotated[House, Depends(house)]


class RoomFound(BaseModel):
    """`title`, `about`: texts in pieces, each with whether it was asked for."""

    card: RoomCard
    title: list[Part]
    about: list[Part]


class PersonFound(BaseModel):
    """`proved`: domains they have shown to be theirs; `checked`: those who run this place have checked who they are."""

    handle: str
    name: list[Part]
    bio: list[Part]
    portrait: str | None
    checked: bool
    proved: list[str]


class QuestionFound(BaseModel):
    """`answer`: the name of its answer's page, where it has one; `name`: who asked, if all may know."""

    id: str
    text: list[Part]
    name: str | None
    state: str
    asked_at: int
    room: str
    title: str
    language: str
    answer: str | None


class Rooms(BaseModel):
    found: list[RoomFound]
    next: str | None


class People(BaseModel):
    found: list[PersonFound]
    next: str | None


class Questions(BaseModel):
    found: list[QuestionFound]
    next: str | None


class Found(BaseModel):
    """Each kind that was looked for. `next`: what to say as `after` for the next page of it, where there is one."""

    rooms: Rooms | None = None
    people: People | None = None
    questions: Questions | None = None


@search.get("/search")
async def find(
    request: Request,
    home: Home,
    q: Annotated[str, Query(description="All of these words; the last may go on.", examples=["ada"])] = "",
    kind: Annotated[Kind | None, Query(description="One kind by pages; without, the first of each.")] = None,
    language: Annotated[str | None, Query(pattern=r"^[a-z]{2,3}$", examples=["fr"])] = None,
    tag: Annotated[str | None, Query(max_length=200, examples=["birds"])] = None,
    after: Annotated[str | None, Query(max_length=20, description="`next` of the page before.")] = None,
) -> Found:
    """What is found by words, by rank and then by time. Nobody finds what they may not know of."""
    asked = Wanted(
        await at_door(request),
        home.clock.now(),
        words=words(q),
        language=language,
        tag=tags([tag])[0] if tag is not None else None,
        after=place(after) if kind is not None else None,
        most=FIRST if kind is None else PAGE,
    )
    async with home.database.read() as connection:
        asked = await narrowed(connection, asked)
        rooms = await found_rooms(connection, asked) if kind in (None, "rooms") else None
        people = await found_people(connection, asked) if kind in (None, "people") else None
        questions = await found_questions(connection, asked) if kind in (None, "questions") else None
    return Found(
        rooms=Rooms(found=[_room(home, room, asked.words) for room in rooms.found], **_on(rooms)) if rooms else None,
        people=People(found=[_person(one, asked.words) for one in people.found], **_on(people)) if people else None,
        questions=Questions(found=[_question(one, asked.words) for one in questions.found], **_on(questions))
        if questions
        else None,
    )


def _on(page: Page[Any]) -> dict[str, str | None]:
    return {"next": str(page.next) if page.next else None}


def _room(home: House, room: Room, asked: Sought) -> RoomFound:
    lines = (room.description, " · ".join(room.settings.agenda))
    about = next(filter(None, (excerpt(line, asked) for line in lines)), [])
    return RoomFound(card=card(home, room), title=marked(room.title, asked), about=about)


def _person(one: FoundPerson, asked: Sought) -> PersonFound:
    return PersonFound(
        handle=one.handle,
        name=marked(one.name, asked),
        bio=excerpt(one.bio, asked),
        portrait=one.portrait,
        checked=one.checked,
        proved=list(one.proved),
    )


def _question(one: FoundQuestion, asked: Sought) -> QuestionFound:
    shown = {name: getattr(one, name) for name in QuestionFound.model_fields if name != "text"}
    return QuestionFound(**shown, text=marked(one.text, asked))
