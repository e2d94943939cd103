"""What stands at the door: locked, full, waiting, over, sent out. Each says what is so, and what one can do."""

import asyncio
import time

import pytest
from playwright.async_api import Browser, Route, expect

from tests.e2e.people import Person
from tests.e2e.salon import Salon

A = 440
MINUTE = 60_000

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]


async def heading(person: Person, text: str) -> None:
    await expect(person.page.get_by_role("heading", level=1)).to_have_text(text)


async def test_who_knocks_at_a_locked_door_is_let_in_and_hears_and_a_full_room_says_so(
    salon: Salon, browser: Browser
) -> None:
    evening, host = await salon.evening(browser, A)
    await evening.does(host, do="room.lock", on=True)
    outside = await Person.sits_down(browser, "Yuki Tanabe")
    await outside.page.goto(evening.link)
    await outside.press("Listen")
    await expect(outside.page.get_by_role("alert")).to_have_text(
        "This room is locked. Knock, and hosts can let you in."
    )

    await outside.page.get_by_label("Your name").fill(outside.name)
    await outside.page.get_by_label("A word to the hosts").fill("I brought the map.")
    await outside.press("Knock")
    await outside.sees("You have knocked.")
    await host.sees("“I brought the map.”")
    await host.press(f"Let in, {outside.name}")

    await outside.hears_exactly({A}, [A])

    await evening.does(host, do="room.lock", on=False)
    await evening.does(host, do="room.set", most_listeners=1)
    late = await Person.sits_down(browser, "Samuel Okafor")
    await late.page.goto(evening.link)
    await late.press("Listen")
    await expect(late.page.get_by_role("alert")).to_have_text("This room is full. Try again when somebody has left.")
    assert [*outside.faults, *late.faults, *host.faults] == []


async def test_the_door_of_somebody_with_an_account_stands_still(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Samuel Okafor")
    await evening.signed_in(listener)

    async def slow(route: Route) -> None:
        await asyncio.sleep(1)
        await route.continue_()

    await listener.page.route("**/api/v1/me", slow)
    await listener.page.goto(evening.link)
    await expect(listener.button("Listen")).to_be_visible()
    asked = await listener.page.get_by_label("Your name").count()

    assert (asked, listener.faults, host.faults) == (0, [], [])


async def test_who_is_removed_comes_in_again_and_who_is_banned_finds_no_such_room(
    salon: Salon, browser: Browser
) -> None:
    evening, host = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Karim Tafrout")
    await evening.joined_by(listener)
    person = await listener.id()

    await evening.does(host, do="room.remove", person=person)
    await heading(listener, "You were removed from this room")
    await listener.press("Come in again")
    await listener.hears_exactly({A}, [A])

    await evening.does(host, do="room.ban", person=person, reason="Shouts.", hours=1)
    await heading(listener, "You cannot come back to this room")
    await expect(listener.button("Come in again")).to_have_count(0)
    await listener.page.goto(evening.link)
    await heading(listener, "There is no room at this address")
    assert listener.faults == []


async def test_who_waits_sees_the_time_left_hears_the_beginning_and_is_told_of_the_end(
    salon: Salon, browser: Browser
) -> None:
    host = await salon.host(browser, A)
    await host.page.goto(salon.house.address)
    evening = await salon.planned(host, starts_at=int(time.time() * 1000) + 30 * MINUTE)
    early = await Person.sits_down(browser, "Yuki Tanabe")
    await early.page.goto(evening.link)
    await expect(early.page.get_by_role("timer")).to_contain_text("29:")

    await early.press("Listen from the start")
    await expect(early.page.get_by_role("timer")).to_contain_text("29:")
    await early.sees("Questions and votes are open already.")
    await host.page.goto(evening.link)
    await host.press("Listen from the start")
    await host.press("Go live")
    await evening.unmuted(host)
    await early.hears_exactly({A}, [A])

    await evening.does(host, do="room.end")
    await heading(early, "The room has ended")
    late = await Person.sits_down(browser, "Samuel Okafor")
    await late.page.goto(evening.link)
    await heading(late, "The room has ended")
    assert [*early.faults, *late.faults] == []


async def test_a_cancelled_room_tells_who_waits_and_who_comes(salon: Salon, browser: Browser) -> None:
    host = await salon.host(browser)
    await host.page.goto(salon.house.address)
    evening = await salon.planned(host, starts_at=int(time.time() * 1000) + 30 * MINUTE)
    early = await Person.sits_down(browser, "Yuki Tanabe")
    await early.page.goto(evening.link)
    await early.press("Listen from the start")
    await early.sees("Questions and votes are open already.")

    await evening.does(host, do="room.cancel")

    await heading(early, "The room was cancelled")
    await early.page.reload()
    await heading(early, "The room was cancelled")
    assert early.faults == []
