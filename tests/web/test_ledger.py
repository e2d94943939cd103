"""The ledger as a table: whole, in the very words, and for those who lead the room and who run the place alone."""

import csv
import io
from typing import Any

import pytest

from causerie.recordings.words import WORDS, shown
from tests.live.conftest import Evening, evening_in
from tests.place import Place
from tests.sound_on_paper import OFFER

KEEP, LEAVE_OUT = {"keep": True, "words": WORDS}, {"keep": False, "words": WORDS}


@pytest.fixture
async def evening(place: Place) -> Evening:
    return await evening_in(place)


async def table(evening: Evening, cookie: str, room: str = "sparrows") -> Any:
    async with evening.place.browser(cookie) as browser:
        return await browser.get(f"/api/v1/rooms/{room}/ledger.csv")


async def three_answer(evening: Evening) -> None:
    """Ada agrees, Ben agrees and takes it back, Cho is left out."""
    await evening.ada.enter(sdp=OFFER)
    await evening.ada.does("microphone.unmute")
    await evening.ada.does("recording.start")
    await evening.ada.does("recording.consent", **KEEP)
    for page, name, part in ((evening.ben, "Ben", KEEP), (evening.cho, "Cho", LEAVE_OUT)):
        await page.enter(sdp=OFFER)
        await evening.ada.does("stage.invite", person=evening.id(name))
        await page.does("stage.accept", part=part)
    await evening.ben.does("recording.withdraw")


async def test_who_agreed_to_what_is_there_after_the_end(evening: Evening):
    await three_answer(evening)
    await evening.ada.does("room.end")

    told = await table(evening, evening.ada.cookie)

    rows = list(csv.DictReader(io.StringIO(told.text.removeprefix("\ufeff"))))
    choice = shown(WORDS, "each")
    assert [(row["name"], row["answer"], row["shown"]) for row in rows] == [
        ("Ada", "agreed", choice),
        ("Ben", "agreed", choice),
        ("Cho", "left out", choice),
        ("Ben", "withdrawn", choice),
    ]
    assert {row["at"][-1] for row in rows} == {"Z"}
    assert (told.headers["content-type"], told.headers["cache-control"]) == ("text/csv; charset=utf-8", "no-store")


async def test_to_everybody_else_there_is_none(evening: Evening):
    await three_answer(evening)
    _, runs_it = await evening.place.person("Root", admin=True)
    asking = (evening.ada.cookie, runs_it, evening.ben.cookie, evening.visitor.cookie, "")

    answers = [await table(evening, cookie) for cookie in asking]
    unknown = await table(evening, evening.ben.cookie, "no-such-room")

    assert [answer.status_code for answer in answers] == [200, 200, 404, 404, 404]
    assert {answer.text for answer in answers[2:]} == {unknown.text}


async def test_no_name_is_a_formula(evening: Evening):
    mallory, cookie = await evening.place.person("=1+1", may_open_rooms=True)
    room = await evening.place.room(mallory, title="Swifts")
    page = evening.place.page(cookie)
    await page.enter(room.name, sdp=OFFER)
    for do in ("room.start", "microphone.unmute", "recording.start"):
        await page.does(do)
    await page.does("recording.consent", **KEEP)

    told = await table(evening, cookie, room.name)

    assert "'=1+1" in told.text
