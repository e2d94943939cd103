"""What was decided about somebody: they are told, read why, and answer; both sides hear what came of it."""

from typing import Any

import pytest
from sqlalchemy import func, select

from causerie.accounts.models import appeals
from tests.live.conftest import Evening, evening_in
from tests.place import Place
from tests.web.test_home import statements
from tests.web.test_overseeing import WHY, asked, root

TEXT = "The room was quiet, and all had been asked."


@pytest.fixture
async def evening(place: Place) -> Evening:
    return await evening_in(place)


async def ended(evening: Evening, cookie: str) -> str:
    """Its room is ended by those who run the place; gives the decision."""
    await asked(evening.place, cookie, "POST", "/admin/rooms/sparrows/end", {"reason": WHY})
    return (await asked(evening.place, evening.ada.cookie, "GET", "/me/decisions"))[1][0]["id"]


async def inbox(evening: Evening, cookie: str) -> list[tuple[str, str, str]]:
    await evening.place.causerie.notices.sweep()
    _, told = await asked(evening.place, cookie, "GET", "/inbox")
    return [(line["title"], line["text"], line["path"]) for line in told["notices"]]


async def test_both_sides_are_told(evening: Evening):
    place, cookie = evening.place, await root(evening.place)
    id = await ended(evening, cookie)
    decided = await inbox(evening, evening.ada.cookie)

    await asked(place, evening.ada.cookie, "POST", f"/me/decisions/{id}/appeal", {"text": TEXT})
    to_answer = await inbox(evening, cookie)
    _, waiting = await asked(place, cookie, "GET", "/admin/appeals")
    path = f"/admin/appeals/{waiting['found'][0]['id']}/answer"
    await asked(place, cookie, "PUT", path, {"granted": False, "text": "It was not quiet."})
    answered = await inbox(evening, evening.ada.cookie)
    _, [own] = await asked(place, evening.ada.cookie, "GET", "/me/decisions")

    assert decided == [("A decision about you: Sparrows", WHY, "/decisions")]
    assert to_answer == [("An appeal to answer: Sparrows", "Ada answers to a decision.", "/admin/reports")]
    assert answered[0] == ("Your appeal was answered: Sparrows", "It was not quiet.", "/decisions")
    assert [(one["text"], one["granted"], one["answer"]) for one in own["appeals"]] == [
        (TEXT, False, "It was not quiet.")
    ]
    _, past = await asked(place, cookie, "GET", "/admin/appeals", params={"state": "answered"})
    assert [one["text"] for one in past["found"]] == [TEXT]


async def test_one_appeal_waits_at_a_time_and_three_are_heard(evening: Evening):
    place, cookie = evening.place, await root(evening.place)
    path, codes = f"/me/decisions/{await ended(evening, cookie)}/appeal", []

    for _ in range(4):
        for _again in range(2):
            status, told = await asked(place, evening.ada.cookie, "POST", path, {"text": TEXT})
            codes.append(told.get("code", status))
        _, waiting = await asked(place, cookie, "GET", "/admin/appeals")
        for one in waiting["found"]:
            said = {"granted": False, "text": "It stays so."}
            await asked(place, cookie, "PUT", f"/admin/appeals/{one['id']}/answer", said)

    assert codes == [201, "appeal.open"] * 3 + ["appeal.too_many"] * 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text": " "}, (422, "appeal.length")),
        ({"text": "x" * 2001}, (422, "appeal.length")),
        ({}, (422, "body.invalid")),
        ({"text": TEXT, "granted": True}, (422, "body.invalid")),
    ],
)
async def test_an_appeal_that_cannot_be_meant_is_written_nowhere(evening: Evening, said: Any, code: tuple[int, str]):
    id = await ended(evening, await root(evening.place))

    status, told = await asked(evening.place, evening.ada.cookie, "POST", f"/me/decisions/{id}/appeal", said)

    assert (status, told["code"]) == code
    assert await appeals_kept(evening.place) == 0


async def appeals_kept(place: Place) -> int:
    async with place.causerie.database.read() as connection:
        return await connection.scalar(select(func.count()).select_from(appeals)) or 0


async def test_anothers_decision_is_not_there(evening: Evening):
    place = evening.place
    id = await ended(evening, await root(place))

    answers = [
        (await asked(place, who.cookie, "POST", f"/me/decisions/{at}/appeal", {"text": TEXT}))[1]["code"]
        for who, at in ((evening.ben, id), (evening.ben, "nothing"), (evening.visitor, id))
    ]

    assert answers == ["decision.unknown", "decision.unknown", "account.needed"]
    assert (await asked(place, evening.ben.cookie, "GET", "/me/decisions"))[1] == []
    assert await appeals_kept(place) == 0


async def test_what_cannot_be_undone_stays_and_what_was_undone_is_not_undone_twice(evening: Evening):
    place, cookie = evening.place, await root(evening.place)
    final = await asked(
        place, cookie, "POST", f"/admin/decisions/{await ended(evening, cookie)}/undo", {"reason": "Sorry"}
    )
    path = f"/admin/people/{evening.id('Ben')}/suspension"
    _, made = await asked(place, cookie, "POST", path, {"reason": WHY})
    undo = f"/admin/decisions/{made['id']}/undo"
    codes = [(await asked(place, cookie, "POST", undo, {"reason": said}))[0] for said in ("", "Sorry", "Sorry")]

    assert (final[1]["code"], codes) == ("decision.final", [422, 204, 404])


async def test_the_lists_cost_the_same_however_long_they_are(evening: Evening):
    place, cookie = evening.place, await root(evening.place)

    async def cost(who: str, path: str) -> int:
        with statements(place.causerie.database) as made:
            await asked(place, who, "GET", path)
        return len(made)

    lists = [(evening.ada.cookie, "/me/decisions"), (cookie, "/admin/appeals"), (cookie, "/admin/reports")]
    before = [await cost(*one) for one in lists]
    id = await ended(evening, cookie)
    await asked(place, evening.ada.cookie, "POST", f"/me/decisions/{id}/appeal", {"text": TEXT})
    await asked(place, evening.cho.cookie, "POST", "/rooms/sparrows/reports", {"about": "room", "grounds": "spam"})

    assert [await cost(*one) for one in lists] == before
