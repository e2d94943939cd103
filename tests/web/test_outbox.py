"""The outbox: letters that no mail server takes, for whoever runs the place to hand over, as long as they are true."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from causerie.accounts import emails
from causerie.clock import DAY, MINUTE
from causerie.notices import asking, deliveries
from causerie.web.codes import drawn
from tests.place import HOST, Place, opened
from tests.web.test_looking import MAIL


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    """Its mail server is away."""
    web = {"public_url": f"http://{HOST}"}
    async with opened(tmp_path / "data", url=database_url, mail=MAIL, web=web) as running:
        yield running


async def said(place: Place, cookie: str, method: str, path: str, json: Any = None) -> Any:
    async with place.browser(cookie) as browser:
        answer = await browser.request(method, f"/api/v1{path}", json=json)
    assert answer.status_code < 400, answer.text
    return answer.json() if answer.content else None


async def outbox(place: Place, root: str) -> list[tuple[str, str]]:
    """To whom, and which."""
    return [(one["to"], one["subject"]) for one in (await said(place, root, "GET", "/admin/outbox"))["found"]]


async def reminded(place: Place) -> tuple[str, str]:
    """Ben is told by mail that Ada's room is tomorrow; gives the cookies of Ada and of who runs the place."""
    ada, hers = await place.person("Ada", may_open_rooms=True)
    ben, his = await place.person("Ben")
    await place.causerie.database.write(lambda tx: emails.confirm(tx, "ben@example.org", ben.id))
    await place.room(ada, starts_at=place.clock.now() + DAY - MINUTE)
    await said(place, his, "PUT", "/rooms/sparrows/interest", {})
    await place.causerie.notices.sweep()
    return hers, (await place.person("Root", admin=True))[1]


async def test_who_was_asked_along_by_e_mail_stands_in_it_until_they_answer(place: Place):
    ada, root = await reminded(place)
    asked = await said(place, ada, "POST", "/rooms/sparrows/asked", {"to": "cho@example.org"})

    before = (await said(place, root, "GET", "/admin/outbox"))["found"]
    _, cho = await place.person("Cho")
    token = before[-1]["link"].rsplit("/", 1)[1]
    await said(place, cho, "POST", f"/asked/{token}", {"yes": True})

    assert asked["mailed"] == "now"
    letters = [(one["to"], one["subject"], one["tries"]) for one in before]
    reminder = ("Ben", "Tomorrow: Sparrows", 0)
    assert letters == [reminder, ("cho@example.org", "Ada asks you to take part: Sparrows", 0)]
    assert await outbox(place, root) == [("Ben", "Tomorrow: Sparrows")]


async def test_what_is_too_late_is_handed_over_no_more(place: Place):
    _, root = await reminded(place)

    before = await outbox(place, root)
    place.clock.turn(DAY)

    assert (before, await outbox(place, root)) == ([("Ben", "Tomorrow: Sparrows")], [])


async def test_nor_is_what_is_not_so_any_more(place: Place):
    ada, root = await reminded(place)
    page = place.page(ada)
    await page.enter()

    await page.does("room.move", starts_at=place.clock.now() + 5 * DAY)

    assert await outbox(place, root) == []


async def test_more_than_a_page_holds_come_page_by_page_and_none_twice(place: Place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.web.admin.outbox.PAGE", 1)
    ada, root = await reminded(place)
    for name in ("dora", "eva"):
        await said(place, ada, "POST", "/rooms/sparrows/asked", {"to": f"{name}@example.org"})

    pages, after = list[list[str]](), ""
    while after is not None:
        told = await said(place, root, "GET", f"/admin/outbox?after={after}")
        pages.append([one["to"] for one in told["found"]])
        after = told["next"]

    assert pages == [["Ben", "dora@example.org"], ["eva@example.org"]]


async def test_what_is_no_more_so_leaves_no_page_empty_before_what_is(place: Place, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.web.admin.outbox.PAGE", 1)
    ada, root = await reminded(place)
    page = place.page(ada)
    await page.enter()
    await page.does("room.move", starts_at=place.clock.now() + 5 * DAY)
    await place.causerie.notices.sweep()

    assert await outbox(place, root) == [("Ben", "Moved: Sparrows")]


async def test_it_says_until_when_each_is_worth_it_and_shows_its_link_as_a_code(place: Place):
    ada, root = await reminded(place)
    await said(place, ada, "POST", "/rooms/sparrows/asked", {"to": "cho@example.org"})

    told, asked = (await said(place, root, "GET", "/admin/outbox"))["found"]
    codes = [await code(place, root, one["id"]) for one in (told, asked)]

    assert (told["until"], asked["until"]) == (place.clock.now() + DAY - 16 * MINUTE, None)
    assert codes == [(200, "no-store", drawn(one["link"]).body) for one in (told, asked)]


async def test_what_was_handed_over_waits_no_more_and_goes_out_by_no_mail(place: Place):
    ada, root = await reminded(place)
    await said(place, ada, "POST", "/rooms/sparrows/asked", {"to": "cho@example.org"})
    found = (await said(place, root, "GET", "/admin/outbox"))["found"]

    for one in found:
        await said(place, root, "PUT", f"/admin/outbox/{one['id']}/handed", {})

    due, asked = await claimed(place)
    again = [await refused(place, root, "PUT", f"/admin/outbox/{one['id']}/handed", {}) for one in found]
    gone = [(await code(place, root, one["id"]))[0] for one in found]
    assert ([one.channel for one in due], asked, again, gone) == ([], [], ["letter.not_waiting"] * 2, [409, 409])
    assert await outbox(place, root) == []
    assert (await said(place, root, "GET", "/admin/outbox?handed=true"))["found"] == found


async def test_and_waits_again_when_it_was_not(place: Place):
    ada, root = await reminded(place)
    await said(place, ada, "POST", "/rooms/sparrows/asked", {"to": "cho@example.org"})
    found = (await said(place, root, "GET", "/admin/outbox"))["found"]
    for one in found:
        await said(place, root, "PUT", f"/admin/outbox/{one['id']}/handed", {})

    for one in found:
        await said(place, root, "DELETE", f"/admin/outbox/{one['id']}/handed")

    assert (await said(place, root, "GET", "/admin/outbox"))["found"] == found
    due, asked = await claimed(place)
    assert ([one.channel for one in due], [one.address for one in asked]) == (["mail"], ["cho@example.org"])


async def test_what_is_on_its_way_by_mail_is_not_handed_over_too(place: Place):
    ada, root = await reminded(place)
    await said(place, ada, "POST", "/rooms/sparrows/asked", {"to": "cho@example.org"})
    found = (await said(place, root, "GET", "/admin/outbox"))["found"]

    await claimed(place)

    told = [await refused(place, root, "PUT", f"/admin/outbox/{one['id']}/handed", {}) for one in found]
    assert told == ["letter.not_waiting"] * 2


async def test_without_a_mail_server_what_asks_somebody_something_waits_to_be_handed_over(
    tmp_path: Path, database_url: str
):
    async with opened(tmp_path / "data", url=database_url) as place:
        ada, hers = await place.person("Ada", may_open_rooms=True)
        _, his = await place.person("Ben")
        profile = {"name": "Ben", "handle": "ben", "bio": "", "links": [], "languages": []}
        await said(place, his, "PUT", "/me/profile", profile)
        _, root = await place.person("Root", admin=True)
        await place.room(ada, starts_at=place.clock.now() + DAY - MINUTE)

        for to in ("@ben", "cho@example.org"):
            asked = await said(place, hers, "POST", "/rooms/sparrows/asked", {"to": to})
        await place.causerie.notices.sweep()
        found = (await said(place, root, "GET", "/admin/outbox"))["found"]

    letters = [(one["to"], one["subject"], one["link"].endswith(asked["url"][-20:])) for one in found]
    ben, cho = "Will you join in: Sparrows", "Ada asks you to take part: Sparrows"
    assert (asked["mailed"], letters) == ("by_hand", [("Ben", ben, False), ("cho@example.org", cho, True)])


async def test_an_id_of_digits_alone_is_an_invitations_all_the_same(place: Place):
    _, root = await place.person("Root", admin=True)
    digits = "9" * 26

    put = await refused(place, root, "PUT", f"/admin/outbox/{digits}/handed", {})
    seen, _, _ = await code(place, root, digits)
    page = await said(place, root, "GET", f"/admin/outbox?after={digits}")

    assert (put, seen, page) == ("letter.not_waiting", 409, {"found": [], "next": None})


async def code(place: Place, cookie: str, id: str) -> tuple[int, str | None, bytes]:
    async with place.browser(cookie) as browser:
        answer = await browser.get(f"/api/v1/admin/outbox/{id}/code")
    return answer.status_code, answer.headers.get("cache-control"), answer.content


async def refused(place: Place, cookie: str, method: str, path: str, json: Any) -> str:
    async with place.browser(cookie) as browser:
        answer = await browser.request(method, f"/api/v1{path}", json=json)
    return str(answer.json()["code"])


async def claimed(place: Place) -> tuple[list[Any], list[Any]]:
    """What the mail server would get now, held as it is on its way."""
    write = place.causerie.database.write
    due, _ = await write(lambda tx: deliveries.claim(tx, mail=True))
    asked, _ = await write(lambda tx: asking.claim(tx))
    return due, asked
