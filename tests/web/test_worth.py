"""Answers over HTTP: with a sound that plays, on the page before it asks, and nothing of what one may not know of."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.copies.shelf import ANSWERS, NAME, Shelf, shelved
from tests.place import opened
from tests.web.test_home import statements


@pytest.fixture
async def shelf(tmp_path: Path, database_url: str) -> AsyncIterator[Shelf]:
    async with opened(tmp_path / "data", url=database_url) as place:
        yield await shelved(place)


async def told(shelf: Shelf, path: str = "/api/v1/answers", name: str = "") -> Any:
    answer = await shelf.get(path, name)
    return answer.json() if answer.status_code == 200 else answer.status_code


async def test_an_answer_is_told_as_its_page_tells_it_and_its_sound_plays(shelf: Shelf):
    (card,) = (await told(shelf))["answers"]
    sound = await shelf.get(card["sound"])

    assert {name: card[name] for name in card if name not in ("sound", "wave")} == {
        "answer": ANSWERS["nour"],
        "title": "Who speaks for the <river>?",
        "asker": "Nour",
        "who": ["Karim", "Tomasz"],
        "room": "river",
        "room_title": "Can a river have <rights>?",
        "copy_name": NAME,
        "language": "en",
        "length": 9_500,
    }
    assert (sound.status_code, sound.content[:3]) == (200, b"ID3")
    assert (len(card["wave"]), min(card["wave"]), max(card["wave"])) == (40, 0, 90)


async def test_of_who_is_banned_nothing_is_there_and_a_hidden_copy_is_nowhere(shelf: Shelf):
    host = shelf.cookies["Aurélie"]
    async with shelf.place.browser(host) as browser:
        assert (await browser.put(f"/api/v1/me/blocks/{shelf.people['Ben']}", json={})).status_code == 204
    of_ben = await told(shelf, name="Ben")
    assert len((await told(shelf, name="Cho"))["answers"]) == 1

    await shelf.change(visibility="unlisted")

    assert [of_ben, await told(shelf, name="Cho")] == [{"answers": [], "next": None}] * 2


async def test_of_a_group_there_is_all_and_how_many(shelf: Shelf):
    async with shelf.place.browser(shelf.cookies["Aurélie"]) as browser:
        group = {"handle": "loire", "name": "Les Amis", "private": True}
        assert (await browser.post("/api/v1/groups", json=group)).status_code == 201
        plan = {"title": "Another", "group": "loire"}
        assert (await browser.post("/api/v1/rooms", json=plan)).status_code == 201
    async with shelf.place.causerie.database.read() as connection:
        id = (await connection.exec_driver_sql("SELECT id FROM groups")).scalar()
    await shelf.place.causerie.database.write(
        lambda tx: tx.connection.exec_driver_sql(f"UPDATE rooms SET group_id = '{id}' WHERE name = 'river'")
    )
    path = "/api/v1/groups/loire/answers"

    theirs = await told(shelf, path, "Aurélie")

    assert ([card["answer"] for card in theirs["answers"]], theirs["many"], theirs["next"]) == (
        [ANSWERS["nour"], ANSWERS["ben"]],
        2,
        None,
    )
    assert [await told(shelf, path, name) for name in ("", "Cho")] == [404, 404]
    assert [(await shelf.get("/g/loire/answers", name)).status_code for name in ("Aurélie", "Cho")] == [200, 404]
    assert (await told(shelf))["answers"] == []


@pytest.mark.parametrize("after", ["now", "1.%00.1.A", "9999999999999999.A.1.A", "1.A.9999999999.A", "1.A"])
async def test_no_odd_place_is_meant(shelf: Shelf, after: str):
    assert await told(shelf, f"/api/v1/answers?after={after}") == 422


async def test_a_list_behind_its_end_is_empty(shelf: Shelf):
    assert await told(shelf, "/api/v1/answers?after=0.A.0.A") == {"answers": [], "next": None}


async def test_of_a_host_there_is_all_on_their_page_and_on_one_of_its_own(shelf: Shelf):
    async with shelf.place.browser(shelf.cookies["Aurélie"]) as browser:
        said = {"name": "Aurélie", "handle": "aurelie", "bio": "", "links": [], "languages": []}
        assert (await browser.put("/api/v1/me/profile", json=said)).status_code == 204
    path = "/api/v1/profiles/aurelie"

    theirs = await told(shelf, f"{path}/answers")
    first = await told(shelf, f"{path}/answers?most=1")
    rest = await told(shelf, f"{path}/answers?after={first['next']}")
    profile = await told(shelf, path)
    pages = [(await shelf.get(page)).status_code for page in ("/@aurelie/answers", "/@eve/answers")]

    assert ([card["answer"] for card in theirs["answers"]], theirs["many"]) == ([ANSWERS["nour"], ANSWERS["ben"]], 2)
    assert [card["answer"] for card in first["answers"] + rest["answers"]] == [ANSWERS["nour"], ANSWERS["ben"]]
    assert (profile["answers"], pages, await told(shelf, "/api/v1/profiles/eve/answers")) == (2, [200, 404], 404)


async def test_it_asks_the_database_four_times(shelf: Shelf):
    with statements(shelf.place.causerie.database) as asked:
        assert (await told(shelf, name="Cho"))["answers"]

    assert len(asked) <= 4
