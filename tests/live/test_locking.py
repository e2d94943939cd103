"""A locked room: who was here may return, others knock; a full room; the raid button and its way back."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from causerie.clock import MINUTE
from tests.live.conftest import Evening, evening_in
from tests.place import Frame, Page, opened
from tests.sound_on_paper import OFFER

SDP = {"content-type": "application/sdp"}


async def outside(evening: Evening, name: str) -> tuple[Page, str]:
    """Somebody with a name who is not in the room: their page and their id."""
    person, cookie = await evening.place.person(name, guest=True)
    return evening.place.page(cookie), person.id


async def knocking(evening: Evening, name: str, note: str | None = None) -> tuple[Page, str]:
    page, person = await outside(evening, name)
    await page.does("room.knock", room="sparrows", note=note)
    return page, person


async def asks(evening: Evening, method: str, path: str, cookie: str = "", **more: Any) -> httpx.Response:
    async with evening.place.browser(cookie) as browser:
        return await browser.request(method, path, **more)


def doors(page: Page) -> list[bool]:
    """What somebody at the door was told."""
    return [frame["open"] for frame in page.frames if frame["type"] == "door"]


async def goodbye(page: Page) -> int | None:
    await asyncio.wait_for(page.task, 5)
    return page.closed


def code(told: Frame) -> str | None:
    return told.get("code")


# ---- the lock ----


async def test_nobody_new_comes_into_a_locked_room(evening: Evening):
    await evening.ada.does("room.lock", on=True)

    page, _ = await outside(evening, "Dee")

    assert code(await page.enter()) == "room.locked"
    player = await asks(evening, "POST", "/whep/sparrows", page.cookie, content=OFFER, headers=SDP)
    assert (player.status_code, player.json()["code"]) == (403, "room.locked")
    assert (evening.cho.events("room")[-1], (await evening.cho.enter())["room"]["locked"]) == ("room.locked", True)


@pytest.mark.parametrize(("minutes", "told"), [(0, None), (9, None), (10, "room.locked")])
async def test_who_was_in_within_ten_minutes_may_return(evening: Evening, minutes: int, told: str | None):
    await evening.visitor.leave()
    await evening.ada.does("room.lock", on=True)
    await evening.ben.leave()
    evening.place.clock.turn(minutes * MINUTE)
    await evening.place.tick(0)

    back = [await evening.place.page(page.cookie).enter() for page in (evening.ben, evening.visitor)]

    assert [code(frame) for frame in back] == [told, told]


async def test_who_left_long_before_the_lock_or_was_removed_has_to_knock(evening: Evening):
    await evening.cho.leave()
    evening.place.clock.turn(10 * MINUTE)
    await evening.ada.does("room.remove", person=evening.id("Ben"))
    await evening.ada.does("room.lock", on=True)

    assert [code(await evening.place.page(page.cookie).enter()) for page in (evening.ben, evening.cho)] == [
        "room.locked",
        "room.locked",
    ]


async def test_who_is_removed_from_a_locked_room_stays_out(evening: Evening):
    await evening.ada.does("room.lock", on=True)

    await evening.ada.does("room.remove", person=evening.id("Ben"))

    assert code(await evening.place.page(evening.ben.cookie).enter()) == "room.locked"


async def test_hosts_and_who_has_a_seat_come_in_always(evening: Evening):
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await evening.ada.does("room.lock", on=True)
    for page in (evening.ada, evening.ben):
        await page.leave()
    evening.place.causerie.rooms.hubs[evening.place.state().room.id].stays.all.clear()

    back = [await evening.place.page(page.cookie).enter() for page in (evening.ada, evening.ben)]

    assert [frame["me"]["role"] for frame in back] == ["host", "speaker"]


async def test_unlocked_everybody_comes_in_and_who_knocked_is_told(evening: Evening):
    await evening.ada.does("room.lock", on=True)
    page, _ = await knocking(evening, "Dee")

    await evening.ada.does("room.lock", on=False)

    assert doors(page) == [True]
    assert [code(await one.enter()) for one in (page, (await outside(evening, "Eve"))[0])] == [None, None]
    assert (await evening.ada.enter())["desk"]["knocks"] == []


async def test_the_lock_and_who_may_return_outlive_the_program(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await evening.ada.does("room.lock", on=True)
        cookie = (await place.person("Eve", guest=True))[1]
    async with opened(tmp_path, url=database_url) as place:
        await place.causerie.rooms.open()
        await place.causerie.rooms.ticks.stop()

        back = [await place.page(one).enter() for one in (evening.ben.cookie, evening.visitor.cookie, cookie)]
        locked = (await place.page(evening.ada.cookie).enter())["room"]["locked"]
        await place.tick(11 * MINUTE)
        late = await place.page(evening.cho.cookie).enter()

    assert [code(frame) for frame in [*back, late]] == [None, None, "room.locked", "room.locked"]
    assert locked


# ---- knocking ----


async def test_hosts_hear_who_knocks_and_let_them_in(evening: Evening):
    await evening.ada.does("room.lock", on=True)
    page, person = await knocking(evening, "Dee", " I was\n late ")
    (heard,) = (await evening.ada.enter())["desk"]["knocks"]

    await evening.ada.does("knock.answer", person=person, let_in=True)

    at = evening.place.clock.now()
    assert heard == {"person": person, "name": "Dee", "note": "I was late", "at": at, "turned_away": False}
    assert (doors(page), code(await page.enter())) == ([True], None)
    assert evening.ben.events("desk") == []
    await page.leave()
    assert code(await evening.place.page(page.cookie).enter()) is None


async def test_a_no_can_become_a_yes(evening: Evening):
    await evening.ada.does("room.lock", on=True)
    page, person = await knocking(evening, "Dee")

    await evening.ada.does("knock.answer", person=person, let_in=False)
    await page.does("room.knock", room="sparrows", note="Please")
    (heard,) = (await evening.ada.enter())["desk"]["knocks"]
    await evening.ada.does("knock.answer", person=person, let_in=True)

    assert (heard["turned_away"], heard["note"], doors(page)) == (True, None, [False, True])
    assert code(await page.enter()) is None


async def test_a_visitor_knocks_under_the_name_they_give(evening: Evening):
    await evening.ada.does("room.lock", on=True)
    page = evening.place.page(evening.place.visitor())

    told = [await page.does("room.knock", room="sparrows", name=name) for name in (None, " \u200b ", "  Dee ")]

    assert [code(frame) for frame in told] == ["name.needed", "name.length", None]
    assert [knock["name"] for knock in (await evening.ada.enter())["desk"]["knocks"]] == ["Dee"]


@pytest.mark.parametrize("how", ["the page closes", "it leaves", "ten minutes go by"])
async def test_who_goes_away_knocks_no_more(evening: Evening, how: str):
    await evening.ada.does("room.lock", on=True)
    page, _ = await knocking(evening, "Dee")

    if how == "the page closes":
        await page.leave()
    elif how == "it leaves":
        await page.does("room.leave")
    else:
        await evening.place.tick(10 * MINUTE)

    assert evening.place.state().audience.knocks == {}


async def test_where_the_door_is_open_nobody_knocks(evening: Evening):
    page, _ = await outside(evening, "Dee")

    assert code(await page.does("room.knock", room="sparrows")) == "knock.open"
    assert code(await page.does("room.knock", room="nowhere")) == "room.unknown"


async def test_who_is_banned_finds_no_door_to_knock_at(evening: Evening):
    await evening.ada.does("room.lock", on=True)
    await evening.ada.does("room.ban", person=evening.id("Ben"))

    assert code(await evening.place.page(evening.ben.cookie).does("room.knock", room="sparrows")) == "room.unknown"


# ---- full ----


async def test_a_full_room_says_so(evening: Evening):
    await evening.ada.does("room.set", most_listeners=3)
    page, _ = await outside(evening, "Dee")

    assert code(await page.enter()) == "room.full"
    player = await asks(evening, "POST", "/whep/sparrows", page.cookie, content=OFFER, headers=SDP)
    assert (player.status_code, player.json()["code"]) == (409, "room.full")
    assert code(await evening.place.page(evening.ben.cookie).enter()) is None
    await evening.cho.leave()
    assert code(await evening.place.page(evening.cho.cookie).enter()) is None


async def test_there_is_room_again_when_somebody_has_left(evening: Evening):
    await evening.ada.does("room.set", most_listeners=3)
    page, _ = await outside(evening, "Dee")
    await evening.cho.leave()

    assert code(await page.enter()) is None


async def test_five_hundred_behind_one_address_come_in(evening: Evening):
    pages = [evening.place.page(evening.place.visitor(), "203.0.113.7") for _ in range(500)]

    told = await asyncio.gather(*(page.enter() for page in pages))

    assert {frame["type"] for frame in told} == {"snapshot"}


# ---- the raid button ----


async def raid(evening: Evening, count: int = 3) -> list[tuple[Page, str]]:
    """An hour into the evening, with Ben on stage and Cho heard, these come all at once."""
    for page in (evening.ben, evening.ada):
        await page.does("media.offer", sdp=OFFER)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    await evening.ada.does("microphone.unmute")
    evening.place.clock.turn(60 * MINUTE)
    came = []
    for n in range(count):
        page, person = await outside(evening, f"Raider {n}")
        await page.enter(sdp=OFFER)
        came.append((page, person))
    return came


async def test_the_raid_button_locks_sends_out_and_mutes_in_one_turn(evening: Evening):
    raiders = await raid(evening)
    commits = evening.place.causerie.database.commits

    await evening.ada.does("room.raid", minutes=5)

    assert evening.place.causerie.database.commits == commits + 1
    assert [await goodbye(page) for page, _ in raiders] == [4001] * 3
    assert [page.closed for page in (evening.ben, evening.cho, evening.visitor)] == [None] * 3
    seats = evening.place.state().stage.seats
    assert {seat.name: seat.muted for seat in seats.values()} == {"Ada": False, "Ben": True}
    assert len(evening.place.engine.heard) == 1
    desk = (await evening.ada.enter())["desk"]
    assert [(one["person"], one["name"]) for one in desk["raided"]] == [
        (person, f"Raider {n}") for n, (_, person) in enumerate(raiders)
    ]
    assert (await evening.ada.enter())["room"]["locked"]


async def test_who_was_sent_out_stays_out_until_let_back_in(evening: Evening):
    raiders = await raid(evening)
    await evening.ada.does("room.raid", minutes=5)
    await evening.ada.does("room.lock", on=False)
    cookies = [page.cookie for page, _ in raiders]
    assert [code(await evening.place.page(cookie).enter()) for cookie in cookies] == ["room.locked"] * 3

    await evening.ada.does("raid.undo", person=raiders[0][1])
    one = [code(await evening.place.page(cookie).enter()) for cookie in cookies]
    at_door = evening.place.page(cookies[1])
    await at_door.does("room.knock", room="sparrows", note="I am no raider")
    await evening.ada.does("raid.undo")

    assert one == [None, "room.locked", "room.locked"]
    assert doors(at_door) == [True]
    assert [code(await evening.place.page(cookie).enter()) for cookie in cookies] == [None] * 3
    assert (await evening.ada.enter())["desk"]["raided"] == []


async def test_after_a_restart_nobody_who_comes_back_is_a_raider(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
    async with opened(tmp_path, url=database_url) as place:
        await place.causerie.rooms.open()
        await place.causerie.rooms.ticks.stop()
        ada, ben = place.page(evening.ada.cookie), place.page(evening.ben.cookie)
        await ada.enter()
        await ben.enter()

        await ada.does("room.raid", minutes=60)

        assert (ben.closed, place.state().audience.raided) == (None, {})


async def test_five_hundred_raiders_are_out_in_two_seconds(evening: Evening):
    raiders = await raid(evening, 500)
    loop = asyncio.get_running_loop()

    began = loop.time()
    await evening.ada.does("room.raid", minutes=5)
    took = loop.time() - began

    assert {await goodbye(page) for page, _ in raiders} == {4001}
    assert (took < 20, len(evening.place.state().audience.raided)) == (True, 500)


# ---- refused ----


@pytest.mark.parametrize(
    ("who", "do", "fields", "told"),
    [
        ("ben", "room.lock", {"on": True}, "room.may_not"),
        ("ben", "room.lock", {"on": False}, "room.may_not"),
        ("ben", "knock.answer", {"person": "nobody", "let_in": True}, "room.may_not"),
        ("ada", "knock.answer", {"person": "nobody", "let_in": True}, "knock.unknown"),
        ("ben", "room.raid", {"minutes": 5}, "room.may_not"),
        ("ada", "room.raid", {"minutes": 0}, "raid.minutes"),
        ("ada", "room.raid", {"minutes": 61}, "raid.minutes"),
        ("ben", "raid.undo", {}, "room.may_not"),
        ("ada", "room.set", {"most_listeners": -1}, "message.unknown"),
    ],
)
async def test_what_is_refused_changes_nothing(evening: Evening, who: str, do: str, fields: dict[str, Any], told: str):
    await raid(evening, 1)
    before, heard = evening.place.state(), len(evening.visitor.frames)

    refused = await getattr(evening, who).does(do, **fields)

    assert (refused["type"], refused["code"]) == ("refused", told)
    assert (evening.place.state(), len(evening.visitor.frames)) == (before, heard)
    assert len(evening.place.engine.heard) == 2
