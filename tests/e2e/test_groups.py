"""A group: somebody founds it, somebody comes in by its invitation, and both are in its room."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.looking import AXE, STILL, glance, looked_at
from tests.e2e.people import Person
from tests.e2e.salon import Salon

A = 440
FOUNDS = """group => fetch("/api/v1/groups", {
  method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(group),
}).then(told => told.json())"""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]


async def founded(owner: Person, salon: Salon, name: str) -> None:
    """A private group of that name; its owner stands at its page."""
    await owner.page.goto(f"{salon.house.address}/groups")
    await owner.press("Found a group")
    await owner.page.get_by_label("Name of the group").fill(name)
    await owner.page.get_by_role("radio", name="Private").check()
    await owner.press("Found the group")
    await heading(owner, name)


async def invited(owner: Person) -> str:
    """A link that lets one person into the group."""
    await owner.press("Invitations")
    await owner.press("Make an invitation")
    link = await owner.page.locator("dialog .copy-line code").inner_text()
    await owner.page.keyboard.press("Escape")
    return f"http://{link}"


async def heading(person: Person, text: str) -> None:
    await expect(person.page.get_by_role("heading", level=1)).to_have_text(text, timeout=15_000)


async def test_who_is_invited_into_a_private_group_hears_its_room_and_a_stranger_finds_neither(
    salon: Salon, browser: Browser
) -> None:
    owner = await salon.host(browser, A)
    guest, stranger = [await Person.sits_down(browser, name) for name in ("Karim Tafrout", "Samuel Okafor")]
    evening = Evening(salon.house)
    await evening.signed_in(guest)

    await founded(owner, salon, "Keepers of the locks")
    group, link = owner.page.url, await invited(owner)
    await guest.page.goto(link)
    await heading(guest, "Keepers of the locks")
    await guest.press("Join the group")
    await expect(guest.button("Member")).to_be_visible()
    await owner.page.get_by_role("link", name="Open a room").click()
    await owner.page.get_by_label("What do you want to talk about?").fill("Salt and sweet water")
    await owner.press("Plan this room")
    await owner.page.wait_for_url("**/r/*")
    evening.room = owner.page.url.rsplit("/", 1)[1].split("?")[0]
    await owner.press("Go live")
    await evening.unmuted(owner)

    await guest.page.reload()
    await guest.press("Listen")
    await guest.hears_exactly({A}, among=[A])
    await stranger.page.goto(evening.link)
    await heading(stranger, "There is no room at this address")
    await stranger.page.goto(group)
    await heading(stranger, "There is no group at this address")
    await stranger.page.goto(link)
    await heading(stranger, "This link opens nothing")
    assert [*owner.faults, *guest.faults, *stranger.faults] == []


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_pages_of_a_group_are_for_everybody(salon: Salon, browser: Browser, language: str) -> None:
    owner, stranger = await salon.host(browser, **STILL), await Person.sits_down(browser, "Samuel Okafor", **STILL)
    for person in (owner, stranger):
        await person.context.add_init_script(AXE)
    await owner.page.goto(salon.house.address)
    group = {"handle": f"river-{language}", "name": "Friends of the river", "joining": "request"}
    await owner.page.evaluate(FOUNDS, group)

    def at(path: str) -> str:
        return f"{salon.house.address}{path}?lang={language}"

    found = {
        "groups": await looked_at(owner.page, at("/groups"), "main li"),
        "group, its owner": await looked_at(owner.page, at(f"/g/river-{language}"), ".group-head"),
        "group, a stranger": await looked_at(stranger.page, at(f"/g/river-{language}"), ".group-head"),
        "no group": await looked_at(stranger.page, at("/g/nothing"), "main h1"),
        "used invitation": await looked_at(stranger.page, at("/i/nothing"), "main h1:not(.visually-hidden)"),
    }

    assert {page: said for page, said in found.items() if said} == {}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_what_those_who_look_after_a_group_open_is_for_everybody(
    salon: Salon, browser: Browser, language: str
) -> None:
    owner = await salon.host(browser, **STILL)
    await owner.context.add_init_script(AXE)
    await owner.page.goto(salon.house.address)
    await owner.page.evaluate(FOUNDS, {"handle": f"lock-{language}", "name": "Friends of the locks"})

    await owner.page.goto(f"{salon.house.address}/g/lock-{language}?lang={language}")
    buttons, found = owner.page.locator("[aria-labelledby=look-h] button"), {}
    await buttons.first.wait_for()
    for n in range(await buttons.count()):
        await buttons.nth(n).click()
        title = await owner.page.locator("dialog h2").first.inner_text()
        found[title] = await glance(owner.page)
        await owner.page.keyboard.press("Escape")
        await owner.page.locator("dialog").wait_for(state="detached")

    assert ({title: said for title, said in found.items() if said}, len(found)) == ({}, 7)
