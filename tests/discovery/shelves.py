"""Rooms, people and questions to look for, and a way to ask for them as somebody."""

from functools import partial
from typing import Any

from causerie.accounts import actions as accounts
from causerie.accounts.handles import take_handle
from causerie.accounts.people import Person
from causerie.accounts.profiles import write_profile
from causerie.db import Database, Tx
from causerie.discovery.pages import Page
from causerie.discovery.people import found_people
from causerie.discovery.questions import found_questions
from causerie.discovery.rooms import found_rooms
from causerie.discovery.seeing import narrowed
from causerie.discovery.wanted import Wanted, words
from causerie.ids import PersonId, QuestionId
from causerie.questions import store as questions
from causerie.questions.events import QuestionAsked
from causerie.rooms import actions as rooms
from causerie.rooms.state import Room
from causerie.safety.comers import comer

LISTS = {"rooms": found_rooms, "people": found_people, "questions": found_questions}


class Shelves:
    """A database, and what is put on its shelves."""

    def __init__(self, database: Database, now: int) -> None:
        self.database, self.now = database, now

    async def does(self, action: Any, *given: Any, **more: Any) -> Any:
        return (await self.database.write(lambda tx: action(tx, *given, **more)))[0]

    async def person(self, name: str, *, bio: str = "", handle: str | None = None, **more: Any) -> Person:
        """Somebody with an account and an address."""
        person = await self.does(accounts.add_person, name=name, may_open_rooms=True, **more)
        said = partial(write_profile, person=person, name=name, handle=handle, bio=bio, links=[], languages=["fr"])
        await self.does(said)
        if handle is None:
            await self.does(take_handle, person.id, f"{name.lower().split()[0]}_x")
        return person

    async def room(self, host: Person, title: str, **more: Any) -> Room:
        return await self.does(rooms.open_room, host, title=title, **more)

    async def asked(self, room: Room, text: str, id: str, **more: Any) -> QuestionId:
        question = QuestionAsked(QuestionId(id), PersonId("ben"), "Ben", text, False, self.now, **more)
        await self.does(questions.store, room.id, [question])
        return question.question

    async def page(self, kind: str, text: str, by: str | None = None, **more: Any) -> Page[Any]:
        wanted = Wanted(comer(PersonId(by) if by else None), self.now, words=words(text), **more)
        async with self.database.read() as connection:
            return await LISTS[kind](connection, await narrowed(connection, wanted))

    async def found(self, kind: str, text: str, by: str | None = None, **more: Any) -> list[str]:
        """Titles, names or texts, in their order."""
        page = await self.page(kind, text, by, **more)
        named = {"rooms": "title", "people": "name", "questions": "text"}[kind]
        return [getattr(one, named) for one in page.found]

    async def every(self, text: str, by: str | None = None, **more: Any) -> list[str]:
        return [one for kind in LISTS for one in await self.found(kind, text, by, **more)]

    async def run(self, statement: Any) -> None:
        async def work(tx: Tx) -> None:
            await tx.run(statement)

        await self.database.write(work)
