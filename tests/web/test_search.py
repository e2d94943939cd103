"""Search over HTTP: what comes back, to whom, and what is refused."""

from collections.abc import AsyncIterator

import pytest
from httpx import Response

from causerie.accounts.handles import take_handle
from causerie.questions.events import QuestionAsked
from causerie.questions.store import store
from tests.place import Place, opened
from tests.web.test_home import statements


@pytest.fixture
async def place(tmp_path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


async def searched(place: Place, cookie: str = "", **said: str) -> Response:
    async with place.browser(cookie) as browser:
        return await browser.get("/api/v1/search", params=said)


async def with_owls(place: Place) -> str:
    """Ada Owl, her room and a question in it; her cookie."""
    ada, cookie = await place.person("Ada Owl", may_open_rooms=True)
    await place.causerie.database.write(lambda tx: take_handle(tx, ada.id, "adowl"))
    room = await place.room(ada, "Owls <b>", description="Of the owl's flight", tags=["night"], language="fr")
    asked = QuestionAsked("1", ada.id, "Ada Owl", "Do owls sleep?", False, 1, hidden_from="audience")
    await place.causerie.database.write(lambda tx: store(tx, room.id, [asked]))
    return cookie


async def test_what_was_asked_for_is_marked_in_pieces_of_text(place: Place):
    await with_owls(place)

    found = (await searched(place, q="owl")).json()

    assert found["rooms"]["found"][0]["title"] == [["Owls", True], [" <b>", False]]
    assert found["rooms"]["found"][0]["about"] == [["Of the ", False], ["owl", True], ["'s flight", False]]
    assert found["rooms"]["found"][0]["card"]["room"] == "owls-b"
    assert found["people"] == {
        "found": [
            {
                "handle": "adowl",
                "name": [["Ada ", False], ["Owl", True]],
                "bio": [],
                "portrait": None,
                "checked": False,
                "proved": [],
            }
        ],
        "next": None,
    }
    assert found["questions"] == {
        "found": [
            {
                "id": "1",
                "text": [["Do ", False], ["owls", True], [" sleep?", False]],
                "name": None,
                "state": "open",
                "asked_at": 1,
                "room": "owls-b",
                "title": "Owls <b>",
                "language": "fr",
                "answer": None,
            }
        ],
        "next": None,
    }


async def test_one_kind_one_language_one_tag_and_page_after_page(place: Place):
    await with_owls(place)
    ada, _ = await place.person("Ben", may_open_rooms=True)
    for n in range(25):
        await place.room(ada, f"Owls {n}")

    first = (await searched(place, q="owls", kind="rooms")).json()
    second = (await searched(place, q="owls", kind="rooms", after=first["rooms"]["next"])).json()
    french = (await searched(place, q="owls", language="fr")).json()
    tagged = (await searched(place, q="owls", tag="#Night")).json()

    assert (first["people"], len(first["rooms"]["found"]), len(second["rooms"]["found"])) == (None, 20, 6)
    assert second["rooms"]["next"] is None
    assert [len(french[kind]["found"]) for kind in ("rooms", "people", "questions")] == [1, 0, 1]
    assert [len(tagged[kind]["found"]) for kind in ("rooms", "people", "questions")] == [1, 0, 1]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "search.short"),
        ({"q": ""}, "search.short"),
        ({"q": "?!* \"'()"}, "search.short"),
        ({"q": "🦉"}, "search.short"),
        ({"q": "x" * 10_000}, "search.long"),
        ({"q": "owl", "kind": "rooms", "after": "9.9"}, "search.place"),
        ({"q": "owl", "kind": "clips"}, "body.invalid"),
        ({"q": "owl", "language": "\0"}, "body.invalid"),
        ({"q": "owl", "tag": "\0"}, "room.tags"),
    ],
)
async def test_what_cannot_be_looked_for_is_refused(place: Place, said: dict[str, str], code: str):
    told = await searched(place, **said)

    assert (told.status_code, told.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    "odd",
    [
        '"owls"',
        "owls AND",
        "NEAR(owls, 2)",
        "owls*",
        "title:owls",
        "-owls",
        "owls' OR 1=1 --",
        "owls\0",
        "owls & | ! <->",
        "{title}: owls 🦉",
        "(^owls \\",
        "owls " * 39,
    ],
)
async def test_what_a_database_might_read_as_its_own_is_words_like_any(place: Place, odd: str):
    await with_owls(place)

    assert (await searched(place, q=odd)).status_code == 200


async def test_a_lone_surrogate_in_the_address_is_no_error(place: Place):
    async with place.browser() as browser:
        told = await browser.get("/api/v1/search?q=owls%ED%A0%80&tag=%ED%A0%80")

    assert told.status_code in (200, 422)


async def test_many_are_found_with_as_many_statements_as_one(place: Place):
    counts = []
    for n in range(3):
        person, _ = await place.person(f"Owl {n}", may_open_rooms=True)
        await place.room(person, f"Owl {n}")
        with statements(place.causerie.database) as told:
            assert (await searched(place, q="owl")).status_code == 200
        counts.append(len(told))

    assert len(set(counts)) == 1


async def test_the_page_of_search_is_there(place: Place):
    async with place.browser() as browser:
        assert (await browser.get("/search?q=owls")).status_code == 200
