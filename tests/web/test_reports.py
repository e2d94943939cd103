"""Reports: from whoever may know of the room, to its desk and to those who run the place, never with who made them."""

import json
from typing import Any

import pytest

from causerie.clock import SECOND
from tests.live.conftest import Evening, evening_in
from tests.place import Place


@pytest.fixture
async def evening(place: Place) -> Evening:
    return await evening_in(place)


async def asked(evening: Evening, cookie: str, method: str, path: str, **more: Any) -> Any:
    """The status, and what was answered."""
    async with evening.place.browser(cookie) as browser:
        answer = await browser.request(method, f"/api/v1{path}", **more)
    return answer.status_code, answer.json() if answer.content else None


async def reports(evening: Evening, cookie: str, **said: Any) -> Any:
    return await asked(evening, cookie, "POST", "/rooms/sparrows/reports", json={"grounds": "insults", **said})


async def at_desk(evening: Evening) -> list[dict[str, Any]]:
    return (await evening.ada.enter())["desk"]["reports"]


async def who_runs_it(evening: Evening) -> str:
    """The cookie of somebody who runs this place."""
    _, cookie = await evening.place.person("Root", admin=True)
    return cookie


async def test_a_report_reaches_the_desk_at_once_with_how_the_room_stood(evening: Evening):
    question = (await evening.ben.does("question.ask", text="Are you all fools?", myself=False))["made"]
    await evening.ada.does("floor.pick", question=question)

    answer = await reports(evening, evening.cho.cookie, about="person", subject=evening.id("Ben"), note=" He shouts ")
    at = evening.place.clock.now()
    await evening.place.settle()

    told = {
        "about": "person",
        "subject": evening.id("Ben"),
        "name": "Ben",
        "text": None,
        "grounds": "insults",
        "note": "He shouts",
        "at": at,
        "on_stage": ["Ada"],
        "on_air": "Are you all fools?",
    }
    [seen] = await at_desk(evening)
    assert answer == (204, None)
    assert {name: value for name, value in seen.items() if name != "id"} == told
    assert "report.heard" in evening.ada.events("desk")
    assert "report.heard" not in evening.ben.events("desk", "room", "me")
    assert evening.id("Cho") not in json.dumps(seen)


async def test_a_visitor_reports_too_and_the_same_twice_is_one(evening: Evening):
    for _ in range(2):
        assert await reports(evening, evening.visitor.cookie, about="room") == (204, None)

    assert [one["about"] for one in await at_desk(evening)] == ["room"]


async def test_what_is_about_a_host_is_read_by_those_who_run_the_place_alone(evening: Evening):
    await reports(evening, evening.cho.cookie, about="person", subject=evening.id("Ada"))

    _, found = await asked(evening, await who_runs_it(evening), "GET", "/reports")

    assert await at_desk(evening) == []
    assert [(one["name"], one["title"], one["apart"]) for one in found] == [("Ada", "Sparrows", True)]
    refused = await evening.ada.does("report.done", report=found[0]["id"])
    assert refused["code"] == "report.unknown"


async def test_the_desk_is_done_with_it_and_those_who_run_the_place_still_have_it(evening: Evening):
    await reports(evening, evening.cho.cookie, about="room")
    [seen] = await at_desk(evening)

    assert (await evening.cho.does("report.done", report=seen["id"]))["code"] == "room.may_not"
    assert (await evening.ada.does("report.done", report=seen["id"]))["type"] == "ack"

    root = await who_runs_it(evening)
    _, before = await asked(evening, root, "GET", "/reports")
    done = await asked(evening, root, "PUT", f"/reports/{seen['id']}/settled", json={})
    _, after = await asked(evening, root, "GET", "/reports")
    assert await at_desk(evening) == []
    assert [(one["done_at"] is None, one["settled_at"] is None) for one in before + after] == [
        (False, True),
        (False, False),
    ]
    assert done == (204, None)
    assert not {"reporter", "done_by", "settled_by"} & after[0].keys()


async def test_an_anonymous_question_is_reported_without_its_asker(evening: Evening):
    await evening.ada.does("room.set", anonymous="allowed")
    made = (await evening.ben.does("question.ask", text="Are you all fools?", myself=False, anonymous=True))["made"]

    await reports(evening, evening.cho.cookie, about="question", subject=made)

    [seen] = await at_desk(evening)
    assert (seen["text"], seen["name"]) == ("Are you all fools?", None)
    assert evening.id("Ben") not in json.dumps(seen)


async def test_a_room_that_is_over_can_be_reported(evening: Evening):
    await evening.ada.does("room.end")
    await evening.place.tick(2 * SECOND)

    assert await reports(evening, evening.cho.cookie, about="person", subject=evening.id("Ada")) == (204, None)

    _, found = await asked(evening, await who_runs_it(evening), "GET", "/reports")
    assert [one["name"] for one in found] == ["Ada"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"about": "person", "subject": "nobody"}, (404, "report.unknown")),
        ({"about": "person"}, (404, "report.unknown")),
        ({"about": "question", "subject": "none"}, (404, "report.unknown")),
        ({"about": "room", "note": "x" * 501}, (422, "report.note")),
        ({"about": "room", "grounds": "boredom"}, (422, "body.invalid")),
        ({"about": "room", "reporter": "somebody else"}, (422, "body.invalid")),
    ],
)
async def test_what_is_no_report_is_refused_and_written_nowhere(
    evening: Evening, said: dict[str, Any], code: tuple[int, str]
):
    status, answer = await reports(evening, evening.cho.cookie, **said)

    assert ((status, answer["code"]), await at_desk(evening)) == (code, [])


async def test_five_wait_at_most_and_only_those_who_run_the_place_read_all(evening: Evening):
    await evening.ada.does("room.set", questions_per_person=20)
    for n in range(6):
        made = (await evening.ada.does("question.ask", text=f"Question {n}?", myself=False)).get("made")
        await evening.place.tick(11 * SECOND)
        status, answer = await reports(evening, evening.cho.cookie, about="question", subject=made)
        assert (status, answer and answer["code"]) == ((204, None) if n < 5 else (429, "report.too_many"))

    for cookie in (evening.cho.cookie, evening.ada.cookie):
        assert (await asked(evening, cookie, "GET", "/reports"))[0] == 403
