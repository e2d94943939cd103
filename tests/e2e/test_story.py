"""The whole story with three people: a verified host, a member of her group, a stranger; from signing up to hearing.

Everything is pressed as they press it, but for who runs the place, and for the moment of a plan: no test waits a month.
"""

import asyncio
import json
import re
import time

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.house import House
from tests.e2e.people import Person
from tests.e2e.test_groups import founded, heading, invited
from tests.e2e.test_notices import KEY, SENDS, SUBSCRIBES, box, delivered, letter, place
from tests.e2e.test_signing_in import has_device
from tests.letters import text_of
from tests.mail.postbox import Postbox

__all__ = ["box", "place"]

A = 440
TITLE, OPEN_TITLE = "Salt and sweet water", "Whose water is it?"
# A quarter of an hour before it begins people are reminded, within fifteen seconds.
SOON = 15 * 60_000 + 8_000
PLANS = """async (said) => {
  const answer = await fetch("/api/v1/rooms", {
    method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(said),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()).room;
}"""
INBOX = "async () => (await (await fetch('/api/v1/inbox')).json()).notices[0]"
NOW = "() => Date.now()"

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(150)]


async def test_from_signing_up_to_hearing_the_host(place: House, box: Postbox, browser: Browser) -> None:
    evening, began = Evening(place), time.monotonic()
    root, member, stranger = [await Person.sits_down(browser, name) for name in ("Root", "Karim Tafrout", "Samuel")]
    host = await Person.sits_down(browser, "Aurélie Sandoz", A)
    await member.context.grant_permissions(["notifications"], origin=place.address)
    await member.context.add_init_script(SUBSCRIBES % KEY)

    # They come in: by a passkey, by a link out of a letter, by a name alone.
    await evening.first_admin(root)
    await by_passkey(host, place)
    await by_mail(member, place, box)
    checked = ["POST", f"/people/{await host.id()}/checks", {"note": "Seen at the hydrology office."}]
    assert await root.page.evaluate(SENDS, checked) == 201

    # A private group, and a room of it.
    await founded(host, evening, "Keepers of the locks")  # type: ignore[arg-type]  # it asks for the house alone
    group, link = host.page.url, await invited(host)
    await member.page.goto(link)
    await member.press("Join the group")
    await expect(member.button("Member")).to_be_visible()
    handle, now = group.rsplit("/", 1)[1].split("?")[0], await host.page.evaluate(NOW)
    evening.room = await host.page.evaluate(PLANS, {"title": TITLE, "group": handle, "starts_at": now + SOON})

    # The member wants to be reminded, and is: by mail, in the inbox, by the service worker.
    await member.page.goto(evening.link)
    await member.press("Remind me")
    await expect(member.button("Reminder set")).to_be_visible()
    reminder = f"In a quarter of an hour: {TITLE}"
    assert evening.link in await letter(box, reminder)
    await member.page.goto(f"{place.address}/inbox")
    await member.sees(reminder)
    await pushed(member, place)
    await member.page.get_by_role("link", name=reminder).click()
    await heading(member, TITLE)

    # The host goes live; the member hears her, to the stranger there is no such room.
    await on_air(host, evening)
    await member.page.goto(evening.link)
    await member.press("Listen")
    await member.hears_exactly({A}, among=[A])
    await stranger.page.goto(evening.link)
    await heading(stranger, "There is no room at this address")
    await stranger.page.goto(group)
    await heading(stranger, "There is no group at this address")

    # The next room is for everybody: there the stranger gives a name and hears.
    evening.room = await host.page.evaluate(PLANS, {"title": OPEN_TITLE})
    await on_air(host, evening)
    await evening.joined_by(stranger)
    await stranger.hears_exactly({A}, among=[A])

    assert [*host.faults, *member.faults, *stranger.faults] == []
    print(f"the story took {time.monotonic() - began:.1f} s")


async def on_air(host: Person, evening: Evening) -> None:
    """She comes in by the door as everybody does, and goes live."""
    await host.page.goto(evening.link)
    await host.page.locator("main form button[type=submit]").click()
    await host.press("Go live")
    await evening.unmuted(host)


async def by_passkey(person: Person, place: House) -> None:
    await has_device(person.page)
    await person.page.goto(f"{place.address}/welcome")
    await person.page.get_by_label("What shall we call you?").fill(person.name)
    await person.press("Make an account with a passkey")
    await person.page.wait_for_url(f"{place.address}/")


async def by_mail(person: Person, place: House, box: Postbox) -> None:
    await person.page.goto(f"{place.address}/welcome")
    await person.page.get_by_label("E-mail").fill("karim@example.org")
    await person.press("Send a link")
    await person.sees("A link is on its way to karim@example.org.")
    while not box.letters:  # noqa: ASYNC110  a letter box has no bell
        await asyncio.sleep(0.05)
    link = re.search(r"http://\S+/in/\S+", text_of(box.letters[-1]))
    assert link is not None
    await person.page.goto(link[0])
    await person.page.get_by_label("Your name").fill(person.name)
    await person.press("Continue")
    await person.page.wait_for_url(f"{place.address}/")


async def pushed(person: Person, place: House) -> None:
    """The browser takes messages, and its worker shows the reminder; no push service of a vendor is asked.

    Afterwards it takes none any more: what is said next would be sent to the open internet.
    """
    switch = person.page.get_by_label("Messages in this browser")
    await switch.check()
    await expect(switch).to_be_checked()
    told = await person.page.evaluate(INBOX)
    said = {name: told[name] for name in ("title", "text", "path")} | {"tag": "notice-1", "language": "en"}
    (shown,) = await delivered(person.page, place.address, [json.dumps(said)], many=1)
    assert (shown["title"], shown["path"]) == (told["title"], told["path"])
    await switch.uncheck()
    await expect(switch).not_to_be_checked()
