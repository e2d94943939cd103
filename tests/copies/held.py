"""A room that was held and recorded, through the real doors; what was said in it are tones in logs of our own."""

import asyncio
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from causerie.clock import SECOND
from causerie.copies.queries import copy_of_room, edition_made
from causerie.copies.state import Copy, Edition
from causerie.copies.work import WORK
from causerie.recordings.files import log_of
from causerie.recordings.words import WORDS
from tests.copies.evening import ADA, BEN
from tests.copies.logs import NIGHT, Talk, log
from tests.live.conftest import Evening, evening_in
from tests.place import Page, Place
from tests.sound_on_paper import OFFER

KEEP, LEAVE_OUT = {"keep": True, "words": WORDS}, {"keep": False, "words": WORDS}
VOICES = {"Ada": ADA, "Ben": BEN}
LASTS = 12


@dataclass
class Held:
    """The evening, when its take began, and everybody's cookie."""

    evening: Evening
    began: int
    cookies: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return self.evening.place

    @property
    def room(self) -> str:
        return self.place.state().room.id

    def browser(self, name: str = "") -> httpx.AsyncClient:
        return self.place.browser(self.cookies[name] if name else self.place.visitor())

    async def get(self, path: str, name: str = "", **more: Any) -> httpx.Response:
        async with self.browser(name) as browser:
            return await browser.get(path, **more)

    async def post(self, path: str, name: str = "", **said: Any) -> httpx.Response:
        async with self.browser(name) as browser:
            return await browser.post(path, json=said)

    async def copy(self) -> Copy | None:
        async with self.place.causerie.database.read() as connection:
            return await copy_of_room(connection, await self.room_id())

    async def room_id(self) -> str:
        async with self.place.causerie.database.read() as connection:
            return str((await connection.exec_driver_sql("SELECT id FROM rooms WHERE name = 'sparrows'")).scalar())

    async def made(self) -> Edition:
        """Until nothing is to be made any more and nothing old is left; the edition that people see."""
        self.place.causerie.jobs.hint()
        async with asyncio.timeout(60):
            while (copy := await self.copy()) is None or copy.state == "processing":  # noqa: ASYNC110  a copy has no bell
                await asyncio.sleep(0.05)
        async with self.place.causerie.database.read() as connection:
            edition = await edition_made(connection, copy)
        assert edition is not None, (copy.failed_code, copy.failed_text)
        async with asyncio.timeout(60):
            while self._left_over(copy, edition):  # noqa: ASYNC110  what goes has no bell either
                await asyncio.sleep(0.05)
        return edition

    def _left_over(self, copy: Copy, edition: Edition) -> list[str]:
        """What still lies there of how it was made, and of editions that another has taken the place of."""
        data = self.place.causerie.settings.data
        old = [of for of in (data / "files/copies" / copy.name).glob("[0-9]*") if of.name != str(edition.number)]
        work = (data / WORK).glob(f"{copy.id}-*")
        return [name for folder in (*old, *work) for _, _, names in os.walk(folder) for name in names]


async def held(place: Place, *, rule: str = "each", still_open: str = "") -> Held:
    """Ada and Ben speak for twelve seconds, twice about a question of Cho's; then the room ends.

    A question of Ben's stays open.
    """
    evening = await evening_in(place)
    if rule != "each":
        await evening.ada.does("room.set", recording=rule)
    story = Held(evening, 0, {name: page.cookie for name, page in pages(evening).items()})
    await speak(evening)
    story.began = place.clock.now()
    asked = await evening.cho.does("question.ask", text="Who speaks for the river?", myself=False)
    story.questions["Cho"] = asked["made"]
    if still_open:
        story.questions["open"] = (await evening.ben.does("question.ask", text=still_open))["made"]
    await turn(place, 2)
    await evening.ada.does("floor.pick", question=asked["made"])
    await evening.ada.does("caption.say", text="On the boats we had a rule.", speaker=evening.id("Ada"))
    await turn(place, 3)
    await evening.ada.does("caption.say", text="A court needs a name.", speaker=evening.id("Ben"))
    await evening.ada.does("floor.answered", question=asked["made"])
    await turn(place, 2)
    await evening.ada.does("floor.topic", text="What remains")
    await turn(place, 5)
    await ended(story)
    return story


def pages(evening: Evening) -> dict[str, Page]:
    return {"Ada": evening.ada, "Ben": evening.ben, "Cho": evening.cho}


async def speak(evening: Evening) -> None:
    """Both are on stage, and are recorded."""
    await evening.ada.enter(sdp=OFFER)
    await evening.ada.does("microphone.unmute")
    await evening.ben.enter(sdp=OFFER)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await evening.ada.does("recording.start")
    for page in (evening.ada, evening.ben):
        assert (await page.does("recording.consent", **KEEP))["type"] == "ack"


async def turn(place: Place, seconds: float) -> None:
    """So long is spoken."""
    place.clock.turn(round(seconds * SECOND))


async def ended(story: Held) -> None:
    """The room ends; its logs are whole on the disk."""
    place = story.place
    await story.evening.ada.does("room.end")
    take = place.state().recording.take
    assert take is not None
    for track in take.tracks.values():
        spoken(log_of(place.causerie.settings.data, take.id, track.id), story.began, VOICES[track.name])
    for _ in range(50):
        await place.tick(SECOND)
        await asyncio.sleep(0.01)
        if place.state().recording.take.state != "stopping":
            return
    raise AssertionError("its logs are not closed")


def spoken(path: Path, began: int, hz: float) -> None:
    """Ada speaks first, Ben after her, both at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    since = (began * 1_000_000 - NIGHT) / 1e9
    first = Talk(since, 6, hz) if hz == ADA else Talk(since + 5, 4, hz)
    log(path, [first, Talk(since + 10, 2, hz)])
