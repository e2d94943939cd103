"""Coming in by a link, taking a name, going out: as a browser does it."""

import pytest

from causerie.accounts import actions as accounts
from causerie.clock import HOUR
from tests.live.conftest import Evening
from tests.place import Place


async def test_from_the_setup_link_to_a_room_of_somebody_elses(place: Place):
    token = (await place.causerie.database.write(accounts.setup_link))[0]
    async with place.browser() as ada, place.browser() as ben:
        looked_at = (await ada.get(f"/api/v1/sign-in/{token}")).json()
        signed_in = await ada.post(f"/api/v1/sign-in/{token}", json={"token": token, "name": "Ada"})
        again = await ben.post(f"/api/v1/sign-in/{token}", json={"token": token, "name": "Eve"})
        added = (await ada.post("/api/v1/people", json={"name": "Ben"})).json()
        await ada.put(f"/api/v1/people/{added['id']}/may-open-rooms", json={"may": True})
        link = added["link"].removeprefix("http://talk.test/in/")
        await ben.post(f"/api/v1/sign-in/{link}", json={"token": link})
        opened = (await ben.post("/api/v1/rooms", json={"title": "On swifts"})).json()

    assert looked_at == {"kind": "setup", "name": None}
    assert (signed_in.status_code, signed_in.json()["person"]["admin"]) == (200, True)
    assert (again.status_code, again.json()["code"]) == (404, "link.unknown")
    assert (opened["room"], opened["host"], opened["phase"]) == ("on-swifts", "Ben", "scheduled")


async def test_a_link_that_is_too_old(place: Place):
    token = (await place.causerie.database.write(accounts.setup_link))[0]
    place.clock.turn(24 * HOUR)

    async with place.browser() as browser:
        answer = await browser.post(f"/api/v1/sign-in/{token}", json={"token": token, "name": "Ada"})

    assert (answer.status_code, answer.json()["code"], "set-cookie" in answer.headers) == (404, "link.unknown", False)


async def test_looking_at_a_page_makes_a_visitor_and_writes_nothing(place: Place):
    commits = place.causerie.database.commits
    async with place.browser() as browser:
        first = await browser.get("/")
        second = await browser.get("/")
        me = (await browser.get("/api/v1/me")).json()

    cookie = first.headers["set-cookie"]
    assert cookie.startswith("causerie_visitor=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert ("set-cookie" in second.headers, me["person"], place.causerie.database.commits) == (False, None, commits)


async def test_a_visitor_keeps_their_id_with_their_name(place: Place):
    async with place.browser() as browser:
        await browser.get("/")
        id = place.causerie.house.cookies.visitor("; ".join(f"{k}={v}" for k, v in browser.cookies.items()))
        taken = (await browser.post("/api/v1/guests", json={"name": "Eve"})).json()["person"]
        renamed = (await browser.post("/api/v1/guests", json={"name": "Eva"})).json()["person"]

    assert [(taken["id"], taken["name"]), (renamed["id"], renamed["name"])] == [(id, "Eve"), (id, "Eva")]


async def test_taking_a_guests_name_never_changes_an_account(evening: Evening):
    async with evening.place.browser(evening.ada.cookie) as browser:
        answer = await browser.post("/api/v1/guests", json={"name": "Somebody"})

    assert answer.json()["person"]["name"] == "Ada"


async def test_who_signs_out_is_nobody_on_any_door(evening: Evening):
    async with evening.place.browser(evening.ben.cookie) as browser:
        out = await browser.delete("/api/v1/session")
        me = (await browser.get("/api/v1/me")).json()

    again = evening.place.page(evening.ben.cookie)
    await again.task
    assert (out.status_code, me["person"], again.status) == (204, None, 403)


@pytest.mark.parametrize("title", ["", "  ", "x" * 101, "\u0000"])
async def test_a_title_has_its_length(evening: Evening, title: str):
    async with evening.place.browser(evening.ada.cookie) as browser:
        answer = await browser.post("/api/v1/rooms", json={"title": title})

    assert (answer.status_code, answer.json()["code"]) == (422, "room.title")


async def test_ready_when_it_may_take_work(place: Place):
    async with place.browser() as browser:
        healthy, early = await browser.get("/healthz"), await browser.get("/readyz")
        place.causerie.house.ready = True
        ready = await browser.get("/readyz")

    assert [healthy.status_code, early.status_code, ready.status_code] == [200, 503, 200]
