"""A host's podcast as an app fetches it: what it holds, what it is not told twice, and what goes with unpublishing."""

from collections.abc import AsyncIterator
from xml.etree import ElementTree

import pytest
from sqlalchemy import insert, select, update

from causerie.copies.feed import ITUNES, PODCAST
from causerie.copies.models import copies, editions
from causerie.db import Tx
from causerie.rooms.models import rooms
from tests.copies.shelf import MP3, NAME, Shelf, shelved
from tests.copies.test_feed import checked
from tests.place import HOST, opened
from tests.web.test_home import statements

HERE = f"https://{HOST}"
SPACES = {"itunes": ITUNES, "podcast": PODCAST}


@pytest.fixture
async def shelf(tmp_path, database_url: str) -> AsyncIterator[Shelf]:
    """A place with a name of its own: feeds name https."""
    async with opened(tmp_path / "data", url=database_url, web={"public_url": HERE}) as place:
        yield await shelved(place, description="What the <river> wants.")


def feed_of(shelf: Shelf) -> str:
    return f"/h/{shelf.people['Aurélie']}/feed.xml"


async def items(shelf: Shelf) -> list[ElementTree.Element]:
    told = await shelf.get(feed_of(shelf))
    assert (told.status_code, told.headers["content-type"]) == (200, "application/rss+xml; charset=utf-8")
    channel = ElementTree.fromstring(told.content).find("channel")
    assert channel is not None
    checked(channel)
    return channel.findall("item")


async def test_a_published_copy_is_an_episode(shelf: Shelf):
    (item,) = await items(shelf)

    told = {
        name: item.findtext(name, namespaces=SPACES) for name in ("title", "link", "guid", "pubDate", "itunes:duration")
    }
    assert told == {
        "title": "Can a river have <rights>?",
        "link": f"{HERE}/c/{NAME}",
        "guid": NAME,
        "pubDate": "Wed, 18 Nov 2026 11:07:40 +0000",
        "itunes:duration": "15",
    }
    assert item.findtext("description") == (
        "What the <river> wants.\n00:00:00 Who speaks?\n00:00:10 Whose river?\n00:00:13 What remains"
    )
    people = [(one.get("role"), one.text) for one in item.findall("podcast:person", SPACES)]
    assert people == [("guest", "Nour"), ("guest", "Karim"), ("guest", "Tomasz")]


async def test_everything_it_names_is_there_and_in_parts_too(shelf: Shelf):
    (item,) = await items(shelf)

    links = [one.get("url") or one.get("href") for one in item if one.get("url") or one.get("href")]
    assert len(links) == 6, "sound, cover, chapters, three transcripts"
    for link in links:
        assert (await shelf.get(str(link).removeprefix(HERE))).status_code == 200, link
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert enclosure.attrib["length"] == str(len(MP3))
    path = enclosure.attrib["url"].removeprefix(HERE)
    part = await shelf.get(path, range="bytes=0-1")
    async with shelf.place.browser() as browser:
        head = await browser.head(path)
    assert (part.status_code, part.content, part.headers["content-range"]) == (206, MP3[:2], f"bytes 0-1/{len(MP3)}")
    assert (head.status_code, head.headers["content-length"], head.headers["accept-ranges"]) == (
        200,
        str(len(MP3)),
        "bytes",
    )


async def test_what_an_app_has_it_is_not_told_again(shelf: Shelf):
    first = await shelf.get(feed_of(shelf))
    again = await shelf.get(feed_of(shelf), if_none_match=first.headers["etag"])
    await shelf.change(generation=7)
    changed = await shelf.get(feed_of(shelf), if_none_match=first.headers["etag"])

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


async def test_a_guid_stays_over_editions(shelf: Shelf):
    before = (await items(shelf))[0].findtext("guid")
    await shelf.change(generation=9, published_at=1)

    assert (await items(shelf))[0].findtext("guid") == before == NAME


async def another(shelf: Shelf, id: str, title: str) -> None:
    """One more room of the same host, with the same copy of its own."""
    room = await shelf.place.room(await shelf.host(), title)

    async def rows(tx: Tx) -> None:
        for of, more in ((copies, {"id": id, "name": id * 11, "room": room.id}), (editions, {"copy": id})):
            row = (await tx.connection.execute(select(of))).mappings().first()
            await tx.run(insert(of).values({**row, **more}))

    await shelf.place.causerie.database.write(rows)


async def test_a_feed_costs_the_same_for_one_copy_and_for_three(shelf: Shelf):
    async def cost() -> tuple[int, list[str]]:
        with statements(shelf.place.causerie.database) as told:
            found = await items(shelf)
        return len(told), sorted(item.findtext("title") or "" for item in found)

    one, _ = await cost()
    await another(shelf, "C2", "Bridges")
    await another(shelf, "C3", "Currents")

    assert await cost() == (one, ["Bridges", "Can a river have <rights>?", "Currents"])


UNHEARD = {
    "unlisted": update(copies).values(visibility="unlisted"),
    "private": update(copies).values(visibility="private"),
    "not made": update(copies).values(made=0),
}


@pytest.mark.parametrize("why", UNHEARD)
async def test_what_is_not_published_is_in_no_feed(shelf: Shelf, why: str):
    (item,) = await items(shelf)
    path = str(item.find("enclosure").attrib["url"]).removeprefix(HERE)  # type: ignore[union-attr]  # looked at elsewhere

    await shelf.sql(UNHEARD[why])
    if why == "private":
        await shelf.change(generation=4)

    told = await shelf.get(feed_of(shelf))
    assert (told.status_code, told.json()["code"]) == (404, "feed.unknown")
    assert (await shelf.get(path)).status_code == (200 if why == "unlisted" else 404)


@pytest.mark.parametrize("person", ["nobody", "%00", "0" * 300])
async def test_who_has_published_nothing_has_no_feed(shelf: Shelf, person: str):
    assert (await shelf.get(f"/h/{person}/feed.xml")).status_code == 404


async def test_a_feed_is_the_hosts_alone(shelf: Shelf):
    await shelf.sql(update(rooms).values(host=shelf.people["Karim"]))

    assert (await shelf.get(feed_of(shelf))).status_code == 404
    assert (await shelf.get(f"/h/{shelf.people['Karim']}/feed.xml")).status_code == 200
