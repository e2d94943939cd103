"""Every state of a room that people rarely meet is looked at: its doors and ends, and the desks of those who help."""

import contextlib
import json
import re
import time

import pytest
from playwright.async_api import Browser, Error, Page, Route, WebSocketRoute

from tests.e2e.evening import Evening
from tests.e2e.looking import AXE, STILL, glance, goes_in, sheet_behind
from tests.e2e.people import Person
from tests.e2e.salon import PLANS, TITLE, Salon

QUESTION = "Who speaks for the river when both banks say they do?"
LONG = "What a right costs, and who pays for it when the summers are dry"
AGENDA = ["What the river was", "Who may speak for it", LONG]
MINUTE = 60_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(360),
]


async def begun(salon: Salon, host: Person, **plan: object) -> Evening:
    """A room that is live, with nobody's sound in it yet."""
    await host.page.goto(salon.house.address)
    card = await host.page.evaluate(PLANS, {"title": TITLE, **plan})
    evening = Evening(salon.house, card["room"])
    await evening.does(host, do="room.start")
    return evening


async def visitor(browser: Browser, name: str) -> Person:
    person = await Person.sits_down(browser, name, **STILL)
    await person.context.add_init_script(AXE)
    return person


async def co_hosts_may(page: Page) -> list[str]:
    """The switches for what is kept from co-hosts, unfolded."""
    await page.locator("dialog details > summary").click()
    await page.locator("dialog details [role=switch]").last.scroll_into_view_if_needed()
    return await glance(page)


# A page that asks for everything, though it was brought along.
ASKS = "const found = Document.prototype.getElementById;" + (
    "Document.prototype.getElementById = function (id) { return id === 'first' ? null : found.call(this, id); };"
)


async def is_told(person: Person, **room: object) -> None:
    """What the page is told of the room, otherwise than it is: no test waits minutes for a host."""

    def told(frame: str | bytes) -> str | bytes:
        said = json.loads(frame)
        if said.get("type") == "snapshot":
            said["room"] |= room
            said["me"]["rights"].append("chair.take")
        return json.dumps(said)

    def between(page: WebSocketRoute) -> None:
        house = page.connect_to_server()
        house.on_message(lambda frame: page.send(told(frame)))

    async def card(route: Route) -> None:
        with contextlib.suppress(Error):  # the page is closed while it asks
            answer = await route.fetch()
            await route.fulfill(response=answer, json={**await answer.json(), **room})

    await person.page.route_web_socket("**/live", between)
    await person.page.route(re.compile("/api/v1/rooms/[^/?]+$"), card)
    await person.page.add_init_script(ASKS)


async def nobody_leads(person: Person) -> None:
    """The chair is empty, and somebody may take it."""
    now = int(time.time() * 1000)
    ending = {"at": now + MINUTE, "why": "no_chair"}
    await is_told(person, chair_empty_since=now - 9 * MINUTE, ending=ending)


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_doors_and_ends(salon: Salon, browser: Browser, language: str) -> None:
    host = await salon.host(browser, **STILL)
    guest, late = [await visitor(browser, name) for name in ("Yuki Tanabe", "Ida Brandt")]
    evening = await begun(salon, host)
    soon = await salon.planned(host, starts_at=int(time.time() * 1000) + 30 * MINUTE)
    link, found = f"{evening.link}?lang={language}", {}

    await guest.page.goto(f"{soon.link}?lang={language}")
    await guest.page.locator("main form").wait_for()
    found["before it begins"] = await glance(guest.page)
    await guest.page.locator("#name").fill(guest.name)
    await guest.page.locator("main form button[type=submit]").click()
    await guest.page.locator(".stage-note .countdown").wait_for()
    found["waiting inside"] = await glance(guest.page)
    await evening.does(host, do="room.set", most_listeners=1)
    await goes_in(guest, link, ".ask-bar")
    found["a guest who cannot come on stage"] = await glance(guest.page)

    await goes_in(late, link, "[role=alert]")
    found["full"] = await glance(late.page)
    await evening.does(host, do="room.set", most_listeners=0)
    await evening.does(host, do="room.lock", on=True)
    await goes_in(late, link, "#knock-note")
    await late.page.locator("#knock-name").fill(late.name)
    await late.page.locator("main form button[type=submit]").click()
    await late.page.locator(".notice--lamp").wait_for()
    found["has knocked"] = await glance(late.page)
    await evening.does(host, do="room.ban", person=await guest.id(), reason="Shouts.")
    await guest.page.locator(".state h1").wait_for()
    found["banned"] = await glance(guest.page)
    await evening.does(host, do="room.lock", on=False)
    await nobody_leads(late)
    await goes_in(late, link, ".notices .notice--lamp + .notice--lamp")
    found["nobody leads"] = await glance(late.page)
    await evening.does(host, do="room.end")
    await late.page.locator(".state h1").wait_for()
    found["ended"] = await glance(late.page)

    assert {view: said for view, said in found.items() if said} == {}


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_desks(salon: Salon, browser: Browser, language: str) -> None:
    host = await salon.host(browser, **STILL)
    await host.context.add_init_script(AXE)
    evening = await begun(salon, host, agenda=AGENDA, cohosts_without=["room.end", "floor.pick"])
    helper, guest = await visitor(browser, "Samuel Okafor"), await visitor(browser, "Yuki Tanabe")
    await evening.signed_in(helper)
    link, found = f"{evening.link}?lang={language}", {}
    await goes_in(helper, link, ".ask-bar")
    await guest.page.goto(link)
    await guest.page.locator("#name").fill(guest.name)
    await guest.page.locator("main form button[type=submit]").click()
    await guest.page.locator(".ask-bar").wait_for()
    await guest.id()
    await evening.does(guest, do="question.ask", text=QUESTION)

    await evening.does(host, do="role.give", person=await helper.id(), role="captioner")
    await helper.page.locator(".caption-box input").wait_for()
    found["captioner"] = await glance(helper.page)
    await evening.does(host, do="role.give", person=await helper.id(), role="screener")
    await helper.page.locator(".desk-body").wait_for()
    found["screener"] = await glance(helper.page)
    await evening.does(host, do="role.give", person=await helper.id(), role="cohost")
    await helper.page.locator(".desk-stage > .button--block").wait_for()
    found["co-host without some rights"] = await glance(helper.page)

    await goes_in(host, link, ".desk-body")
    await host.page.locator(".desk-side .person-row").wait_for()
    found["agenda"] = await sheet_behind(host, "radio", glance)
    found["settings"] = await sheet_behind(host, "settings", co_hosts_may)
    await host.page.locator("[data-more]:visible").first.click()
    await host.page.locator(".deed:has(use[href$='#i-log-out'])").click()
    found["leaving"] = await glance(host.page)
    await host.page.locator("dialog .deed:has(use[href$='#i-star'])").click()
    await host.page.locator("dialog .deed:has(use[href$='#i-user'])").wait_for()
    found["handing over"] = await glance(host.page)
    await host.page.keyboard.press("Escape")
    await evening.does(host, do="floor.topic", text=LONG)
    await host.page.locator(".desk article.now-on-air").wait_for()
    found["a topic on air, at the desk"] = await glance(host.page)
    await guest.page.locator("article.now-on-air").wait_for()
    found["a topic on air"] = await glance(guest.page)

    assert {view: said for view, said in found.items() if said} == {}


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_plans_that_go_wrong(salon: Salon, browser: Browser, language: str) -> None:
    host, guest = await salon.host(browser, **STILL), await visitor(browser, "Yuki Tanabe")
    await host.context.add_init_script(AXE)
    await host.page.goto(salon.house.address)
    soon = await salon.planned(host, starts_at=int(time.time() * 1000) + 30 * MINUTE)
    link, was, found = f"{soon.link}?lang={language}", int(time.time() * 1000) - 3 * MINUTE, {}

    await goes_in(host, link, ".desk-body")
    found["another time"] = await sheet_behind(host, "hourglass", glance)
    found["its group"] = await sheet_behind(host, "users", glance, nth=1)

    await is_told(guest, late_since=was, starts_at=was)
    await guest.page.goto(link)
    await guest.page.locator("main form").wait_for()
    found["the host is late, at the door"] = await glance(guest.page)
    await guest.page.locator("#name").fill(guest.name)
    await guest.page.locator("main form button[type=submit]").click()
    await guest.page.locator(".stage-note").wait_for()
    found["the host is late"] = await glance(guest.page)

    for person, shown in ((guest, ".state h1"), (host, ".desk-body")):
        await is_told(person, phase="missed", starts_at=was - 30 * MINUTE)
        await person.page.goto(link)
        if person is host:
            await host.page.locator(".state button.button").click()
        await person.page.locator(shown).wait_for()
        found[f"did not take place, to {person.name}"] = await glance(person.page)

    await host.page.unroute_all()
    await soon.does(host, do="room.cancel")
    await is_told(guest)
    await guest.page.goto(link)
    await guest.page.locator(".state h1").wait_for()
    found["cancelled"] = await glance(guest.page)

    assert {view: said for view, said in found.items() if said} == {}
