"""Words are read again of whatever has none, and nothing that is read already is read again."""

from sqlalchemy import delete, insert, select, update

from causerie.accounts.models import people, person_terms
from causerie.discovery.keeping import KINDS, Keeping
from causerie.questions.models import question_terms, questions
from causerie.rooms.models import room_tags, room_terms, rooms
from tests.discovery.shelves import Shelves


async def kept(shelves: Shelves) -> list[list[tuple[object, ...]]]:
    async with shelves.database.read() as connection:
        return [sorted(tuple(row)[1:] for row in await connection.execute(select(kind.terms))) for kind in KINDS]


async def shelved(shelves: Shelves) -> None:
    ada = await shelves.person("Ada Owl", bio="Élève", handle="adowl")
    room = await shelves.room(ada, "Théâtre", description="Cœur", agenda=["One", "Two"], tags=["Birds", "night-owls"])
    await shelves.asked(room, "Do owls sleep?", "1")


async def test_read_again_everything_has_the_words_it_was_written_with(shelves: Shelves):
    await shelved(shelves)
    written = await kept(shelves)

    many = await Keeping(shelves.database, between=0).sweep(anew=True)

    assert (many, await kept(shelves)) == (3, written)
    assert [len(rows) for rows in written] == [1, 1, 1]


async def test_what_somebody_wrote_who_keeps_no_words_is_read_at_the_next_start(shelves: Shelves):
    await shelved(shelves)
    await shelves.run(update(rooms).values(title="Sparrows", description="Wings"))
    await shelves.run(insert(room_tags).values(room=select(rooms.c.id).scalar_subquery(), tag="flight"))
    await shelves.run(update(questions).values(text="Do sparrows sleep?"))
    await shelves.run(delete(person_terms))
    keeping = Keeping(shelves.database, between=0)

    read = [await keeping.sweep(), await keeping.sweep()]

    assert read == [3, 0]
    assert await shelves.every("owl") == ["Sparrows", "Ada Owl"]
    assert await shelves.found("rooms", "theatre") == []
    assert await shelves.every("sparrows") == ["Sparrows", "Do sparrows sleep?"]
    assert await shelves.found("rooms", "flight wings birds two") == ["Sparrows"]


async def test_a_place_from_before_reads_what_it_has_in_slices(shelves: Shelves, monkeypatch):
    monkeypatch.setattr("causerie.discovery.keeping.AT_ONCE", 2)
    monkeypatch.setattr("causerie.discovery.keeping.LOOKED_AT", 3)
    ada = await shelves.person("Ada")
    room = await shelves.room(ada, "Owls")
    for n in range(5):
        await shelves.asked(room, f"Owl {n}?", str(n))
    for terms in (room_terms, person_terms, question_terms):
        await shelves.run(delete(terms))
    keeping = Keeping(shelves.database, between=0)

    keeping.open()
    assert keeping._pass is not None
    await keeping._pass
    await keeping.close()

    assert await shelves.found("questions", "owl") == [f"Owl {n}?" for n in (4, 3, 2, 1, 0)]


async def test_guests_and_bots_have_no_words(shelves: Shelves):
    plain = {"may_open_rooms": False, "admin": False, "created_at": 1}
    await shelves.run(insert(people).values(id="gus", name="Gus", guest=True, bot=False, **plain))
    await shelves.run(insert(people).values(id="bot", name="Bot", guest=False, bot=True, **plain))

    assert await Keeping(shelves.database, between=0).sweep() == 0
