"""The audit log: newest first, by verb and by person, a page at a time and as a table, and without what is not told."""

import csv
import io
from typing import Any

import pytest

from tests.live.conftest import Evening
from tests.place import Place
from tests.web.test_home import statements


async def read(place: Place, cookie: str, path: str = "/audit", **filters: str) -> Any:
    async with place.browser(cookie) as browser:
        return await browser.get(f"/api/v1/admin{path}", params=filters)


async def runs_it(place: Place) -> str:
    return (await place.person("Root", admin=True))[1]


async def done(place: Place, verb: str, times: int) -> None:
    async def write(tx: Any) -> None:
        for _ in range(times):
            await tx.audit(verb, actor="01AAAAAAAAAAAAAAAAAAAAAAAA")

    await place.causerie.database.write(write)


async def test_the_latest_is_first_and_says_who_did_what_to_whom_and_where(place: Place, evening: Evening):
    await evening.ada.does("stage.invite", person=evening.id("Ben"))

    told = (await read(place, await runs_it(place))).json()

    shown = [(line["verb"], line["name"], line["title"], line["of"]) for line in told["lines"]]
    assert (shown, told["next"]) == (
        [("stage.invite", "Ada", "Sparrows", "Ben"), ("room.start", "Ada", "Sparrows", None)],
        None,
    )


async def test_it_is_read_by_verb_and_by_person(place: Place, evening: Evening):
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    cookie = await runs_it(place)

    async def verbs(**filters: str) -> list[str]:
        return [line["verb"] for line in (await read(place, cookie, **filters)).json()["lines"]]

    assert await verbs(verb="room.") == ["room.start"]
    assert await verbs(by="Ada") == await verbs(by=evening.id("Ada")) == ["stage.invite", "room.start"]
    assert await verbs(by="Ben") == await verbs(verb="room_") == []


async def test_who_knocked_and_whose_question_it_was_is_not_told(place: Place, evening: Evening):
    async def write(tx: Any) -> None:
        for verb in ("knock.refuse", "floor.thank"):
            await tx.audit(verb, actor=evening.id("Ada"), subject=evening.id("Ben"))

    await place.causerie.database.write(write)
    cookie = await runs_it(place)

    told = (await read(place, cookie)).json()["lines"]
    table = (await read(place, cookie, "/audit.csv")).text

    assert [line["subject"] for line in told[:2]] == [None, None]
    assert evening.id("Ben") not in str(told) + table


async def test_fifty_come_at_a_time_and_cost_the_same_however_many_there_are(place: Place):
    cookie = await runs_it(place)

    async def cost(expected: int) -> int:
        with statements(place.causerie.database) as made:
            assert len((await read(place, cookie)).json()["lines"]) == expected
        return len(made)

    await done(place, "room.end", 1)
    one = await cost(1)
    await done(place, "room.end", 2)
    assert await cost(3) == one
    await done(place, "room.lock", 100)

    pages, before = [], ""
    while before is not None:
        told = (await read(place, cookie, before=before)).json()
        pages.append([line["id"] for line in told["lines"]])
        before = told["next"]

    ids = [id for page in pages for id in page]
    assert [len(page) for page in pages] == [50, 50, 3]
    assert ids == sorted(set(ids), reverse=True)


async def test_as_a_table_no_name_is_a_formula(place: Place):
    person, cookie = await place.person("=1+1", admin=True)

    async def write(tx: Any) -> None:
        await tx.audit("room.end", actor=person.id)

    await place.causerie.database.write(write)

    answer = await read(place, cookie, "/audit.csv")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["verb"], row["by"], row["by_id"]) for row in rows] == [("room.end", "'=1+1", person.id)]
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("text/csv; charset=utf-8", "no-store")


async def test_the_table_has_all_of_it_each_line_once(place: Place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.web.admin.audit.PIECE", 2)
    cookie = await runs_it(place)
    for times in (1, 2, 4):
        await done(place, f"room.lock_{times}", times)

    table = (await read(place, cookie, "/audit.csv")).text

    verbs = [row["verb"] for row in csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))]
    assert verbs == ["room.lock_4"] * 4 + ["room.lock_2"] * 2 + ["room.lock_1"]


@pytest.mark.parametrize("filters", [{"verb": "Room"}, {"before": "../x"}, {"by": "a\0b"}])
async def test_what_cannot_be_meant_is_refused(place: Place, filters: dict[str, str]):
    answer = await read(place, await runs_it(place), **filters)

    assert (answer.status_code, answer.json()["code"]) == (422, "body.invalid")
