"""The life of a room as pages are told it: late, missed, reopened, cancelled, extended."""

from pathlib import Path
from typing import Any

import pytest

from causerie.clock import DAY, HOUR, MINUTE, SECOND
from tests.live.conftest import Evening
from tests.place import Page, Place, opened
from tests.sound_on_paper import OFFER


def told(page: Page, name: str) -> list[dict[str, Any]]:
    frames = [frame for frame in page.frames if frame["type"] == "events"]
    return [event for frame in frames for event in frame["events"] if event["is"] == name]


async def waiting(place: Place, minutes: int = 10) -> tuple[Page, Page]:
    """The door of a room that starts in some minutes: Ada's page, who leads it, and Ben's."""
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    _, ben = await place.person("Ben", guest=True)
    await place.room(ada, starts_at=place.clock.now() + minutes * MINUTE)
    pages = place.page(cookie), place.page(ben)
    for page in pages:
        await page.enter()
    return pages


async def test_the_door_says_that_the_host_is_late_and_the_host_is_told(place: Place):
    ada, ben = await waiting(place)
    await ada.leave()

    await place.tick(12 * MINUTE)
    async with place.browser() as browser:
        card = (await browser.get("/api/v1/rooms/sparrows")).json()
    back = await place.page(ada.cookie).enter()
    ada_is_here = told(ben, "room.planned")

    starts_at = place.clock.now() - 2 * MINUTE
    assert card["late_since"] == starts_at
    assert [event["late_since"] for event in ada_is_here] == [starts_at, None]
    assert back["room"]["late_since"] == starts_at


async def test_a_room_nobody_came_to_lead_did_not_take_place_and_is_reopened_with_its_questions(place: Place):
    ada, ben = await waiting(place)
    asked = await ben.does("question.ask", text="Will it be?")
    await ada.does("question.approve", question=asked["made"])
    await ada.leave()

    await place.tick(12 * MINUTE)
    await place.tick(28 * MINUTE)
    missed = await ben.enter()
    refused = [await ben.does("question.ask", text="And now?"), await ben.does("hand.raise")]
    back = place.page(ada.cookie)
    seen = await back.enter()
    reopened = await back.does("room.reopen")

    assert missed["room"]["phase"] == "missed"
    assert [one["code"] for one in refused] == ["question.closed", "room.missed"]
    assert seen["me"]["rights"] == ["room.cancel", "room.reopen", "floor.see"]
    assert reopened["type"] == "ack"
    assert told(ben, "room.planned")[-1]["phase"] == "scheduled"
    assert (await back.does("room.start"))["type"] == "ack"
    assert (await ben.enter())["room"]["open_count"] == 1


async def test_rooms_nobody_is_in_are_missed_too(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        ada, _ = await place.person("Ada", may_open_rooms=True)
        await place.room(ada, starts_at=place.clock.now() + MINUTE)
        await place.room(ada, "Swifts", starts_at=place.clock.now() + HOUR)

        await place.tick(31 * MINUTE)
        await place.tick(SECOND)

        async with place.browser() as browser:
            phases = [(await browser.get(f"/api/v1/rooms/{name}")).json()["phase"] for name in ("sparrows", "swifts")]
        assert phases == ["missed", "scheduled"]
        assert place.causerie.rooms.hubs == {}


async def test_after_a_day_a_missed_room_stays_missed(place: Place):
    ada, _ = await waiting(place)
    await ada.leave()
    await place.tick(40 * MINUTE)
    await place.tick(DAY + SECOND)
    back = place.page(ada.cookie)
    await back.enter()

    assert (await back.does("room.reopen"))["code"] == "room.not_reopened"


async def test_backstage_comes_before_live_and_the_audience_waits(place: Place):
    ada, ben = await waiting(place)

    assert (await ben.does("room.open_backstage"))["code"] == "room.may_not"
    assert (await ada.does("room.open_backstage"))["type"] == "ack"
    assert (await ben.does("question.ask", text="Already?"))["type"] == "ack"
    assert (await ben.enter())["room"]["phase"] == "backstage"
    await ada.does("room.start")
    assert told(ben, "room.planned")[-1]["phase"] == "live"
    assert (await ada.does("room.open_backstage"))["code"] == "room.begun"


async def test_a_cancelled_room_is_over_for_good(place: Place):
    ada, ben = await waiting(place)
    await ben.does("media.offer", sdp=OFFER)
    await ben.does("hand.raise")

    assert (await ben.does("room.cancel"))["code"] == "room.may_not"
    assert (await ada.does("room.cancel"))["type"] == "ack"

    refused = [await ada.does(do) for do in ("room.start", "room.reopen", "room.open_backstage")]
    assert [one["code"] for one in refused] == ["room.cancelled", "room.not_reopened", "room.cancelled"]
    assert (await ben.does("hand.raise"))["code"] == "room.cancelled"
    assert place.causerie.media.peers == {}
    assert (await ada.enter())["me"]["rights"] == []
    assert place.state().stage.hands == {}


async def test_a_room_is_moved(place: Place):
    ada, ben = await waiting(place)
    starts_at = place.clock.now() + DAY

    assert (await ada.does("room.move", starts_at=place.clock.now() - 1))["code"] == "room.start"
    assert (await ada.does("room.move", starts_at=starts_at))["type"] == "ack"
    assert told(ben, "room.planned")[-1]["starts_at"] == starts_at


async def test_a_room_begins_when_its_host_is_ready_after_all(place: Place):
    ada, ben = await waiting(place)

    assert (await ben.does("room.move", starts_at=None))["code"] == "room.may_not"
    assert (await ada.does("room.move", starts_at=place.clock.now() + DAY, zone="Asia/Tokyo"))["type"] == "ack"
    assert (await ada.does("room.move", starts_at=None))["type"] == "ack"
    said = told(ben, "room.planned")[-1]
    await place.tick(2 * DAY)

    assert (said["starts_at"], said["zone"], said["phase"]) == (None, None, "scheduled")
    assert place.state().room.phase == "scheduled"
    assert (await ada.does("room.start"))["type"] == "ack"
    assert (await ada.does("room.move", starts_at=None))["code"] == "room.begun"


async def test_six_hours_are_warned_of_extended_and_then_over(evening: Evening):
    began = evening.place.state().room.started_at
    assert began is not None
    await evening.place.tick(6 * HOUR - 10 * MINUTE)
    warned = told(evening.ben, "room.ending")
    extended = await evening.ada.does("room.extend", minutes=30)

    await evening.place.tick(10 * MINUTE)
    going_on = evening.place.state().room.phase
    await evening.place.tick(30 * MINUTE)

    assert [event["ending"] for event in warned] == [{"at": began + 6 * HOUR, "why": "length"}]
    assert extended["type"] == "ack"
    assert (going_on, evening.place.state().room.phase) == ("live", "ended")
    assert [event["ending"] is None for event in told(evening.ben, "room.ending")] == [False, True]


@pytest.mark.parametrize("minutes", [0, -5, 361, 2**53, "30", 1.5, None])
async def test_no_odd_number_of_minutes_is_meant(evening: Evening, minutes: Any):
    before = evening.place.state()

    assert (await evening.ada.does("room.extend", minutes=minutes))["type"] == "refused"
    assert evening.place.state() == before


async def test_a_draft_is_there_for_those_who_lead_it_alone_until_it_is_announced(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    _, ben = await place.person("Ben", guest=True)
    room = await place.room(ada, starts_at=place.clock.now() + HOUR, draft=True)
    host, guest = place.page(cookie), place.page(ben)
    path = f"/api/v1/rooms/{room.name}"

    async def seen() -> list[object]:
        async with place.browser(cookie) as hers, place.browser(ben) as his:
            home, his_home = (await hers.get("/api/v1/home")).json(), (await his.get("/api/v1/home")).json()
            doors = [(await browser.get(at)).status_code for browser in (hers, his) for at in (path, f"{path}/qr")]
            screen = (await his.get(f"/r/{room.name}/screen")).status_code
            listed = [[card["phase"] for card in cards] for cards in (home["own"], his_home["own"], his_home["soon"])]
            return [listed, doors, screen]

    hers = await host.enter()
    draft, refused, begun = await seen(), await guest.does("room.enter", room=room.name), await host.does("room.start")
    await host.does("room.announce")

    assert (hers["room"]["phase"], refused["code"], begun["code"]) == ("draft", "room.unknown", "room.draft")
    assert draft == [[["draft"], [], []], [200, 404, 404, 404], 404]
    assert await seen() == [[["scheduled"], [], ["scheduled"]], [200, 200, 200, 200], 200]
    assert (await guest.enter())["room"]["phase"] == "scheduled"


async def test_who_helps_with_a_draft_that_nobody_is_in_sees_it_and_who_may_only_take_the_chair_does_not(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    room, host = await place.room(ada, draft=True), place.page(cookie)
    await host.enter()
    cookies = {}
    for name, role in {"Ben": "cohost", "Cho": "screener", "Dee": "may_lead"}.items():
        person, cookies[name] = await place.person(name)
        await host.does("role.give", person=person.id, role=role)
    await host.leave()
    await place.settle()
    alive = place.causerie.rooms.alive(room.id)

    seen = {}
    for name, cookie in cookies.items():
        async with place.browser(cookie) as browser:
            seen[name] = (await browser.get(f"/api/v1/rooms/{room.name}")).status_code

    assert (alive, seen) == (None, {"Ben": 200, "Cho": 200, "Dee": 404})


async def test_before_it_begins_a_room_is_taken_from_the_home_page_and_its_address_stays(place: Place):
    ada, ben = await waiting(place)
    worded = {"title": "Sparrows", "description": "", "language": "en"}

    async def listed() -> list[str]:
        async with place.browser() as browser:
            return [card["room"] for card in (await browser.get("/api/v1/home")).json()["soon"]]

    before = await listed()
    await ada.does("room.plan", **worded, visibility="unlisted")
    unlisted = await listed(), (await ben.enter())["room"]["visibility"]
    await ada.does("room.plan", **worded, visibility="public")

    assert (before, unlisted, await listed()) == (["sparrows"], ([], "unlisted"), ["sparrows"])


async def test_before_it_begins_a_room_is_called_otherwise_and_everybody_reads_it(place: Place):
    ada, ben = await waiting(place)

    spoken = await ada.does("room.plan", title="  Swifts ", description="Not sparrows.", language="fr")
    refused = [await page.does("room.plan", title=" ", language="en") for page in (ada, ben)]

    words = {"title": "Swifts", "description": "Not sparrows.", "language": "fr"}
    assert spoken["type"] == "ack"
    assert [one["code"] for one in refused] == ["room.title", "room.may_not"]
    assert {name: told(ben, "room.planned")[-1][name] for name in words} == words
    again = await ben.enter()
    assert {name: again["room"][name] for name in words} == words


async def test_the_home_page_says_what_was_cancelled_or_did_not_take_place(place: Place):
    ada, _ = await waiting(place)
    await ada.does("room.cancel")

    async def fallen() -> list[tuple[str, str]]:
        async with place.browser() as browser:
            return [(card["title"], card["phase"]) for card in (await browser.get("/api/v1/home")).json()["fallen"]]

    today = await fallen()
    place.clock.turn(3 * DAY)

    assert (today, await fallen()) == ([("Sparrows", "cancelled")], [])
