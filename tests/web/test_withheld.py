"""Who is suspended is not there for others, nor is what they lead and have published; afterwards all is as it was."""

from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from causerie.accounts.following import follow
from causerie.accounts.handles import take_handle
from causerie.accounts.models import people
from causerie.accounts.people import Person
from causerie.accounts.queries import person_by_id
from causerie.clock import DAY, HOUR, MINUTE
from causerie.copies import keys
from causerie.copies.clips import files_of
from causerie.copies.contents import File, written
from causerie.copies.files import CLIP_M4A
from causerie.copies.models import clips, editions
from causerie.copies.queries import edition_made
from causerie.copies.state import Clip
from causerie.groups.models import groups
from causerie.ids import PersonId
from causerie.notices.inbox import inbox
from causerie.notices.interest import remind
from causerie.notices.interest import reminded as reminded_at
from causerie.questions.models import question_terms
from causerie.rooms.models import helpers, rooms
from causerie.terms import kept
from tests.copies.shelf import ANSWERS, MP3, NAME, NOON, Shelf, shelved
from tests.place import HOST, Page, opened

CLIP = "kkkkkkkkkkkkkkkkkkkkkk"
SOUND = f"copies/{NAME}/1/sound/room.mp3"
API = "/api/v1"


@dataclass
class Suspended(Shelf):
    """Aurélie's published copy with a clip, and *Owls* that she leads tomorrow, both in Karim's group."""

    decision: str = ""
    admins: int = 0

    async def suspend(self, days: int | None = None, *, who: str = "Aurélie") -> None:
        place, cookie = self.place, await self.root()
        async with place.browser(cookie) as browser:
            path = f"{API}/admin/people/{self.people[who]}/suspension"
            answer = await browser.post(path, json={"reason": "Insults", "days": days})
        assert answer.status_code == 201, answer.text
        self.decision = answer.json()["id"]

    async def lift(self) -> None:
        async with self.place.browser(await self.root()) as browser:
            answer = await browser.post(f"{API}/admin/decisions/{self.decision}/undo", json={"reason": "A mistake"})
        assert answer.status_code == 204, answer.text

    async def root(self) -> str:
        """The cookie of somebody who runs this place, and came in just now."""
        self.admins += 1
        return (await self.place.person(f"Root {self.admins}", admin=True))[1]

    async def person(self, name: str) -> Person:
        async with self.place.causerie.database.read() as connection:
            found = await person_by_id(connection, PersonId(self.people[name]))
        assert found is not None
        return found

    async def link(self, key: str = SOUND) -> str:
        return self.place.causerie.house.copying.links.lasting(await self.copy(), key)

    async def listed(self, path: str, *where: str, name: str = "") -> list[str]:
        """The titles of rooms in a list."""
        told = (await self.get(path, name)).json()
        for one in where:
            told = told[one]
        return [one["title"] for one in told]


@pytest.fixture
async def shelf(tmp_path: Path, database_url: str) -> AsyncIterator[Suspended]:
    async with opened(tmp_path / "data", url=database_url) as place:
        place.clock.turn(NOON + HOUR - place.clock.now())
        story = Suspended(**vars(await shelved(place, "The river")))
        host = await story.host()
        await place.room(host, "Owls", name="owls", starts_at=place.clock.now() + DAY)
        await place.room(host, "Wrens", name="wrens")
        async with place.browser(story.cookies["Karim"]) as browser:
            await browser.post(f"{API}/groups", json={"handle": "loire", "name": "Les amis"})
        await story.sql(update(rooms).values(group_id=select(groups.c.id).scalar_subquery()))
        await place.causerie.database.write(lambda tx: take_handle(tx, host.id, "aurelie"))
        words = {"question": "Q1", "text": kept("Who speaks for the river?")}
        await place.causerie.database.write(lambda tx: tx.put(question_terms, **words))
        await _clip(story)
        yield story


async def _clip(shelf: Suspended) -> None:
    sound = keys.of_clip(NAME, 1, CLIP) + CLIP_M4A
    times = {"begins": NOON + 500, "ends": NOON + 9_000, "created_at": NOON, "made_at": NOON}
    by = {"by": PersonId(shelf.people["Aurélie"]), "edition": 1}
    clip = Clip("K1", CLIP, "C1", "A rule", state="ready", sound=sound, video=sound, **times, **by)
    await shelf.sql(insert(clips).values(asdict(clip)))
    for key in files_of(clip):
        await shelf.place.causerie.house.copying.storage.keep(key, MP3)


async def doors(shelf: Suspended) -> dict[str, str]:
    """Every door that leads to her, to her copy or to a room of hers."""
    host, answer = shelf.people["Aurélie"], ANSWERS["nour"]
    pages = ("/@aurelie", f"/c/{NAME}", f"/a/{answer}", f"/e/a/{answer}", f"/k/{CLIP}", "/r/owls", "/r/river")
    told = ("profiles/aurelie", f"copies/{NAME}", "rooms/river/copy", "rooms/owls", "rooms/owls/interest")
    files = [await shelf.link(key) for key in (SOUND, f"copies/{NAME}/1/answers/01.png")]
    clip = await shelf.link(keys.of_clip(NAME, 1, CLIP) + CLIP_M4A)
    feeds = (f"/h/{host}/feed.xml", f"/h/{host}/calendar.ics", "/g/loire/feed.xml")
    cards = ("/r/owls/card.jpg", "/r/owls/calendar.ics", "/r/owls/screen", f"{API}/rooms/owls/qr")
    embed = f"/oembed?url=http://{HOST}/a/{answer}"
    every = [*pages, *(f"{API}/{path}" for path in told), *files, clip, *feeds, *cards, embed]
    return {path.partition("?sign")[0]: path for path in every}


async def answers(shelf: Suspended, name: str = "") -> dict[str, int]:
    return {door: (await shelf.get(path, name)).status_code for door, path in (await doors(shelf)).items()}


async def test_no_door_leads_to_who_is_suspended_until_that_is_taken_back(shelf: Suspended):
    before = await answers(shelf, "Cho")

    await shelf.suspend()
    during = [await answers(shelf, name) for name in ("Cho", "")]
    await shelf.lift()

    assert set(before.values()) == {200}
    assert during == [dict.fromkeys(before, 404)] * 2
    assert await answers(shelf, "Cho") == before


async def test_it_is_over_by_itself_at_its_end(shelf: Suspended):
    await shelf.suspend(days=1)
    shelf.place.clock.turn(DAY - MINUTE)
    before = await answers(shelf)

    shelf.place.clock.turn(2 * MINUTE)

    assert (set(before.values()), set((await answers(shelf)).values())) == ({404}, {200})


async def test_what_is_not_there_is_said_as_of_what_never_was(shelf: Suspended):
    await shelf.suspend()

    for hidden, never in (("profiles/aurelie", "profiles/nobody"), ("rooms/owls", "rooms/ghosts")):
        told = [(await shelf.get(f"{API}/{path}", "Cho")).json() for path in (hidden, never)]
        assert told[0] == told[1]


async def test_no_list_and_no_search_has_it_meanwhile(shelf: Suspended):
    cho, host = await shelf.person("Cho"), await shelf.host()
    await shelf.place.causerie.database.write(lambda tx: follow(tx, cho, host.id))

    async def everywhere() -> dict[str, list[str]]:
        home = (await shelf.get(f"{API}/home", "Cho")).json()
        found = (await shelf.get(f"{API}/search?q=owls", "Cho")).json()
        asked = (await shelf.get(f"{API}/search?q=speaks", "Cho")).json()
        people = (await shelf.get(f"{API}/search?q=aur", "Cho")).json()
        group = (await shelf.get(f"{API}/groups/loire", "Cho")).json()
        news = (await shelf.get("/g/loire/rooms.atom")).text
        calendar = (await shelf.get("/g/loire/calendar.ics")).text
        return {
            **{name: sorted(one["title"] for one in home[name]) for name in ("soon", "followed", "ended")},
            "rooms": [one["card"]["title"] for one in found["rooms"]["found"]],
            "questions": [one["title"] for one in asked["questions"]["found"]],
            "people": [one["handle"] for one in people["people"]["found"]],
            "group": sorted(one["title"] for name in ("soon", "past") for one in group[name]),
            "feed": [group["feed"]] if group["feed"] else [],
            "news": [title for title in ("Owls", "The river") if title in news],
            "calendar": [title for title in ("Owls", "The river") if title in calendar],
            "following": [one["name"] for one in (await shelf.get(f"{API}/following", "Cho")).json()],
        }

    before = await everywhere()
    await shelf.suspend()
    during = await everywhere()
    await shelf.lift()

    assert before == {
        "soon": ["Owls", "Wrens"],
        "followed": ["Owls", "Wrens"],
        "ended": ["The river"],
        "rooms": ["Owls"],
        "questions": ["The river"],
        "people": ["aurelie"],
        "group": ["Owls", "The river", "Wrens"],
        "feed": ["/g/loire/feed.xml"],
        "news": ["Owls", "The river"],
        "calendar": ["Owls", "The river"],
        "following": ["Aurélie"],
    }
    assert during == {name: [] for name in before}
    assert await everywhere() == before


async def test_nobody_begins_to_follow_or_asks_along_who_is_suspended(shelf: Suspended):
    await shelf.suspend()
    async with shelf.place.browser(shelf.cookies["Cho"]) as browser:
        followed = await browser.put(f"{API}/following/{shelf.people['Aurélie']}", json={})
    karim = replace(await shelf.person("Karim"), may_open_rooms=True)
    await shelf.place.room(karim, "Storks", name="storks")
    async with shelf.place.browser(shelf.cookies["Karim"]) as browser:
        asked = await browser.post(f"{API}/rooms/storks/asked", json={"to": "@aurelie"})

    assert [(one.status_code, one.json()["code"]) for one in (followed, asked)] == [(404, "person.unknown")] * 2


async def test_who_helps_to_lead_and_who_looks_after_the_group_have_it_as_before(shelf: Suspended):
    row = {"person": shelf.people["Tomasz"], "name": "Tomasz", "role": "cohost", "since": NOON}
    await shelf.sql(insert(helpers).values([{**row, "room": room} for room in await _rooms(shelf)]))
    paths = (f"{API}/rooms/owls", f"{API}/copies/{NAME}", await shelf.link())

    await shelf.suspend()

    for name, status in (("Karim", 200), ("Tomasz", 200), ("Cho", 404)):
        assert [(await shelf.get(path, name)).status_code for path in paths] == [status] * 3, name


async def test_what_one_said_oneself_can_be_had_whoever_is_suspended(shelf: Suspended):
    key = f"copies/{NAME}/1/sound/speakers/1.flac"
    await _track(shelf, key)
    await shelf.suspend()
    link = (await shelf.get(f"{API}/rooms/river/part", "Nour")).json()["track"]

    assert ((await shelf.get(link, "Nour")).status_code, (await shelf.get(link, "Cho")).status_code) == (200, 404)


async def test_others_words_and_their_rooms_stay(shelf: Suspended):
    """A suspension of who only asked hides nothing of what they asked, in a room that is somebody else's."""
    told = (await shelf.get(f"/a/{ANSWERS['nour']}")).text
    shelf.people["Aurélie"] = shelf.people["Nour"]

    await shelf.suspend()

    assert (await shelf.get(f"/a/{ANSWERS['nour']}")).text == told
    assert await shelf.listed(f"{API}/home", "ended") == ["The river"]


async def test_nobody_is_reminded_of_a_room_that_is_not_there_and_the_wish_stays(shelf: Suspended):
    cho, place = await shelf.person("Cho"), shelf.place
    await place.causerie.rooms.key_of("owls")
    owls = place.state("owls").room
    await place.causerie.database.write(lambda tx: remind(tx, cho, owls))
    await shelf.suspend(days=1)

    place.clock.turn(10 * MINUTE)
    await place.causerie.notices.sweep()
    async with place.causerie.database.read() as connection:
        told, times = await inbox(connection, cho.id), await reminded_at(connection, cho.id, owls.id)
    place.clock.turn(DAY - 14 * MINUTE)
    await shelf.lift()
    await place.causerie.notices.sweep()

    async with place.causerie.database.read() as connection:
        assert [one.kind for one in await inbox(connection, cho.id)] == ["room.soon"]
    assert (told, bool(times)) == ([], True)


# ---- live ----


async def test_pages_at_a_room_to_come_are_out_of_it_and_come_in_again_afterwards(shelf: Suspended):
    cho = shelf.place.page(shelf.cookies["Cho"])
    await cho.enter("owls")

    await shelf.suspend()
    await cho.task
    during = await _enters(shelf, "Cho")
    at_group = await _enters(shelf, "Karim")
    await shelf.lift()

    assert (cho.closed, during["code"], at_group["type"]) == (4002, "room.unknown", "snapshot")
    assert (await _enters(shelf, "Cho"))["type"] == "snapshot"


async def test_a_room_that_comes_to_life_meanwhile_knows_of_it_and_when_it_is_over(shelf: Suspended):
    await shelf.suspend(days=1)
    first = await _enters(shelf, "Cho")

    shelf.place.clock.turn(DAY)

    assert (first["code"], (await _enters(shelf, "Cho"))["type"]) == ("room.unknown", "snapshot")


async def test_a_room_that_is_live_goes_on_without_its_host_and_is_not_there_when_it_is_over(shelf: Suspended):
    await shelf.sql(update(rooms).where(rooms.c.name == "owls").values(started_at=shelf.place.clock.now()))
    cho = shelf.place.page(shelf.cookies["Cho"])
    await cho.enter("owls")

    await shelf.suspend()
    live = await shelf.listed(f"{API}/home", "live"), (await shelf.get("/r/owls")).status_code, cho.closed
    async with shelf.place.browser(await shelf.root()) as browser:
        await browser.post(f"{API}/admin/rooms/owls/end", json={"reason": "Nobody leads it"})

    assert live == (["Owls"], 200, None)
    assert [(await shelf.get(path)).status_code for path in ("/r/owls", f"{API}/rooms/owls")] == [404, 404]
    assert (await _enters(shelf, "Ben"))["code"] == "room.unknown"


# ---- groups ----


@pytest.mark.parametrize("private", [False, True])
async def test_no_calendar_and_no_feed_of_a_group_that_is_shut(shelf: Suspended, private: bool):
    async with shelf.place.browser(shelf.cookies["Karim"]) as browser:
        await shelf.sql(update(groups).values(private=private))
        calendar = (await browser.get(f"{API}/groups/loire")).json()["calendar"]
    paths = (calendar, *(["/g/loire/feed.xml", "/g/loire/rooms.atom"] if not private else []))
    before = [(await shelf.get(path)).status_code for path in paths]

    await shelf.sql(update(groups).values(suspended_at=NOON))

    assert set(before) == {200}
    assert {(await shelf.get(path)).status_code for path in paths} == {404}


async def _enters(shelf: Suspended, name: str) -> Any:
    page: Page = shelf.place.page(shelf.cookies[name])
    return await page.enter("owls")


async def _track(shelf: Suspended, key: str) -> None:
    """What Nour said is on a track of its own."""
    stored = await shelf.place.causerie.house.copying.storage.keep(key, MP3)
    async with shelf.place.causerie.database.read() as connection:
        edition = await edition_made(connection, await shelf.copy())
    assert edition is not None
    assert edition.contents is not None
    held = replace(edition.contents, files=(*edition.contents.files, File("track", key, stored.bytes, 1)))
    await shelf.sql(update(editions).values(contents=written(held)))


async def _rooms(shelf: Suspended) -> list[str]:
    async with shelf.place.causerie.database.read() as connection:
        return list((await connection.execute(select(rooms.c.id))).scalars())


PORTRAIT, COVER = f"/portraits/{'p' * 22}.jpg", f"/covers/{'c' * 22}.jpg"


@pytest.fixture
async def pictured(shelf: Suspended) -> Suspended:
    """She shows her face, *Owls* a cover."""
    for address in (PORTRAIT, COVER):
        await shelf.place.causerie.house.copying.storage.keep(address.removeprefix("/"), b"drawn")
    await shelf.sql(update(people).where(people.c.id == shelf.people["Aurélie"]).values(portrait=PORTRAIT))
    await shelf.sql(update(rooms).where(rooms.c.name == "owls").values(cover=COVER))
    return shelf


async def test_a_portrait_and_a_cover_are_not_there_meanwhile_and_come_back(pictured: Suspended):
    async def met() -> list[tuple[int, str]]:
        told = [await pictured.get(path, name) for path in (PORTRAIT, COVER) for name in ("Cho", "")]
        return [(answer.status_code, answer.headers.get("cache-control", "")) for answer in told]

    before = await met()
    await pictured.suspend()
    during = await met()
    never = [await pictured.get(path.replace("p" * 22, "q" * 22)) for path in (PORTRAIT, COVER.replace("c", "p"))]
    hidden = await pictured.get(PORTRAIT)
    await pictured.lift()

    assert before == [(200, "public, max-age=60")] * 4
    assert [status for status, _ in during] == [404] * 4
    assert [(told.content, told.headers["cache-control"]) for told in (hidden, never[0])] == [
        (hidden.content, "no-store")
    ] * 2
    assert await met() == before


async def test_who_has_a_picture_is_told_in_a_few_bytes_that_it_is_the_same_or_that_it_is_gone(pictured: Suspended):
    async def again(path: str, etag: str) -> tuple[int, bytes]:
        async with pictured.place.browser() as browser:
            answer = await browser.get(path, headers={"if-none-match": etag})
        return answer.status_code, answer.content

    etags = [(await pictured.get(path)).headers["etag"] for path in (PORTRAIT, COVER)]
    before = [await again(path, etag) for path, etag in zip((PORTRAIT, COVER), etags, strict=True)]
    await pictured.suspend()
    during = [(await again(path, etag))[0] for path, etag in zip((PORTRAIT, COVER), etags, strict=True)]

    assert (before, during) == ([(304, b"")] * 2, [404, 404])


async def test_a_cover_is_there_for_who_helps_to_lead_and_lies_in_no_cache_for_others(pictured: Suspended):
    row = {"person": pictured.people["Tomasz"], "name": "Tomasz", "role": "cohost", "since": NOON}
    await pictured.sql(insert(helpers).values([{**row, "room": room} for room in await _rooms(pictured)]))

    await pictured.suspend()

    told = await pictured.get(COVER, "Tomasz")
    assert (told.status_code, told.headers["cache-control"]) == (200, "private, no-store")


async def test_the_cover_of_a_room_that_goes_on_without_its_host_stays(pictured: Suspended):
    await pictured.sql(update(rooms).where(rooms.c.name == "owls").values(started_at=NOON))

    await pictured.suspend()

    assert [(await pictured.get(path)).status_code for path in (PORTRAIT, COVER)] == [404, 200]


async def test_where_somebody_else_is_suspended_who_was_heard_their_face_is_on_no_page(pictured: Suspended):
    await pictured.sql(update(people).where(people.c.id == pictured.people["Karim"]).values(portrait=PORTRAIT))
    pages = [f"/a/{ANSWERS['nour']}", f"{API}/copies/{NAME}"]

    before = [PORTRAIT in (await pictured.get(path)).text for path in pages]
    await pictured.suspend(who="Karim")
    during = [await pictured.get(path) for path in pages]

    assert before == [True, True]
    assert [(page.status_code, PORTRAIT in page.text) for page in during] == [(200, False)] * 2
