"""What those who run the place have checked of somebody: shown on their page, and worth as much as a proof."""

import pytest

from causerie.clock import DAY
from tests.place import Place

NOTE = "Works at Université de Tours: called there."


async def checked(admin, person: str, note: str = NOTE):
    return await admin.post(f"/api/v1/people/{person}/checks", json={"note": note})


async def test_what_was_checked_is_shown_with_its_date_until_it_is_taken_back(place: Place):
    _, root = await place.person("Root", admin=True)
    ada, cookie = await place.person("Ada")
    since = place.clock.now()
    async with place.browser(root) as admin, place.browser(cookie) as browser:
        await browser.put("/api/v1/me/profile", json={"name": "Ada", "handle": "ada"})
        made = (await checked(admin, ada.id, f"  {NOTE}\n")).json()
        place.clock.turn(DAY)
        shown = (await browser.get("/api/v1/profiles/ada")).json()["checks"]
        listed = {one["name"]: one["checks"] for one in (await admin.get("/api/v1/admin/people")).json()["found"]}
        gone = await admin.delete(f"/api/v1/people/{ada.id}/checks/{made['id']}")
        again = await admin.delete(f"/api/v1/people/{ada.id}/checks/{made['id']}")
        after = (await browser.get("/api/v1/profiles/ada")).json()["checks"]

    assert (shown, after) == ([{"note": NOTE, "checked_at": since}], [])
    assert listed == {"Ada": [made], "Root": []}
    assert (gone.status_code, again.status_code, again.json()["code"]) == (204, 404, "check.unknown")


async def test_of_whom_something_was_checked_opens_rooms_and_keeps_their_name(place: Place):
    _, root = await place.person("Root", admin=True)
    ada, cookie = await place.person("Ada")
    async with place.browser(root) as admin, place.browser(cookie) as browser:
        before = await browser.post("/api/v1/rooms", json={"title": "Sparrows"})
        await checked(admin, ada.id)
        opened = await browser.post("/api/v1/rooms", json={"title": "Sparrows"})
        renamed = await browser.put("/api/v1/me/profile", json={"name": "Byron"})

    assert [answer.status_code for answer in (before, opened, renamed)] == [403, 201, 409]


@pytest.mark.parametrize("note", ["", " \n ", "x", "x" * 201])
async def test_a_check_says_what_was_checked(place: Place, note: str):
    _, root = await place.person("Root", admin=True)
    ada, _ = await place.person("Ada")
    async with place.browser(root) as admin:
        told = await checked(admin, ada.id, note)

    assert (told.status_code, told.json()["code"]) == (422, "check.note")


async def test_a_page_shows_so_many_and_no_more(place: Place):
    _, root = await place.person("Root", admin=True)
    ada, _ = await place.person("Ada")
    async with place.browser(root) as admin:
        told = [(await checked(admin, ada.id, f"{NOTE} {n}")).status_code for n in range(6)]

    assert told == [201] * 5 + [409]


async def test_only_who_runs_the_place_says_so_and_only_of_accounts(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    guest, _ = await place.person("Gus", guest=True)
    _, root = await place.person("Root", admin=True)
    async with place.browser(cookie) as browser, place.browser(root) as admin:
        own = await checked(browser, ada.id)
        of_guest = await checked(admin, guest.id)

    assert (own.json()["code"], of_guest.json()["code"]) == ("admin.only", "person.unknown")
