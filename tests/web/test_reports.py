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

    _, found = await asked(evening, await who_runs_it(evening), "GET", "/admin/reports")

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
    _, before = await asked(evening, root, "GET", "/admin/reports")
    done = await asked(evening, root, "PUT", f"/admin/reports/{seen['id']}/settled", json={"outcome": "acted"})
    _, after = await asked(evening, root, "GET", "/admin/reports")
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

    _, found = await asked(evening, await who_runs_it(evening), "GET", "/admin/reports")
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
        assert (await asked(evening, cookie, "GET", "/admin/reports"))[0] == 403


async def test_reports_of_live_rooms_stand_on_top_and_those_of_one_room_are_read_alone(evening: Evening):
    place = evening.place
    await reports(evening, evening.cho.cookie, about="room")
    await place.room(evening.people["Ada"], "Owls")
    path = "/rooms/owls/reports"
    await asked(evening, evening.cho.cookie, "POST", path, json={"about": "room", "grounds": "spam"})
    root = await who_runs_it(evening)

    _, found = await asked(evening, root, "GET", "/admin/reports")
    _, alone = await asked(evening, root, "GET", "/admin/reports?room=owls")

    assert [(one["title"], one["live"]) for one in found] == [("Sparrows", True), ("Owls", False)]
    assert [one["title"] for one in alone] == ["Owls"]


async def test_what_came_of_a_report_is_kept_and_told_to_who_made_it(evening: Evening):
    place = evening.place
    await reports(evening, evening.cho.cookie, about="person", subject=evening.id("Ada"))
    root = await who_runs_it(evening)
    _, [one] = await asked(evening, root, "GET", "/admin/reports")

    path, said = f"/admin/reports/{one['id']}/settled", {"outcome": "nothing", "answer": "It was a joke among friends."}
    statuses = [(await asked(evening, root, "PUT", path, json=said))[0] for _ in range(2)]
    await place.causerie.notices.sweep()
    _, [after] = await asked(evening, root, "GET", "/admin/reports")
    told = {
        who: (await asked(evening, who.cookie, "GET", "/inbox"))[1]["notices"] for who in (evening.cho, evening.ada)
    }

    assert statuses == [204, 409]
    assert (after["outcome"], after["answer"]) == ("nothing", said["answer"])
    assert [(line["title"], line["text"]) for line in told[evening.cho]] == [
        ("What you reported was looked at: Sparrows", said["answer"])
    ]
    assert told[evening.ada] == []


@pytest.mark.parametrize("said", [{}, {"outcome": "maybe"}, {"outcome": "acted", "answer": "x" * 501}])
async def test_a_decision_on_a_report_that_cannot_be_meant_changes_nothing(evening: Evening, said: dict[str, Any]):
    await reports(evening, evening.cho.cookie, about="room")
    root = await who_runs_it(evening)
    _, [one] = await asked(evening, root, "GET", "/admin/reports")

    status, _ = await asked(evening, root, "PUT", f"/admin/reports/{one['id']}/settled", json=said)

    assert (status, (await asked(evening, root, "GET", "/admin/reports"))[1]) == (422, [one])


async def test_of_more_reports_than_one_looks_at_once_the_rest_is_asked_for(evening: Evening):
    rooms = [await evening.place.room(evening.people["Ada"], f"Room {n}") for n in range(3)]
    for room in rooms:
        said = {"about": "room", "grounds": "spam"}
        await asked(evening, evening.cho.cookie, "POST", f"/rooms/{room.name}/reports", json=said)
    root = await who_runs_it(evening)

    told = [(await asked(evening, root, "GET", f"/admin/reports{said}"))[1] for said in ("?most=2", "?most=3", "")]
    wrong = [(await asked(evening, root, "GET", f"/admin/reports?most={n}"))[0] for n in (0, 5001)]

    names = [[one["room"] for one in found] for found in told]
    assert (names, wrong) == ([["room-2", "room-1"], *[["room-2", "room-1", "room-0"]] * 2], [422, 422])
