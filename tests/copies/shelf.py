"""A published copy as its rows and files have it, without a making: three questions, one answer hidden, one topic."""

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import insert, update

from causerie.accounts.people import Person
from causerie.accounts.queries import person_by_id
from causerie.copies import keys, store
from causerie.copies.contents import Chapter, Contents, File, Kept, Said, Voice, written
from causerie.copies.models import editions
from causerie.copies.queries import copy_by_name
from causerie.copies.state import Answer, Copy
from causerie.db import Tx
from causerie.ids import PersonId, RoomId
from causerie.questions.models import questions, votes
from causerie.rooms.models import rooms
from causerie.rooms.state import Room
from tests.place import Place

NAME = "cccccccccccccccccccccc"
ANSWERS = {"nour": "aaaaaaaaaaaaaaaaaaaaa1", "ben": "aaaaaaaaaaaaaaaaaaaaa2", "cho": "aaaaaaaaaaaaaaaaaaaaa3"}
TOPIC = "aaaaaaaaaaaaaaaaaaaaa4"
NOON = 1_795_000_000_000
MP3 = b"ID3" + bytes(range(256)) * 4
FILES = {
    "answers/01.mp3": ("answer", 1),
    "answers/01.png": ("card", 1),
    "answers/02.mp3": ("answer", 2),
    "answers/02.png": ("card", 2),
    "pictures/cover.jpg": ("cover", None),
    "sound/room.mp3": ("mp3", None),
    "words/chapters.json": ("chapters", None),
    "words/transcript.vtt": ("vtt", None),
    "words/transcript.srt": ("srt", None),
    "words/transcript.json": ("json", None),
}
SAID = (
    Said(1_000, 3_000, "Nour", "They asked me this."),
    Said(4_000, 6_000, "Karim", "On the boats <we> had a rule."),
    Said(6_000, 9_000, "Karim", "You said what you saw."),
    Said(11_000, 12_000, "Tomasz", "A court needs a guardian."),
)


@dataclass
class Shelf:
    """The copy, the room it is of, and the cookies of who knows it."""

    place: Place
    room: Room
    cookies: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    async def copy(self) -> Copy:
        async with self.place.causerie.database.read() as connection:
            found = await copy_by_name(connection, NAME)
        assert found is not None
        return found

    async def change(self, **values: Any) -> None:
        """The copy's row is otherwise."""
        copy = await self.copy()
        await self.place.causerie.database.write(lambda tx: store.change(tx, copy.id, **values))

    async def sql(self, statement: Any) -> None:
        await self.place.causerie.database.write(lambda tx: tx.run(statement))

    async def host(self) -> Person:
        """Aurélie, whose room it is."""
        async with self.place.causerie.database.read() as connection:
            found = await person_by_id(connection, PersonId(self.people["Aurélie"]))
        assert found is not None
        return found

    async def get(self, path: str, name: str = "", **headers: str) -> Any:
        async with self.place.browser(self.cookies.get(name, "")) as browser:
            return await browser.get(path, headers={key.replace("_", "-"): value for key, value in headers.items()})

    async def post(self, path: str, name: str = "", **more: Any) -> Any:
        async with self.place.browser(self.cookies.get(name, "")) as browser:
            return await browser.post(path, **more)


async def shelved(place: Place, title: str = "Can a river have <rights>?", **more: Any) -> Shelf:
    """Aurélie's room with Karim and Tomasz; Nour asks with her name, Ben without."""
    people, cookies = {}, {}
    for name in ("Aurélie", "Karim", "Tomasz", "Nour", "Ben", "Cho"):
        person, cookies[name] = await place.person(name, may_open_rooms=name == "Aurélie")
        people[name] = person
    room = await place.room(people["Aurélie"], title, name="river", **more)
    shelf = Shelf(place, room, cookies, {name: person.id for name, person in people.items()})
    contents = await _files(place, shelf)
    await place.causerie.database.write(lambda tx: _written(tx, shelf, contents))
    return shelf


async def _files(place: Place, shelf: Shelf) -> Contents:
    held = []
    for path, (kind, number) in FILES.items():
        key = keys.of_edition(NAME, 1) + path
        stored = await place.causerie.house.copying.storage.keep(key, MP3 if path.endswith(".mp3") else path.encode())
        held.append(File(kind, key, stored.bytes, number))  # type: ignore[arg-type]  # the kinds of the table above
    voices = [("Nour", ((900, 3_100),)), ("Karim", ((4_000, 9_000),)), ("Tomasz", ((3_200, 3_900), (11_000, 12_500)))]
    return Contents(
        length=15_000,
        files=tuple(held),
        voices=tuple(
            Voice(n, shelf.people[name], name, spans, sum(b - a for a, b in spans))
            for n, (name, spans) in enumerate(voices, 1)
        ),
        chapters=(
            Chapter("A1", "Who speaks?", 500, 10_000),
            Chapter("A2", "Whose river?", 10_000, 13_000),
            Chapter("A4", "What remains", 13_000, 15_000),
        ),
        transcript=SAID,
        kept=(Kept(NOON, NOON + 15_000, 0),),
        wave=tuple(range(0, 150, 10)),
    )


async def _written(tx: Tx, shelf: Shelf, contents: Contents) -> None:
    over = {"started_at": NOON, "ended_at": NOON + 20_000, "missed_at": None}
    await tx.run(update(rooms).where(rooms.c.id == shelf.room.id).values(over))
    copy = Copy("C1", NAME, RoomId(shelf.room.id), "ready", "published", 3, 1, 1, NOON, published_at=NOON + 60_000)
    await store.add(tx, copy)
    edition = {"copy": "C1", "number": 1, "edits": "{}", "wanted_at": NOON, "made_at": NOON}
    await tx.run(insert(editions).values(**edition, contents=written(contents)))
    await _asked(tx, shelf, "Q1", "Nour", "Who speaks for the <river>?", votes_=("Ben", "Cho"))
    await _asked(tx, shelf, "Q2", "Ben", "Whose river was it?", hidden_from="audience")
    await _asked(tx, shelf, "Q3", "Cho", "Is it hidden?")
    await _asked(tx, shelf, "Q4", "Cho", "What is still open?", state="carried_over")
    await _asked(tx, shelf, "Q5", "Cho", "What nobody read?", state="pending")
    rows = [
        _answer("A1", ANSWERS["nour"], "answer", "Q1", 500, 10_000),
        _answer("A2", ANSWERS["ben"], "answer", "Q2", 10_000, 13_000),
        replace(_answer("A3", ANSWERS["cho"], "answer", "Q3", 13_000, 13_000), hidden=True, at=None, until=None),
        _answer("A4", TOPIC, "topic", None, 13_000, 15_000),
    ]
    await store.keep(tx, rows)
    await store.place(tx, "C1", contents.chapters)


def _answer(id: str, name: str, kind: Any, question: str | None, begins: int, ends: int) -> Answer:
    return Answer(id, name, "C1", kind, question, None, f"Title {id}", NOON + begins, NOON + ends, begins, ends)


async def _asked(
    tx: Tx, shelf: Shelf, id: str, by: str, text: str, *, votes_: tuple[str, ...] = (), **more: str
) -> None:
    row = {"id": id, "room": shelf.room.id, "person": shelf.people[by], "name": by, "text": text, "myself": False}
    state = {"state": "answered", "hidden_from": "nobody", **more}
    await tx.run(insert(questions).values(**row, asked_at=NOON, on_air_at=NOON, **state))
    for voter in votes_:
        await tx.run(insert(votes).values(question=id, person=shelf.people[voter], value=1, guest=False))
