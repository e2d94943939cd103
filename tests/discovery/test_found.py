"""What is found by words, in which order, and page by page; on both databases."""

import pytest
from sqlalchemy import delete, insert, update

from causerie.accounts.actions import add_person
from causerie.accounts.checks import check
from causerie.accounts.models import people, proofs
from causerie.accounts.profiles import write_profile
from causerie.discovery import seeing
from causerie.discovery.errors import PlaceUnknown, SearchLong, SearchShort
from causerie.discovery.people import FoundPerson
from causerie.discovery.questions import FoundQuestion
from causerie.discovery.wanted import place, words
from causerie.questions import store as questions
from causerie.questions.events import QuestionEdited
from causerie.rooms import actions as rooms
from causerie.rooms.models import room_tags
from causerie.rooms.models import rooms as rooms_table
from causerie.terms import Sought
from tests.discovery.shelves import Shelves
from tests.web.test_home import statements


async def test_rooms_are_found_by_title_description_agenda_and_tags_those_by_title_first(shelves: Shelves):
    ada = await shelves.person("Ada")
    await shelves.room(ada, "Owls at night")
    await shelves.room(ada, "Evening", description="We hear OWLS.")
    await shelves.room(ada, "Morning", agenda=["Why owls sleep"])
    await shelves.room(ada, "Noon", tags=["owls"])
    await shelves.room(ada, "The owl's flight")
    await shelves.room(ada, "Sparrows")

    assert await shelves.found("rooms", "owls") == ["Owls at night", "Noon", "Morning", "Evening"]
    assert await shelves.found("rooms", "ow") == ["The owl's flight", "Owls at night", "Noon", "Morning", "Evening"]
    assert await shelves.found("rooms", "night owls") == ["Owls at night"]
    assert await shelves.found("rooms", "evening owl") == ["Evening"]


async def test_words_are_found_however_they_are_written(shelves: Shelves):
    ada = await shelves.person("Ada")
    await shelves.room(ada, "Le cœur du théâtre", language="fr")
    await shelves.room(ada, "مَدْرَسَة الموسيقى", language="ar")

    assert await shelves.found("rooms", "COEUR theat") == ["Le cœur du théâtre"]
    assert await shelves.found("rooms", "مدرسه الموسيقي") == ["مَدْرَسَة الموسيقى"]
    assert await shelves.found("rooms", "theatre", language="ar") == []


@pytest.mark.parametrize("few", [0, 1, 200])
async def test_within_a_tag_the_same_is_found_however_many_rooms_have_it(
    shelves: Shelves, monkeypatch: pytest.MonkeyPatch, few: int
):
    monkeypatch.setattr(seeing, "FEW", few)
    ada = await shelves.person("Ada")
    night = await shelves.room(ada, "Owls", tags=["night"])
    await shelves.room(ada, "Owls by day", tags=["day"])
    await shelves.room(ada, "Late", description="Of owls", tags=["night", "day"])
    day = await shelves.room(ada, "Owls without end")
    await shelves.asked(night, "Do owls sleep?", "1")
    await shelves.asked(day, "Do owls wake?", "2")
    await shelves.asked(night, "Do mice?", "3")

    assert await shelves.found("rooms", "owl", tag="night") == ["Owls", "Late"]
    assert await shelves.found("rooms", "owl", tag="day") == ["Owls by day", "Late"]
    assert await shelves.found("questions", "owl", tag="night") == ["Do owls sleep?"]
    assert await shelves.every("owl", tag="noon") == []


async def test_people_verified_ones_first_then_by_name_before_what_they_say(shelves: Shelves):
    await shelves.person("Ada", bio="A friend of Ben")
    ben = await shelves.person("Ben")
    cho = await shelves.person("Cho", bio="Not Ben")
    eve = await shelves.person("Eve Ben")
    await shelves.does(check, eve.id, "Passport", by=ben.id)
    proof = {"token": "t", "asked_at": 1, "domain": "cho.example.org"}
    await shelves.run(insert(proofs).values(id="1", person=cho.id, proved_at=1, **proof))
    await shelves.run(insert(proofs).values(id="2", person=ben.id, proved_at=1, lost_at=2, **proof))

    assert await shelves.found("people", "ben") == ["Eve Ben", "Cho", "Ben", "Ada"]
    assert await shelves.found("people", "@ada_x") == ["Ada"]
    assert (await shelves.page("people", "cho")).found == [
        FoundPerson(cho.id, "Cho", "cho_x", None, "Not Ben", checked=False, proved=("cho.example.org",))
    ]


async def test_nobody_without_an_account_or_an_address_is_found(shelves: Shelves):
    for name, more in (("Gus guest", {"guest": True}), ("Gus bot", {"bot": True}), ("Gus plain", {})):
        await shelves.does(add_person, name=name, **more)
    await shelves.person("Gus")

    assert await shelves.found("people", "gus") == ["Gus"]


async def test_a_question_says_who_asked_only_where_everybody_may_know(shelves: Shelves):
    room = await shelves.room(await shelves.person("Ada"), "Birds")
    await shelves.asked(room, "Do owls sleep?", "1")
    await shelves.asked(room, "Do owls dream?", "2", hidden_from="audience")

    found = (await shelves.page("questions", "owls")).found

    known = {"state": "open", "asked_at": shelves.now, "room": "birds", "title": "Birds", "language": "en"}
    assert found == [
        FoundQuestion("2", "Do owls dream?", None, **known, answer=None),
        FoundQuestion("1", "Do owls sleep?", "Ben", **known, answer=None),
    ]


async def test_what_is_changed_is_found_by_its_new_words_in_the_same_turn(shelves: Shelves):
    ada = await shelves.person("Ada", bio="Sparrows")
    room = await shelves.room(ada, "Sparrows", agenda=["Sparrows"])
    asked = await shelves.asked(room, "Do sparrows sleep?", "1")

    await shelves.does(rooms.reword, room, title="Owls", description="", language="en")
    await shelves.does(rooms.set_agenda, room, ["Wings"])
    await shelves.does(questions.store, room.id, [QuestionEdited(asked, "Do owls sleep?", shelves.now)])
    await shelves.does(
        lambda tx: write_profile(tx, ada, name="Ada Owl", handle="adowl", bio="", links=[], languages=[])
    )

    assert await shelves.every("sparrows") == []
    assert await shelves.every("owl") == ["Owls", "Ada Owl", "Do owls sleep?"]
    assert await shelves.every("wings") == ["Owls"]
    assert await shelves.found("people", "adowl") == ["Ada Owl"]


async def test_a_text_that_is_written_or_erased_past_us_is_found_by_no_old_word(shelves: Shelves):
    ada = await shelves.person("Ada Sparrow")
    room = await shelves.room(ada, "Sparrows", tags=["sparrows"])

    await shelves.run(update(rooms_table).where(rooms_table.c.id == room.id).values(title="Owls"))
    await shelves.run(delete(room_tags))
    await shelves.run(update(people).values(name=""))

    assert await shelves.every("sparrows") == []


async def test_a_room_that_is_gone_takes_its_words_along(shelves: Shelves):
    room = await shelves.room(await shelves.person("Ada"), "Sparrows")

    await shelves.run(delete(rooms_table).where(rooms_table.c.id == room.id))

    assert await shelves.found("rooms", "sparrows") == []


@pytest.mark.parametrize("kind", ["rooms", "people", "questions"])
async def test_page_by_page_everything_comes_once_and_in_order(shelves: Shelves, kind: str):
    ada = await shelves.person("Ada owl")
    for n in range(5):
        room = await shelves.room(ada, f"Owl {n}" if n % 2 else f"Bird {n}", description="owl")
        await shelves.person(f"Owl{n}" if n % 2 else f"Bird{n}", bio="owl")
        await shelves.asked(room, f"An owl {n}?", str(n))
    whole = await shelves.found(kind, "owl")

    pages, after = [], None
    while True:
        page = await shelves.page(kind, "owl", most=2, after=after)
        pages.append(page.found)
        if page.next is None:
            break
        after = place(str(page.next))

    assert [len(page) for page in pages] == [2, 2, 2] if kind == "people" else [2, 2, 1]
    assert [one for page in pages for one in page] == (await shelves.page(kind, "owl")).found
    assert len(set(whole)) == len(whole) == sum(map(len, pages))


@pytest.mark.parametrize("kind", ["rooms", "people", "questions"])
async def test_three_are_found_with_as_many_statements_as_one(shelves: Shelves, kind: str):
    ada = await shelves.person("Ada owl")
    counts = []
    for n in range(3):
        room = await shelves.room(ada, f"Owl {n}")
        await shelves.asked(room, f"An owl {n}?", str(n))
        await shelves.person(f"Owl{n}")
        with statements(shelves.database) as told:
            assert len(await shelves.found(kind, "owl")) == n + 1 + (kind == "people")
        counts.append(len(told))

    assert len(set(counts)) == 1


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        *((short, SearchShort) for short in ("", " ?! ", "a", "🦉🦉🦉", "\ud800", "\"*'()^:-")),
        *((long, SearchLong) for long in ("a" * 201, "owl " * 2500)),
    ],
)
def test_a_search_that_says_too_little_or_too_much_is_refused(said: str, refused: type[Exception]):
    with pytest.raises(refused):
        words(said)


def test_of_very_many_words_the_first_count():
    assert words(" ".join(f"{n:02d}" for n in range(40))) == Sought(tuple(f"{n:02d}" for n in range(12)), "39")


@pytest.mark.parametrize("said", ["", "0", "4.1", "0.-1", "0.99999999999", "0.4294967296", "0.١", "0.1;", "1.2.3"])
def test_a_place_nobody_was_given_is_refused(said: str):
    with pytest.raises(PlaceUnknown):
        place(said)
