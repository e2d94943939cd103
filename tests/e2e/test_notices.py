"""Being told: by a letter out of a real mail server, in the inbox, by a message to a real service worker; its pages."""

import asyncio
import contextlib
import json
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.e2e.evening import Evening
from tests.e2e.house import House
from tests.e2e.looking import AXE, STILL, faults, glance, looked_at
from tests.e2e.people import Person
from tests.mail.postbox import Postbox, postbox

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(300),
]

PLANS = """async ([title, within]) => {
  const said = {title, starts_at: Date.now() + within, draft: false};
  const answer = await fetch("/api/v1/rooms", {
    method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(said),
  });
  return (await answer.json()).room;
}"""
SENDS = """([method, path, said]) => fetch(`/api/v1${path}`, {
  method, headers: {"content-type": "application/json"}, body: said ? JSON.stringify(said) : undefined,
}).then((answer) => answer.status)"""
# The browser's own push service is out of reach in a test: what it would give the page.
SUBSCRIBES = """
  const given = {endpoint: "https://93.184.215.14/send/ben", keys: {p256dh: "%s", auth: "AAECAwQFBgcICQoLDA0ODw"}};
  let there = null;
  const made = {...given, toJSON: () => given, unsubscribe: async () => { there = null; return true; }};
  PushManager.prototype.subscribe = async () => (there = made);
  PushManager.prototype.getSubscription = async () => there;
"""
SHOWN = """async (many) => {
  const worker = await navigator.serviceWorker.ready;
  let shown = [];
  for (let look = 0; shown.length < many && look < 200; look++) {
    await new Promise((again) => setTimeout(again, 50));
    shown = await worker.getNotifications();
  }
  return shown.map(({title, body, tag, lang, dir, data}) =>
    ({title, body, tag, lang, dir, path: data.path}));
}"""
# What the browser does as it renews a subscription, and as it only says that the old one is gone. An event that a
# program made waits for nothing by itself.
CHANGES = """async ([given, made, key]) => {
  const as = (endpoint) =>
    ({toJSON: () => ({endpoint, keys: {p256dh: key, auth: "AAECAwQFBgcICQoLDA0ODw"}}), unsubscribe: () => {}});
  PushManager.prototype.getSubscription = async () => null;
  PushManager.prototype.subscribe = async () => as(made);
  for (const newSubscription of [as(given), null]) {
    let work;
    const event = new ExtendableEvent("pushsubscriptionchange");
    Object.assign(event, {newSubscription, waitUntil: (its) => (work = its)});
    self.dispatchEvent(event);
    await work;
  }
}"""
DAY = 24 * 3600 * 1000
KEY = "BM-k2gKy1si0VZQEs3vhdJo8WmT1A2t06pqxn9-QSPCq6vGSL8M5MbS8_nvkqo6G8GjaYc2ieBGJFnIoMDzT3pk"


@pytest_asyncio.fixture(loop_scope="session")
async def box() -> AsyncIterator[Postbox]:
    async with postbox() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path, box: Postbox) -> AsyncIterator[House]:
    house = House(tmp_path / "data")
    mail = {"HOST": "127.0.0.1", "PORT": str(box.port), "SECURITY": "none"}
    house.settings = {f"CAUSERIE_MAIL_{key}": value for key, value in mail.items()}
    house.settings["CAUSERIE_WEB_PUBLIC_URL"] = house.address
    await asyncio.to_thread(house.start)
    yield house
    await asyncio.to_thread(house.stop)


async def letter(box: Postbox, subject: str) -> str:
    """The text of the letter of this subject, once it has come."""
    until = time.monotonic() + 40
    while time.monotonic() < until:
        for found in box.letters:
            if found["Subject"] == subject:
                text = found.get_body(("plain",))
                assert text is not None
                return str(text.get_content())
        await asyncio.sleep(0.1)
    raise AssertionError([found["Subject"] for found in box.letters])


async def test_reminded_by_mail_without_an_account_and_in_the_inbox_with_one(
    place: House, box: Postbox, browser: Browser
) -> None:
    ada = await Person.sits_down(browser, "Aurélie Sandoz")
    evening = Evening(place)
    await evening.first_admin(ada)
    evening.room = await ada.page.evaluate(PLANS, ["What the river carries", DAY // 48])
    zoe, ben = [await Person.sits_down(browser, name, **STILL) for name in ("Zoe", "Ben Okafor")]
    await zoe.context.add_init_script(AXE)
    await zoe.page.goto(place.address)
    await zoe.page.get_by_role("button", name="Remind me What the river carries").click()
    await zoe.page.get_by_label("Remind me by mail").wait_for()
    looked = await glance(zoe.page)
    await zoe.page.get_by_label("Remind me by mail").fill("zoe@example.org")
    await zoe.page.locator("form:has(#remind-address) button").click()
    await zoe.sees("A letter is on its way.")
    link = re.search(r"http://\S+/remind/\S+", await letter(box, "Be reminded by mail of: What the river carries"))
    assert link is not None
    await zoe.page.goto(link[0])
    await zoe.press("Yes")
    await zoe.sees("You are reminded by mail.")
    await evening.signed_in(ben)
    await ben.page.goto(evening.link)
    await ben.press("Remind me")
    await expect(ben.button("Reminder set")).to_be_visible()
    await ben.page.get_by_label("a week before").check()
    await ben.sees("2 people want to be reminded")

    await evening.does(ada, do="room.start")
    told = await letter(box, "Live: What the river carries")
    await ben.page.goto(place.address)
    bell = ben.page.get_by_role("link", name="Inbox, 1 new")
    await expect(bell).to_be_visible(timeout=20_000)
    await bell.click()
    await ben.page.get_by_role("link", name="Live: What the river carries").click()
    await expect(ben.page.get_by_role("heading", level=1)).to_have_text("What the river carries")
    await ben.page.goto(f"{place.address}/inbox")
    await ben.sees("nothing new")

    assert (looked, told.startswith("Aurélie Sandoz is live.")) == ([], True)
    assert (evening.link in told, [one["To"] for one in box.letters]) == (True, ["zoe@example.org"] * 2)
    assert [*zoe.faults, *ben.faults, *ada.faults] == []


async def test_a_message_reaches_the_service_worker(place: House, browser: Browser) -> None:
    ben = await Person.sits_down(browser, "Ben Okafor")
    await ben.context.grant_permissions(["notifications"], origin=place.address)
    await ben.context.add_init_script(SUBSCRIBES % KEY)
    await Evening(place).signed_in(ben)
    await ben.page.goto(f"{place.address}/inbox")
    await ben.page.get_by_label("Messages in this browser").check()
    await expect(ben.page.get_by_label("Messages in this browser")).to_be_checked()
    said = {"title": "على الهواء: Sparrows", "text": "Ada", "path": "/r/sparrows", "tag": "notice-7", "language": "ar"}

    shown = await delivered(ben.page, place.address, [json.dumps(said), json.dumps(said), ""], many=2)

    assert sorted(shown, key=lambda one: one["tag"]) == [
        {"title": "causerie", "body": "", "tag": "notice", "lang": "en", "dir": "ltr", "path": "/inbox"},
        {"title": said["title"], "body": "Ada", "tag": "notice-7", "lang": "ar", "dir": "rtl", "path": "/r/sparrows"},
    ]
    assert ben.faults == []


async def test_the_service_worker_says_where_the_browser_is_reached_now(place: House, browser: Browser) -> None:
    ben = await Person.sits_down(browser, "Ben Okafor")
    await ben.context.grant_permissions(["notifications"], origin=place.address)
    await ben.context.add_init_script(SUBSCRIBES % KEY)
    await Evening(place).signed_in(ben)
    await ben.page.goto(f"{place.address}/inbox")
    await ben.page.get_by_label("Messages in this browser").check()
    await expect(ben.page.get_by_label("Messages in this browser")).to_be_checked()
    [worker] = ben.context.service_workers

    await worker.evaluate(CHANGES, [f"https://93.184.215.14/send/{n}" for n in ("new", "newer")] + [KEY])

    with contextlib.closing(sqlite3.connect(place.data / "causerie.sqlite")) as stored:
        assert stored.execute("SELECT endpoint FROM devices").fetchall() == [("https://93.184.215.14/send/newer",)]
    assert ben.faults == []


async def delivered(page: Page, origin: str, messages: list[str], many: int) -> list[dict[str, str]]:
    """What is shown of these messages. A browser without a moment for its worker lets one go: it is handed on again."""
    deliver, shown = await delivering(page, origin), list[dict[str, str]]()
    for _ in range(3):
        for message in messages:
            await asyncio.wait_for(deliver(message), 10)
        shown = await page.evaluate(SHOWN, many)
        if len(shown) >= many:
            return shown
    raise AssertionError(f"the worker shows {shown}")


async def delivering(page: Page, origin: str) -> Callable[[str], Awaitable[None]]:
    """Hands messages on as the browser does that it took out of their seal."""
    line = await page.context.new_cdp_session(page)
    known: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def registered(told: dict[str, Any]) -> None:
        if told["registrations"] and not known.done():
            known.set_result(told["registrations"][0]["registrationId"])

    line.on("ServiceWorker.workerRegistrationUpdated", registered)
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await line.send("ServiceWorker.enable")
    registration = await asyncio.wait_for(known, 10)

    async def deliver(message: str) -> None:
        to = {"origin": origin, "registrationId": registration, "data": message}
        await line.send("ServiceWorker.deliverPushMessage", to)

    return deliver


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_pages_of_being_told(place: House, box: Postbox, browser: Browser, language: str) -> None:
    ada = await Person.sits_down(browser, "Aurélie Sandoz", **STILL)
    evening = Evening(place)
    await evening.first_admin(ada)
    ben = await Person.sits_down(browser, "Ben Okafor", **STILL)
    await evening.signed_in(ben)
    soon, later = [await ada.page.evaluate(PLANS, [title, DAY + 20_000]) for title in ("What bees remember", "Owls")]
    for name in (soon, later):
        await ben.page.evaluate(SENDS, ["PUT", f"/rooms/{name}/interest", {"times": ["day", "starts"]}])
    with sqlite3.connect(place.data / "causerie.sqlite") as rows:
        rows.execute("INSERT INTO emails VALUES ('1', 'ben@example.org', ?, 1)", [await ben.id()])
    quiet = {"zone": "Europe/Paris", "quiet": True, "quiet_from": 1320, "quiet_until": 420}
    await ben.page.evaluate(SENDS, ["PUT", "/wishes", {**quiet, "off": [["copies", "push"]]}])
    zoe = await Person.sits_down(browser, "Zoe", **STILL)
    await zoe.page.goto(f"{place.address}/")
    await zoe.page.evaluate(SENDS, ["POST", f"/rooms/{soon}/letters", {"address": "zoe@example.org"}])
    link = re.search(r"http://\S+/remind/\S+", await letter(box, "Be reminded by mail of: What bees remember"))
    assert link is not None
    box.answers = ["451 come again"] * 50
    await zoe.page.goto(link[0])
    await zoe.press("Yes")
    for person in (ada, ben, zoe):
        await person.context.add_init_script(AXE)

    def at(path: str) -> str:
        return f"{place.address}{path}?lang={language}"

    await ben.page.goto(at("/inbox"))
    while await ben.page.locator(".inbox a").count() < 2:
        await asyncio.sleep(1)
        await ben.page.reload()
    found = {"inbox": await faults(ben.page)}
    found["door, reminded"] = await looked_at(ben.page, at(f"/r/{soon}"), ".check")
    found["door, without an account"] = await looked_at(zoe.page, at(f"/r/{soon}"), "#remind-address")
    found["outbox"] = await looked_at(ada.page, at("/admin/outbox"), "main li")
    found["home"] = await looked_at(ben.page, at("/"), ".bell__count")

    assert {page: said for page, said in found.items() if said} == {}
