"""Answers worth hearing, of a group and of a host: which there are, in which order, page by page; on both databases."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.dialects import postgresql, sqlite

from causerie.accounts.blocking import block
from causerie.accounts.people import Person
from causerie.accounts.suspending import suspend
from causerie.copies import store
from causerie.copies.contents import Chapter, Contents, File, Voice, written
from causerie.copies.models import answers, copies, editions
from causerie.copies.state import Answer, Copy
from causerie.discovery import answers as discovered
from causerie.discovery.answers import Given, answers_in, answers_of, given_by, many_answers_in, worth_hearing
from causerie.discovery.wanted import Looking
from causerie.groups import actions as groups
from causerie.groups.models import memberships
from causerie.ids import PersonId, RoomId
from causerie.questions.models import questions, votes
from causerie.rooms.models import rooms
from causerie.rooms.state import Room
from causerie.safety.comers import comer
from causerie.safety.models import reports
from tests.discovery.shelves import Shelves


class Copies:
    """Copies that were published one after another, and how somebody finds their answers."""

    def __init__(self, shelves: Shelves) -> None:
        self.shelves, self.many = shelves, 0

    async def copy(self, host: Person, title: str, wishes: dict[str, int], **more: Any) -> Room:
        """A room with a copy; of each question how many wanted to hear it."""
        self.many += 1
        id, of = f"C{self.many:025}", more.pop("of", {})
        room = await self.shelves.room(host, title, **more)
        row = Copy(id, f"{self.many:022}", RoomId(room.id), "ready", "published", 1, 1, 1, self.many)
        await self.shelves.does(store.add, row)
        await self.shelves.run(update(copies).where(copies.c.id == id).values(published_at=self.many, **of))
        chapters = [await self._asked(room, id, n, *wish) for n, wish in enumerate(wishes.items(), 1)]
        placed = tuple(Chapter(one.id, one.title, n * 9_000, n * 9_000 + 9_000) for n, one in enumerate(chapters))
        files = tuple(File("answer", f"copies/{n}.mp3", 1, n) for n in range(1, len(chapters) + 1))
        voices = (Voice(1, host.id, host.name or "", ((0, 60_000),), 60_000), Voice(2, "ben", "Ben", ((0, 1),), 1))
        held = Contents(60_000, files, voices, placed, wave=(9,) * 60)
        edition = {"copy": id, "number": 1, "edits": "{}", "wanted_at": 1, "made_at": 1, "contents": written(held)}
        await self.shelves.run(insert(editions).values(edition))
        await self.shelves.does(store.keep, chapters)
        await self.shelves.does(store.place, id, placed)
        return room

    async def _asked(self, room: Room, copy: str, n: int, words: str, wished: int) -> Answer:
        question = await self.shelves.asked(room, words, f"{copy[-5:]}-{n}")
        for voter in range(wished):
            vote = {"question": question, "person": f"{voter}", "value": 1, "guest": False}
            await self.shelves.run(insert(votes).values(vote))
        name = f"{copy[-18:]}-{n}"
        return Answer(f"{copy[-18:]}{n}", name, copy, "answer", question, None, words, n * 1_000, n * 1_000 + 900)

    async def worth(self, by: str | None = None, **more: Any) -> list[str]:
        return [one.title for one in (await self.found(worth_hearing, by, **more)).found]

    async def of(self, group: str, by: str | None = None) -> list[str]:
        return [one.title for one in (await self.found(answers_in, by, group)).found]

    async def by(self, host: Person, by: str | None = None) -> tuple[list[str], Given]:
        looking = Looking(comer(PersonId(by) if by else None), self.shelves.now)
        async with self.shelves.database.read() as connection:
            listed = await answers_of(connection, looking, host.id, after=None, most=9)
            return [one.title for one in listed.found], await given_by(connection, looking, host.id)

    async def found(self, look: Any, by: str | None = None, *given: Any, after: Any = None, most: int = 9, **more: Any):
        looking = Looking(comer(PersonId(by) if by else None), self.shelves.now, **more)
        async with self.shelves.database.read() as connection:
            return await look(connection, looking, *given, after=after, most=most)


@pytest.fixture
def made(shelves: Shelves) -> Copies:
    return Copies(shelves)


async def test_of_each_copy_the_last_first_the_answer_that_most_wanted_to_hear(made: Copies):
    ada = await made.shelves.person("Ada")
    await made.copy(ada, "Rivers", {"Whose?": 1, "Why?": 3, "How?": 2})
    await made.copy(ada, "Bread", {"Salt?": 0, "Flour?": 0})

    (bread, rivers) = (await made.found(worth_hearing)).found

    assert (bread.title, rivers.title) == ("Salt?", "Why?")
    assert (rivers.asker, rivers.who, rivers.room_title) == ("Ben", ("Ada",), "Rivers")
    assert (rivers.length, rivers.sound, rivers.wave) == (9_000, "copies/2.mp3", (9,) * discovered.BARS)


async def test_only_what_was_published_and_has_a_page_is_there(made: Copies):
    ada = await made.shelves.person("Ada")
    for n, of in enumerate(({"visibility": "unlisted"}, {"visibility": "private"}, {"deleted_at": 1}, {"made": 0})):
        await made.copy(ada, f"Not {n}", {f"Not {n}?": 1}, of=of)
    await made.copy(ada, "By link", {"By link?": 1}, visibility="unlisted")
    await made.copy(ada, "Nothing in it", {})
    await made.copy(ada, "For all", {"Hidden?": 9, "Cut out?": 8, "Heard?": 1})
    for title, away in (("Hidden?", {"hidden": True}), ("Cut out?", {"at": None})):
        await made.shelves.run(update(answers).where(answers.c.title == title).values(away))

    assert [await made.worth(by) for by in (None, ada.id)] == [["Heard?"], ["Heard?"]]


async def test_who_keeps_their_name_to_themselves_is_nowhere_and_who_answered_in_words_is_named(made: Copies):
    ada = await made.shelves.person("Ada")
    await made.copy(ada, "Rivers", {"Whose?": 1})
    await made.copy(ada, "Bread", {"Salt?": 1})
    await made.shelves.run(update(questions).where(questions.c.text == "Whose?").values(hidden_from="audience"))
    later = {"kind": "later", "at": None, "until": None, "text": "None.", "person": "cho", "who": "Cho"}
    await made.shelves.run(update(answers).where(answers.c.title == "Salt?").values(later))

    salt, whose = (await made.found(worth_hearing)).found

    assert (salt.who, salt.sound, salt.length, salt.wave) == (("Cho",), None, 0, ())
    assert whose.asker is None


async def test_a_private_group_s_answers_are_for_its_members(made: Copies):
    ada, ben = [await made.shelves.person(name) for name in ("Ada", "Ben")]
    found = partial(groups.found, by=ada, handle="loire", name="Les Amis", private=True)
    group = (await made.shelves.does(found)).id
    row = {"group_id": group, "person": ben.id, "role": "member", "rank": 3, "since": 1}
    await made.shelves.run(insert(memberships).values(row))
    await made.copy(ada, "Inside", {"A?": 0, "B?": 2}, group="loire")
    await made.copy(ada, "Inside again", {"C?": 1}, group="loire")
    await made.copy(ada, "Outside", {"D?": 1})

    assert [await made.worth(by) for by in (None, "cho", ben.id)] == [["D?"], ["D?"], ["D?", "C?", "B?"]]
    assert [await made.of(group, by) for by in (None, "cho", ben.id)] == [[], [], ["C?", "B?", "A?"]]
    async with made.shelves.database.read() as connection:
        looking = [Looking(comer(PersonId(by)), made.shelves.now) for by in ("cho", ben.id)]
        assert [await many_answers_in(connection, one, group) for one in looking] == [0, 3]


async def test_what_was_reported_or_is_led_by_somebody_suspended_is_not_put_forward(made: Copies):
    ada, ben, root = [await made.shelves.person(name) for name in ("Ada", "Ben", "Root")]
    room = await made.copy(ada, "Reported", {"A?": 1})
    await made.copy(ben, "Suspended", {"B?": 1})
    await made.copy(ada, "Fine", {"C?": 1})
    report = {"id": "1", "room": room.id, "about": "room", "grounds": "spam", "reporter": "x", "at": 1}
    needed = {c.name: "" for c in reports.columns if not (c.nullable or c.server_default or c.name in report)}
    await made.shelves.run(insert(reports).values({**needed, "on_stage": "[]", "apart": False, **report}))
    before = await made.worth()
    await made.shelves.does(suspend, root, ben.id, reason="Shouts", days=None)

    assert (before, await made.worth()) == (["C?", "B?"], ["C?"])


async def test_one_looks_for_answers_in_a_language_and_about_something(made: Copies):
    ada = await made.shelves.person("Ada")
    await made.copy(ada, "Oiseaux", {"Qui ?": 1}, language="fr", tags=["birds"])
    await made.copy(ada, "Birds", {"Who?": 1}, language="en", tags=["birds"])
    await made.copy(ada, "Bread", {"Salt?": 1}, language="en")

    looked = [await made.worth(language="fr"), await made.worth(tag="birds"), await made.worth(tag="stars")]
    assert looked == [["Qui ?"], ["Who?", "Qui ?"], []]


async def test_lists_go_on_page_after_page_until_their_end(made: Copies):
    ada = await made.shelves.person("Ada")
    group = (await made.shelves.does(partial(groups.found, by=ada, handle="loire", name="Les Amis"))).id
    for n in range(3):
        await made.copy(ada, f"Room {n}", {f"{n} {wished}?": wished % 2 for wished in range(3)}, group="loire")
    pages: dict[str, list[list[str]]] = {"worth": [], "group": [], "host": []}
    lists = (("worth", worth_hearing, ()), ("group", answers_in, (group,)), ("host", answers_of, (ada.id,)))

    for name, look, given in lists:
        after = None
        while not pages[name] or after:
            page = await made.found(look, None, *given, after=after, most=2)
            after = page.next
            pages[name].append([one.title for one in page.found])

    assert pages["worth"] == [["2 1?", "1 1?"], ["0 1?"]]
    expected = [f"{n} {wished}?" for n in (2, 1, 0) for wished in (1, 0, 2)]
    assert pages["group"] == pages["host"] == [expected[n : n + 2] for n in range(0, 9, 2)]


async def test_it_is_read_off_an_index_however_many_copies_there_are(made: Copies):
    ada = await made.shelves.person("Ada")
    await made.copy(ada, "Rivers", {"Whose?": 1})
    after = f"5.{'C' * 26}.1.{'A' * 19}"
    looking = Looking(comer(None), made.shelves.now)

    plan = await explained(made, discovered._after(discovered._worth(looking), after).limit(4))

    assert "ix_copies_published" in plan, plan
    assert "SCAN answers" not in plan, plan
    assert "Seq Scan on answers" not in plan, plan


async def test_of_a_host_there_is_what_was_given_in_public_rooms_and_no_number_tells_of_others(made: Copies):
    ada, ben, cho = [await made.shelves.person(name) for name in ("Ada", "Ben", "Cho")]
    for handle, private in (("open", False), ("shut", True)):
        await made.shelves.does(partial(groups.found, by=ada, handle=handle, name=handle, private=private))
    held = [
        await made.copy(ada, "Rivers", {"Whose?": 1, "Written by Ben?": 0, "Written by Ada?": 0}),
        await made.copy(ada, "Open", {"Open?": 1}, group="open"),
        await made.copy(ada, "Shut", {"Shut?": 1}, group="shut"),
        await made.copy(ada, "By link", {"By link?": 1}, visibility="unlisted"),
        await made.copy(ada, "Invited", {"Invited?": 1}, visibility="invited"),
        await made.copy(ada, "Kept", {"Kept?": 1}, of={"visibility": "unlisted"}),
        await made.copy(ben, "Ben's", {"Ben's?": 1}),
    ]
    for title, person in (("Written by Ben?", ben), ("Written by Ada?", ada)):
        later = {"kind": "later", "at": None, "until": None, "text": "So.", "person": person.id, "who": person.name}
        await made.shelves.run(update(answers).where(answers.c.title == title).values(later))
    await made.shelves.run(update(rooms).where(rooms.c.id.in_([room.id for room in held])).values(ended_at=1))

    for_all = ["Open?", "Whose?", "Written by Ada?"]
    assert [await made.by(ada, looker) for looker in (None, cho.id, ada.id)] == [(for_all, Given(3, 3))] * 3
    await made.shelves.does(block, ada.id, cho.id)
    assert await made.by(ada, cho.id) == ([], Given(0, 0))
    await made.shelves.does(suspend, cho, ada.id, reason="Shouts", days=None)
    assert await made.by(ada) == ([], Given(0, 0))


async def test_a_host_s_answers_are_found_by_their_rooms_and_not_among_all(made: Copies):
    ada = await made.shelves.person("Ada")
    await made.copy(ada, "Rivers", {"Whose?": 1})
    looking = Looking(comer(None), made.shelves.now)

    plan = await explained(made, discovered._of(looking, ada.id).limit(4))

    assert "ix_rooms_host" in plan, plan
    assert "SCAN answers" not in plan, plan
    assert "Seq Scan on answers" not in plan, plan


async def explained(made: Copies, wanted: Any) -> str:
    async with made.shelves.database.read() as connection:
        light = connection.dialect.name == "sqlite"
        dialect: Any = sqlite.dialect() if light else postgresql.dialect()
        said = str(wanted.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        if light:
            rows = await connection.execute(text(f"EXPLAIN QUERY PLAN {said}"))
            return "\n".join(str(row[3]) for row in rows)
        # There is next to nothing in it: what matters is whether there is a way without going through everything.
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        return "\n".join(str(row[0]) for row in await connection.execute(text(f"EXPLAIN {said}")))
