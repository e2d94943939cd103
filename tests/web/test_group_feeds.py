"""A group's podcast and its calendar: who may have them, what they hold, and until when."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import podcastparser
import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from causerie.clock import DAY
from causerie.copies.models import copies
from causerie.groups.models import groups
from causerie.rooms.models import rooms
from tests.copies.shelf import NAME, Shelf, shelved
from tests.copies.test_feed import checked
from tests.place import HOST, opened
from tests.web.test_home import statements

HERE = f"https://{HOST}"
FEED, CALENDAR = "/g/loire/feed.xml", "/g/loire/calendar.ics"


async def asks(shelf: Shelf, name: str, method: str, path: str, json: Any = None) -> Any:
    async with shelf.place.browser(shelf.cookies.get(name, "")) as browser:
        answer = await browser.request(method, path, json=json, headers={"origin": HERE})
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


@pytest.fixture
async def shelf(tmp_path: Path, database_url: str) -> AsyncIterator[Shelf]:
    """Karim's public group, in which Aurélie's room was held."""
    async with opened(tmp_path / "data", url=database_url, web={"public_url": HERE}) as place:
        shelf = await shelved(place, description="What the <river> wants.")
        # As browsers carry them over https.
        shelf.cookies = {name: f"__Host-{cookie}" for name, cookie in shelf.cookies.items()}
        await asks(shelf, "Karim", "POST", "/api/v1/groups", {"handle": "loire", "name": "Les <Amis>"})
        async with place.causerie.database.read() as connection:
            group = await connection.scalar(select(groups.c.id))
        await shelf.sql(update(rooms).where(rooms.c.id == shelf.room.id).values(group_id=group))
        yield shelf


async def test_what_was_published_of_a_group_is_its_podcast(shelf: Shelf):
    told = await shelf.get(FEED)
    channel = ElementTree.fromstring(told.content).find("channel")
    assert channel is not None
    checked(channel)
    read = podcastparser.parse(f"{HERE}{FEED}", io.BytesIO(told.content))

    assert told.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert (read["title"], read["link"]) == ("Les <Amis> · causerie", f"{HERE}/g/loire")
    assert [(one["guid"], one["link"], one["title"]) for one in read["episodes"]] == [
        (NAME, f"{HERE}/c/{NAME}", "Can a river have <rights>?")
    ]
    sound = read["episodes"][0]["enclosures"][0]
    assert (sound["mime_type"], (await shelf.get(sound["url"].removeprefix(HERE))).status_code) == ("audio/mpeg", 200)


async def test_a_groups_podcast_keeps_its_name_whatever_the_group_is_called(shelf: Shelf):
    first = await shelf.get(FEED)
    edited = {"name": "Loire", "description": "", "private": False, "joining": "open", "hidden_list": False}
    await asks(shelf, "Karim", "PUT", "/api/v1/groups/loire", edited)

    again = await shelf.get(FEED, if_none_match=first.headers["etag"])
    last = await shelf.get(FEED, if_none_match=again.headers["etag"])

    guids = [ElementTree.fromstring(one.content).findtext(".//{*}guid") for one in (first, again)]
    assert (again.status_code, guids[0], last.status_code) == (200, guids[1], 304)


async def test_what_is_not_published_any_more_is_in_no_podcast_of_a_group(shelf: Shelf):
    page = (await asks(shelf, "", "GET", "/api/v1/groups/loire"))["feed"]
    await shelf.sql(update(copies).values(visibility="unlisted"))

    assert (page, (await shelf.get(FEED)).status_code) == (FEED, 404)
    assert (await asks(shelf, "", "GET", "/api/v1/groups/loire"))["feed"] is None


async def private(shelf: Shelf) -> None:
    edited = {"name": "Loire", "description": "", "private": True, "joining": "invited", "hidden_list": False}
    await asks(shelf, "Karim", "PUT", "/api/v1/groups/loire", edited)


async def test_a_private_group_has_no_podcast_for_anybody(shelf: Shelf):
    await private(shelf)

    told = {name: await shelf.get(FEED, name) for name in ("", "Karim")}

    assert {name: one.status_code for name, one in told.items()} == {"": 404, "Karim": 404}
    assert told[""].content == (await shelf.get("/g/nothing/feed.xml")).content
    assert (await asks(shelf, "Karim", "GET", "/api/v1/groups/loire"))["feed"] is None


def summaries(content: bytes) -> list[str]:
    return sorted(str(one["summary"]) for one in Calendar.from_ical(content).walk("VEVENT"))


async def test_a_public_groups_calendar_has_the_rooms_that_everybody_finds(shelf: Shelf):
    later = {"group": "loire", "starts_at": shelf.place.clock.now() + DAY}
    for title, more in (("Swifts", {}), ("Owls", {"draft": True}), ("Storks", {"visibility": "unlisted"})):
        await asks(shelf, "Karim", "POST", "/api/v1/rooms", {"title": title, **later, **more})

    told = await shelf.get(CALENDAR)

    assert (told.headers["content-type"], told.headers["cache-control"]) == (
        "text/calendar; charset=utf-8",
        "public, max-age=300",
    )
    assert summaries(told.content) == ["Can a river have <rights>?", "Swifts"]
    assert (await asks(shelf, "", "GET", "/api/v1/groups/loire"))["calendar"] == CALENDAR


async def test_a_private_groups_calendar_is_a_members_own_and_dies_with_their_membership(shelf: Shelf):
    await private(shelf)
    await asks(
        shelf,
        "Karim",
        "POST",
        "/api/v1/rooms",
        {"title": "Swifts", "group": "loire", "starts_at": shelf.place.clock.now() + DAY},
    )
    made = await asks(shelf, "Karim", "POST", "/api/v1/groups/loire/invitations", {"hours": 1, "uses": 2})
    token = made["url"].rsplit("/", 1)[1]
    await asks(shelf, "Cho", "POST", f"/api/v1/group-invitations/{token}", {})
    own = (await asks(shelf, "Cho", "GET", "/api/v1/groups/loire"))["calendar"]
    owners = (await asks(shelf, "Karim", "GET", "/api/v1/groups/loire"))["calendar"]
    opened_by = await shelf.get(own)

    await asks(shelf, "Cho", "POST", "/api/v1/groups/loire/leave", {})
    without = [await shelf.get(path) for path in (own, CALENDAR, f"{CALENDAR}?key=x", "/g/nothing/calendar.ics")]
    shelf.place.clock.turn(1)
    await asks(shelf, "Cho", "POST", f"/api/v1/group-invitations/{token}", {})

    assert (summaries(opened_by.content), opened_by.headers["cache-control"]) == (
        ["Can a river have <rights>?", "Swifts"],
        "private, no-store",
    )
    assert [(one.status_code, one.content == without[-1].content) for one in without] == [(404, True)] * 4
    assert ((await shelf.get(own)).status_code, (await shelf.get(owners)).status_code) == (404, 200)


ATOM = {"a": "http://www.w3.org/2005/Atom"}


async def test_a_public_groups_rooms_are_news_and_stay_the_same_entries(shelf: Shelf):
    soon = {"title": "Swifts <&> \u0007swallows", "group": "loire", "starts_at": shelf.place.clock.now() + DAY}
    await asks(shelf, "Karim", "POST", "/api/v1/rooms", soon)
    await asks(shelf, "Karim", "POST", "/api/v1/rooms", {**soon, "title": "Owls", "draft": True})

    told = await shelf.get("/g/loire/rooms.atom")
    feed = ElementTree.fromstring(told.content)
    again = ElementTree.fromstring((await shelf.get("/g/loire/rooms.atom")).content)

    assert told.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert (feed.findtext("a:id", None, ATOM), feed.findtext("a:title", None, ATOM)) == (
        f"{HERE}/g/loire/rooms.atom",
        "Les <Amis>",
    )
    for one in (feed, *feed.findall("a:entry", ATOM)):
        for wanted in ("id", "title", "updated"):  # RFC 4287 requires these of each
            assert one.findtext(f"a:{wanted}", None, ATOM), wanted
    titles = {entry.findtext("a:title", None, ATOM) for entry in feed.findall("a:entry", ATOM)}
    assert titles == {"Swifts <&> swallows", "Can a river have <rights>?"}
    ids = [[entry.findtext("a:id", None, ATOM) for entry in one.findall("a:entry", ATOM)] for one in (feed, again)]
    assert ids[0] == ids[1]
    await private(shelf)
    assert (await shelf.get("/g/loire/rooms.atom", "Karim")).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
async def test_a_calendar_asks_the_database_as_often_for_one_room_as_for_three(shelf: Shelf, many: int):
    for n in range(many):
        soon = {"title": f"Swifts {n}", "group": "loire", "starts_at": shelf.place.clock.now() + DAY}
        await asks(shelf, "Karim", "POST", "/api/v1/rooms", soon)

    with statements(shelf.place.causerie.database) as asked:
        await shelf.get(CALENDAR)

    assert len(asked) == 3
