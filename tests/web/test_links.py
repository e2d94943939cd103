"""Personal speaker links: bound at first use, never on air by themselves, taken back, told of when tried twice."""

from typing import Any

import httpx
import pytest

from causerie.clock import MINUTE, SECOND
from tests.live.conftest import Evening, evening_in
from tests.place import Place


@pytest.fixture
async def evening(place: Place) -> Evening:
    return await evening_in(place)


async def asked(evening: Evening, cookie: str, method: str, path: str, **more: Any) -> httpx.Response:
    async with evening.place.browser(cookie) as browser:
        return await browser.request(method, f"/api/v1{path}", **more)


async def made(evening: Evening, name: str = "Ben") -> tuple[str, str]:
    """A link's id, and the secret that opens it."""
    answer = await asked(evening, evening.ada.cookie, "POST", "/rooms/sparrows/speaker-links", json={"name": name})
    assert answer.status_code == 201
    return answer.json()["id"], answer.json()["url"].rsplit("/s/", 1)[1]


async def test_the_first_use_binds_it_and_leads_to_an_invitation(evening: Evening):
    _, token = await made(evening)

    looked = await asked(evening, evening.cho.cookie, "GET", f"/speaker-links/{token}")
    used = await asked(evening, evening.ben.cookie, "POST", f"/speaker-links/{token}", json={})

    shown = looked.json()
    assert (shown["room"], shown["name"], shown["card"]["title"], used.status_code) == (
        "sparrows",
        "Ben",
        "Sparrows",
        200,
    )
    assert evening.ben.events("me")[-2:] == ["me.invited", "me.rights"]
    assert list(evening.place.state().stage.seats) == [evening.people["Ada"].id]
    assert (await evening.ben.does("stage.accept"))["type"] == "ack"
    again = await asked(evening, evening.ben.cookie, "POST", f"/speaker-links/{token}", json={})
    assert again.status_code == 200


async def test_a_second_person_is_told_that_it_is_in_use_and_so_are_the_hosts(evening: Evening):
    _, token = await made(evening)
    await asked(evening, evening.ben.cookie, "POST", f"/speaker-links/{token}", json={})
    before = evening.place.state()

    second = await asked(evening, evening.cho.cookie, "POST", f"/speaker-links/{token}", json={})

    assert (second.status_code, second.json()) == (
        409,
        {"code": "speaker_link.in_use", "text": "This link is in use."},
    )
    assert evening.ada.events("desk")[-1] == "speaker_link.tried"
    assert evening.place.state() == before


async def test_a_visitor_gives_a_name_first(evening: Evening):
    _, token = await made(evening)

    refused = await asked(evening, evening.visitor.cookie, "POST", f"/speaker-links/{token}", json={})
    used = await asked(evening, evening.ben.cookie, "POST", f"/speaker-links/{token}", json={})

    assert (refused.json()["code"], used.status_code) == ("name.needed", 200)


async def test_what_is_taken_back_opens_nothing(evening: Evening):
    id, token = await made(evening)

    taken = await asked(evening, evening.ada.cookie, "DELETE", f"/rooms/sparrows/speaker-links/{id}")
    used = await asked(evening, evening.ben.cookie, "POST", f"/speaker-links/{token}", json={})

    assert (taken.status_code, used.status_code, used.json()["code"]) == (204, 404, "speaker_link.unknown")
    assert (await asked(evening, evening.ada.cookie, "GET", "/rooms/sparrows/speaker-links")).json() == []


async def test_hosts_alone_make_see_and_take_them_back(evening: Evening):
    id, _ = await made(evening)
    path = "/rooms/sparrows/speaker-links"

    for cookie in (evening.ben.cookie, evening.visitor.cookie, ""):
        told = [
            await asked(evening, cookie, "POST", path, json={"name": "Ben"}),
            await asked(evening, cookie, "GET", path),
            await asked(evening, cookie, "DELETE", f"{path}/{id}"),
        ]
        assert [answer.status_code for answer in told] == [403, 403, 403]
    listed = (await asked(evening, evening.ada.cookie, "GET", path)).json()
    assert listed == [{"id": id, "name": "Ben", "used": False, "person": None, "by": None}]


async def test_hosts_see_who_took_a_link_by_the_name_they_go_by(evening: Evening):
    id, token = await made(evening, "Whoever comes from the mill")
    await asked(evening, evening.ben.cookie, "POST", f"/speaker-links/{token}", json={})

    listed = (await asked(evening, evening.ada.cookie, "GET", "/rooms/sparrows/speaker-links")).json()

    taken = {"used": True, "person": evening.id("Ben"), "by": "Ben"}
    assert listed == [{"id": id, "name": "Whoever comes from the mill", **taken}]


async def test_a_seat_waits_ten_minutes_for_who_came_by_a_link_whatever_brought_them_up(evening: Evening):
    id, token = await made(evening)
    await asked(evening, evening.ben.cookie, "POST", f"/speaker-links/{token}", json={})
    await evening.ben.does("stage.decline")
    await evening.ben.does("hand.raise")
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")

    def waits() -> int:
        return (evening.place.state().stage.seats[evening.people["Ben"].id].held_until or 0) - evening.place.clock.now()

    await evening.ben.leave()
    expected = waits()
    again = evening.place.page(evening.ben.cookie)
    await again.enter()
    await asked(evening, evening.ada.cookie, "DELETE", f"/rooms/sparrows/speaker-links/{id}")
    await again.leave()

    assert (expected, waits()) == (10 * MINUTE, 30 * SECOND)


async def test_who_took_a_link_before_is_invited_as_the_room_goes_live(place: Place):
    ada, ben = await place.person("Ada", may_open_rooms=True), await place.person("Ben")
    await place.room(ada[0])
    host, speaker = place.page(ada[1]), place.page(ben[1])
    await host.enter()
    async with place.browser(ada[1]) as browser:
        new = (await browser.post("/api/v1/rooms/sparrows/speaker-links", json={"name": "Ben"})).json()
    async with place.browser(ben[1]) as browser:
        await browser.post("/api/v1/speaker-links/" + new["url"].rsplit("/", 1)[1], json={})
    await speaker.enter()
    before = list(place.state().stage.invitations)

    await host.does("room.start")

    assert (before, list(place.state().stage.invitations)) == ([], [ben[0].id])


async def test_a_name_that_can_be_none_is_refused(evening: Evening):
    told = await asked(evening, evening.ada.cookie, "POST", "/rooms/sparrows/speaker-links", json={"name": " "})

    assert (told.status_code, told.json()["code"]) == (422, "name.length")


async def test_a_screener_is_invited_by_no_link(evening: Evening):
    _, token = await made(evening)
    await evening.ada.does("role.give", person=evening.id("Ben"), role="screener")

    told = await asked(evening, evening.ben.cookie, "POST", f"/speaker-links/{token}", json={})

    assert told.json()["code"] == "role.never_on_air"
    assert (await asked(evening, evening.cho.cookie, "POST", f"/speaker-links/{token}", json={})).status_code == 200
