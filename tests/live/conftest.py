"""An evening that is live: Ada leads it, Ben, Cho and a visitor are here."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from causerie.accounts.people import Person
from tests.place import Page, Place, opened


@dataclass
class Evening:
    """Everybody's page, by first letter, and who they are."""

    place: Place
    ada: Page
    ben: Page
    cho: Page
    visitor: Page
    people: dict[str, Person] = field(default_factory=dict)

    def id(self, name: str) -> str:
        return self.people[name].id


async def evening_in(place: Place) -> Evening:
    """Open the room and let everybody in; it is live."""
    ada, ada_cookie = await place.person("Ada", may_open_rooms=True)
    ben, ben_cookie = await place.person("Ben")
    cho, cho_cookie = await place.person("Cho")
    await place.room(ada, agenda=["What remains", "How songs travel"])
    pages = [place.page(cookie) for cookie in (ada_cookie, ben_cookie, cho_cookie, place.visitor())]
    for page in pages:
        await page.enter()
    await pages[0].does("room.start")
    return Evening(place, *pages, people={"Ada": ada, "Ben": ben, "Cho": cho})


@contextlib.contextmanager
def no_headroom(evening: Evening) -> Iterator[None]:
    """So long the machine carries no more listeners."""
    headroom = evening.place.causerie.media.headroom
    headroom.full = True
    yield
    headroom.full = False


async def question_of_ben(evening: Evening, **more: object) -> str:
    return (await evening.ben.does("question.ask", text="Why do sparrows dust?", **more))["made"]


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


@pytest.fixture
async def evening(place: Place) -> Evening:
    return await evening_in(place)
