"""The home page and the people's lists: what they show, and that it costs the same for one room and for many."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from causerie.accounts.following import follow
from causerie.accounts.people import Person
from causerie.clock import DAY, HOUR, MINUTE
from causerie.db import Database
from causerie.groups import actions as groups
from causerie.groups.models import memberships
from causerie.groups.queries import group_at
from causerie.rooms.actions import end, start
from causerie.rooms.state import Room
from causerie.safety.models import reports
from causerie.safety.store import settle
from causerie.web.home import SHOWN
from tests.live.conftest import Evening, evening_in
from tests.place import Place, opened


@contextlib.contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement that is read or written meanwhile."""
    told: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        told.append(statement)

    engines = {database.reader.sync_engine, database.writer.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", heard)
    try:
        yield told
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", heard)


@pytest.fixture
async def place(tmp_path: Path, database_url: str):
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


@pytest.fixture
async def evening(place: Place) -> Evening:
    return await evening_in(place)


async def test_home_shows_what_is_on_what_comes_and_what_was(evening: Evening):
    ada, clock = evening.people["Ada"], evening.place.clock
    later = clock.now() + 3_600_000
    await evening.place.room(ada, "In two hours", starts_at=later + 3_600_000)
    await evening.place.room(ada, "In an hour", starts_at=later)
    await evening.place.room(ada, "Not for everybody", visibility="unlisted")
    await evening.place.room(ada, "It is over")
    await evening.ada.enter("it-is-over")
    await evening.ada.does("room.end")
    await evening.ben.does("question.ask", text="Who hears?")

    async with evening.place.browser() as browser, evening.place.browser(evening.ada.cookie) as hers:
        home, own = [(await one.get("/api/v1/home")).json() for one in (browser, hers)]

    assert titles(home) == {
        "live": ["Sparrows"],
        "soon": ["In an hour", "In two hours"],
        "followed": [],
        "own": [],
        "ended": ["It is over"],
        "fallen": [],
    }
    assert (home["groups"], home["next"]) == ([], {})
    assert titles(own)["own"] == ["Not for everybody", "In an hour", "In two hours", "Sparrows"]
    (card,) = home["live"]
    assert (card["listeners"], card["open_questions"], card["faces"], card["host"]) == (
        3,
        1,
        [{"name": "Ada", "portrait": None}],
        "Ada",
    )


NO_ROOMS = ("groups", "reminded", "next")


def titles(home: dict[str, Any]) -> dict[str, list[str]]:
    lists = {name: cards for name, cards in home.items() if name not in NO_ROOMS}
    return {name: [card["title"] for card in cards] for name, cards in lists.items()}


@dataclass
class Front:
    """Ben's home page, and what other people do that stands there."""

    place: Place
    ben: Person
    cookie: str
    ada: Person

    async def shows(self, query: str = "", *, cookie: str | None = None) -> dict[str, Any]:
        async with self.place.browser(self.cookie if cookie is None else cookie) as browser:
            told = await browser.get(f"/api/v1/home{query}")
        assert told.status_code == 200, told.text
        return told.json()

    async def live(self, host: Person, title: str, *, listeners: int = 0, **more: Any) -> Room:
        """A room that is on, with so many who listen."""
        room = await self.place.room(host, title, **more)
        await self.does(partial(start, room=room))
        for _ in range(listeners):
            await self.place.page(self.place.visitor()).enter(room.name)
        return room

    async def follows(self, subject: Person) -> None:
        await self.does(partial(follow, follower=self.ben, subject=subject.id))

    async def founds(self, by: Person, handle: str, *, private: bool = False, joins: bool = True) -> None:
        await self.does(partial(groups.found, by=by, handle=handle, name=handle.title(), private=private))
        if joins:
            async with self.place.causerie.database.read() as connection:
                group, _ = await group_at(connection, handle, None)
            inside = {"group_id": group.id, "person": self.ben.id, "role": "member", "rank": 3, "since": 1}
            await self.does(lambda tx: tx.put(memberships, **inside))

    async def does(self, work: Any) -> Any:
        return (await self.place.causerie.database.write(work))[0]

    async def soon(self) -> int:
        return self.place.clock.now() + HOUR


@pytest.fixture
async def front(place: Place) -> Front:
    ben, cookie = await place.person("Ben", may_open_rooms=True)
    ada, _ = await place.person("Ada", may_open_rooms=True)
    return Front(place, ben, cookie, ada)


async def test_what_is_on_stands_by_how_many_listen_and_what_was_reported_last(front: Front):
    await front.live(front.ada, "One hears", listeners=1)
    reported = await front.live(front.ada, "Many hear and one reported", listeners=3)
    await front.live(front.ada, "Two hear", listeners=2)
    await front.place.room(front.ada, "Reported before it begins", starts_at=await front.soon())
    async with front.place.browser(front.cookie) as browser:
        for room in (reported.name, "reported-before-it-begins"):
            told = {"about": "room", "grounds": "spam"}
            assert (await browser.post(f"/api/v1/rooms/{room}/reports", json=told)).status_code == 204

    home = titles(await front.shows())
    async with front.place.causerie.database.read() as connection:
        ids = list((await connection.execute(select(reports.c.id))).scalars())
    for id in ids:
        await front.does(partial(settle, id=id, by=front.ada.id, outcome="nothing", answer=""))
    after = titles(await front.shows())

    assert (home["live"], home["soon"]) == (["Two hear", "One hears", "Many hear and one reported"], [])
    assert after["live"] == ["Many hear and one reported", "Two hear", "One hears"]
    assert after["soon"] == ["Reported before it begins"]


async def test_people_and_groups_one_follows_are_a_list_of_their_own(front: Front):
    cho, _ = await front.place.person("Cho", may_open_rooms=True)
    await front.founds(cho, "loire")
    await front.founds(cho, "closed", private=True)
    await front.founds(cho, "elsewhere", private=True, joins=False)
    await front.follows(front.ada)
    await front.place.room(front.ada, "Followed, without a time")
    await front.place.room(front.ada, "Followed, soon", starts_at=await front.soon())
    await front.place.room(front.ada, "Followed, by link only", visibility="unlisted")
    await front.place.room(front.ada, "Followed, a draft", draft=True)
    await front.live(cho, "In a group", group="loire")
    await front.live(cho, "In a private group", group="closed", listeners=0)
    await front.live(cho, "In a group Ben is not in", group="elsewhere")
    await front.live(cho, "Of nobody he follows")

    home, stranger = await front.shows(), await front.shows(cookie="")

    followed = titles(home)["followed"]
    assert sorted(followed[:2]) == ["In a group", "In a private group"]
    assert followed[2:] == ["Followed, soon", "Followed, without a time"]
    assert sorted(titles(home)["live"]) == ["In a group", "Of nobody he follows"]
    assert [(group["handle"], group["live"], group["members"]) for group in home["groups"]] == [
        ("closed", True, 2),
        ("loire", True, 2),
    ]
    assert (titles(stranger)["followed"], stranger["groups"]) == ([], [])
    assert sorted(titles(stranger)["live"]) == ["In a group", "Of nobody he follows"]


async def test_the_page_knows_of_what_one_wants_to_be_reminded(front: Front):
    for n, minutes in ((1, 60), (2, 120)):
        await front.place.room(front.ada, f"Soon {n}", starts_at=front.place.clock.now() + minutes * MINUTE)
    async with front.place.browser(front.cookie) as browser:
        assert (await browser.put("/api/v1/rooms/soon-2/interest", json={})).status_code == 204

    assert ((await front.shows())["reminded"], (await front.shows(cookie=""))["reminded"]) == (["soon-2"], [])


async def test_a_group_says_when_its_next_room_begins(front: Front):
    await front.founds(front.ada, "loire")
    at = await front.soon()
    for title, more in (("Later", {"starts_at": at + DAY}), ("Next", {"starts_at": at})):
        await front.place.room(front.ada, title, group="loire", **more)
    await front.place.room(front.ada, "By link", group="loire", visibility="unlisted", starts_at=at - 1)

    (group,) = (await front.shows())["groups"]

    assert (group["live"], group["next_at"]) == (False, at)


async def test_one_looks_for_rooms_in_a_language(front: Front):
    await front.live(front.ada, "Les moineaux", language="fr")
    await front.live(front.ada, "Sparrows", language="en")
    await front.place.room(front.ada, "Plus tard", language="fr", starts_at=await front.soon())

    french, odd = titles(await front.shows("?language=fr")), titles(await front.shows("?language=de"))

    assert (french["live"], french["soon"]) == (["Les moineaux"], ["Plus tard"])
    assert (odd["live"], odd["soon"]) == ([], [])
    async with front.place.browser() as browser:
        assert (await browser.get("/api/v1/home?language=%00")).status_code == 422


async def test_one_looks_for_rooms_about_something(front: Front):
    await front.live(front.ada, "Of swifts and rivers", tags=["Swifts", "rivers"], language="fr")
    await front.place.room(front.ada, "Of swifts, later", tags=["swifts"], starts_at=await front.soon())
    await front.live(front.ada, "Of nothing")

    swifts, french = titles(await front.shows("?tag=%23SWIFTS")), titles(await front.shows("?tag=swifts&language=fr"))

    assert (swifts["live"], swifts["soon"]) == (["Of swifts and rivers"], ["Of swifts, later"])
    assert (french["live"], french["soon"]) == (["Of swifts and rivers"], [])


@pytest.mark.parametrize("name", ["live", "soon", "followed", "ended"])
async def test_a_list_goes_on_page_after_page_until_its_end(front: Front, name: str):
    await front.follows(front.ada)
    at, many = await front.soon(), 2 * SHOWN[name] + 3
    for n in range(many):
        if name in ("soon", "followed"):
            await front.place.room(front.ada, f"Room {n}", starts_at=at + n // 2)
        else:
            room = await front.live(front.ada, f"Room {n}")
            if name == "ended":
                await front.does(partial(end, room=replace(room, started_at=1)))
    home = await front.shows()
    pages, next_ = [titles(home)[name]], home["next"].get(name)
    while next_:
        async with front.place.browser(front.cookie) as browser:
            told = (await browser.get(f"/api/v1/home/{name}?after={next_}")).json()
        pages, next_ = [*pages, [card["title"] for card in told["rooms"]]], told["next"]

    seen = [title for page in pages for title in page]
    assert [len(page) for page in pages] == [SHOWN[name], SHOWN[name], 3]
    assert sorted(seen) == sorted(f"Room {n}" for n in range(many))


async def test_no_odd_cursor_is_meant(front: Front):
    async with front.place.browser(front.cookie) as browser:
        paths = ["soon?after=now", "soon?after=1.%00", "soon?after=9999999999999999.A", "nothing?after=1", "soon"]
        told = [(await browser.get(f"/api/v1/home/{path}")).status_code for path in paths]

        assert told == [422] * 5
        assert (await browser.get("/api/v1/home/soon?after=999999999999999.A")).json() == {"rooms": [], "next": None}


async def test_home_costs_the_same_for_one_room_and_for_many(front: Front):
    async def cost() -> int:
        with statements(front.place.causerie.database) as told:
            await front.shows()
        return len(told)

    async def more(n: int) -> None:
        host, _ = await front.place.person(f"Host {n}", may_open_rooms=True)
        await front.follows(host)
        await front.founds(host, f"group-{n}")
        await front.live(host, f"Live {n}", group=f"group-{n}")
        await front.place.room(host, f"Soon {n}", starts_at=await front.soon())
        await front.place.room(front.ben, f"Draft {n}", draft=True)

    await more(0)
    one = await cost()
    for n in (1, 2):
        await more(n)

    assert await cost() == one <= 12


async def test_bringing_a_room_to_life_costs_the_same_for_few_and_for_many(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    guests = [await place.person(f"Guest {n}") for n in range(6)]
    costs = []
    for title, count in (("Few", 1), ("Many", 6)):
        await place.room(ada, title)
        room = title.lower()
        for _, guest in guests[:count]:
            page = place.page(guest)
            await page.enter(room)
            made = (await page.does("question.ask", text="Why?"))["made"]
            await page.does("hand.raise")
            voter = place.page(cookie)
            await voter.enter(room)
            await voter.does("question.vote", question=made)
        for page in place.pages:
            await page.leave()
        await place.tick()
        assert place.causerie.rooms.hubs == {}

        with statements(place.causerie.database) as told:
            page = place.page(cookie)
            snapshot = await page.enter(room)
        assert len(snapshot["room"]["questions"]) == len(snapshot["desk"]["hands"]) == count
        costs.append(len(told))
        await page.leave()
        await place.tick()

    assert costs[0] == costs[1] <= 39


async def test_reports_cost_the_same_from_one_room_and_from_many(place: Place):
    ada, cookie = await place.person("Ada", admin=True, may_open_rooms=True)

    async def cost(rooms: list[str]) -> int:
        for title in rooms:
            await place.room(ada, title)
            async with place.browser(cookie) as browser:
                told = {"about": "room", "grounds": "spam"}
                assert (await browser.post(f"/api/v1/rooms/{title.lower()}/reports", json=told)).status_code == 204
        async with place.browser(cookie) as browser:
            with statements(place.causerie.database) as made:
                found = (await browser.get("/api/v1/admin/reports")).json()
        assert {one["title"] for one in found} >= set(rooms)
        return len(made)

    one = await cost(["One"])

    assert await cost(["Two", "Three", "Four"]) == one <= 4


@pytest.mark.parametrize("path", ["/r/%00", "/api/v1/rooms/%00", "/api/v1/sign-in/%00", "/in/%00"])
async def test_no_name_is_too_odd_to_look_for(place: Place, path: str):
    async with place.browser("causerie_session=\x00; causerie_visitor=\x00.") as browser:
        answer = await browser.get(path)

    assert answer.status_code in (200, 404)


async def test_no_word_is_too_odd_to_be_written(evening: Evening):
    odd = "\u0000\ufffe\U0001f426 \u202e'; --"
    host = evening.people["Ada"]

    made = [
        (await evening.ben.does("question.ask", text=f"Why? {odd}"))["type"],
        (await evening.cho.does("hand.raise", note=odd))["type"],
        (await evening.ada.does("stage.mute", person=odd))["type"],
        (await evening.ada.does("stage.mute", person="x" * 40))["type"],
        (await evening.ada.does("stage.move_down", person=odd))["type"],
        (await evening.ben.does("question.vote", question=odd))["code"],
        (await evening.ben.does("room.enter", room=odd))["code"],
    ]
    room = await evening.place.room(host, f"On {odd}", description=odd)

    assert made == ["ack", "ack", "refused", "refused", "refused", "message.unknown", "room.unknown"]
    assert room.title == "On \ufffe\U0001f426 \u202e'; --"
