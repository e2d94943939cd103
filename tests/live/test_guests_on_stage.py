"""Guests by name come on stage where the room lets them, or by a speaker link of their own; else they listen."""

import pytest

from causerie.clock import SECOND
from tests.live.conftest import Evening
from tests.place import Page

LISTENS = "stage.guests"


@pytest.fixture
async def gus(evening: Evening) -> Page:
    """A guest who is in the room."""
    evening.people["Gus"], cookie = await evening.place.person("Gus", guest=True)
    page = evening.place.page(cookie)
    await page.enter()
    return page


async def test_a_guest_listens_where_nothing_else_is_said(evening: Evening, gus: Page):
    snapshot = await gus.enter()

    raised = await gus.does("hand.raise")
    invited = await evening.ada.does("stage.invite", person=evening.id("Gus"))

    assert "hand.raise" not in snapshot["me"]["rights"]
    assert (raised["code"], invited["code"]) == (LISTENS, LISTENS)
    assert (evening.place.state().stage.hands, evening.place.state().stage.invitations) == ({}, {})


async def test_the_room_lets_guests_come_up_and_they_hear_of_it_at_once(evening: Evening, gus: Page):
    await evening.ada.does("room.set", guests_speak=True)

    raised = await gus.does("hand.raise")
    await evening.ada.does("stage.invite", person=evening.id("Gus"))
    accepted = await gus.does("stage.accept")

    told = [event for frame in gus.frames if frame["type"] == "events" for event in frame["events"]]
    rights = next(event["rights"] for event in told if event["is"] == "me.rights")
    assert ("hand.raise" in rights, raised["type"], accepted["type"]) == (True, "ack", "ack")


async def test_who_was_invited_before_it_was_forbidden_does_not_come_up(evening: Evening, gus: Page):
    await evening.ada.does("room.set", guests_speak=True)
    await evening.ada.does("stage.invite", person=evening.id("Gus"))
    await evening.ada.does("room.set", guests_speak=False)

    accepted = await gus.does("stage.accept")

    assert accepted["code"] == LISTENS
    assert list(evening.place.state().stage.seats) == [evening.id("Ada")]


async def test_a_question_of_a_guest_is_read_out(evening: Evening, gus: Page):
    await evening.ada.does("room.set", guests_ask="open")
    before = (await gus.does("question.ask", text="May I ask it myself?", myself=True))["made"]
    await evening.ada.does("room.set", guests_speak=True)
    evening.place.clock.turn(11 * SECOND)
    then = (await gus.does("question.ask", text="And now?", myself=True))["made"]
    await evening.ada.does("room.set", guests_speak=False)

    for question in (before, then):
        await evening.ada.does("floor.pick", question=question)

    all_ = evening.place.state().questions.all
    assert [(all_[id].myself, all_[id].state) for id in (before, then)] == [(False, "answered"), (True, "on_air")]
    assert evening.place.state().stage.invitations == {}


async def test_a_speaker_link_brings_a_guest_on_stage_in_any_room(evening: Evening, gus: Page):
    async with evening.place.browser(evening.ada.cookie) as browser:
        made = (await browser.post("/api/v1/rooms/sparrows/speaker-links", json={"name": "Gus"})).json()
    async with evening.place.browser(gus.cookie) as browser:
        await browser.post("/api/v1/speaker-links/" + made["url"].rsplit("/", 1)[1], json={})

    accepted = await gus.does("stage.accept")

    assert accepted["type"] == "ack"
    assert evening.id("Gus") in evening.place.state().stage.seats
