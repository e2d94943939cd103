"""Passkeys, as a browser and a device do it: an account with a finger, in again with it, and what is none of ours."""

import json

import httpx
import pytest

from causerie.clock import SECOND
from tests.authenticator import Authenticator
from tests.place import Place

API, JSON = "/api/v1", {"content-type": "application/json"}
Browser = httpx.AsyncClient


async def opened(place: Place, address: str = "127.0.0.1", agent: str = "") -> Browser:
    """A browser on the machine itself that has looked at a page of ours."""
    transport = httpx.ASGITransport(place.causerie.application, client=(address, 50_000))
    headers = {"origin": "http://localhost", "user-agent": agent}
    browser = httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers)
    await browser.get("/")
    return browser


async def made(browser: Browser, device: Authenticator, name: str | None = None) -> httpx.Response:
    """Somebody makes a passkey with this device."""
    options = await browser.post(f"{API}/passkeys/options", json={"name": name})
    assert options.status_code == 200, options.text
    return await browser.post(f"{API}/passkeys", json={"credential": device.makes(options.json())})


async def signed_in(browser: Browser, device: Authenticator) -> httpx.Response:
    options = (await browser.post(f"{API}/passkeys/sign-in/options", json={})).json()
    return await browser.post(f"{API}/passkeys/sign-in", json={"credential": device.signs(options)})


async def me(browser: Browser) -> dict | None:
    return (await browser.get(f"{API}/me")).json()["person"]


async def test_an_account_by_a_finger_and_in_again_on_another_browser(place: Place):
    phone = Authenticator()
    here, there = await opened(place), await opened(place)

    new = await made(here, phone, "Ada")
    again = await signed_in(there, phone)

    shown = {"name": "Ada", "portrait": None, "guest": False, "admin": False, "may_open_rooms": False, "language": "en"}
    assert (new.status_code, again.status_code) == (201, 200)
    assert {k: v for k, v in (await me(here)).items() if k != "id"} == shown
    assert await me(there) == await me(here)


async def test_a_guest_who_makes_a_passkey_stays_the_same_person_with_their_page_open(place: Place):
    ada, _ = await place.person("Ada", may_open_rooms=True)
    await place.room(ada)
    browser = await opened(place)
    guest = (await browser.post(f"{API}/guests", json={"name": "Eve"})).json()["person"]
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    page = place.page(cookie)
    await page.enter()
    asked = await page.does("question.ask", text="Why do sparrows dust?")

    account = (await made(browser, Authenticator())).json()["person"]
    voted = await page.does("question.withdraw", question=asked["made"])

    assert account == {**guest, "guest": False}
    assert (voted["type"], page.closed) == ("ack", None)


async def test_an_accounts_name_is_free_before_the_device_is_asked(place: Place):
    await place.person("Ada")
    browser = await opened(place)

    taken = await browser.post(f"{API}/passkeys/options", json={"name": "Ada"})
    nameless = await browser.post(f"{API}/passkeys/options", json={})

    assert [(a.status_code, a.json()["code"]) for a in (taken, nameless)] == [(409, "name.taken"), (403, "name.needed")]


async def test_several_each_with_a_name_and_the_last_one_stays(place: Place):
    browser = await opened(place, agent="Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0")
    phone, key = Authenticator(), Authenticator()
    await made(browser, phone, "Ada")
    await made(browser, key)
    first, second = (await browser.get(f"{API}/me/ways-in")).json()["passkeys"]

    named = await browser.put(f"{API}/passkeys/{second['id']}", json={"name": " The key "})
    removed = await browser.delete(f"{API}/me/passkeys/{first['id']}")
    last = await browser.delete(f"{API}/me/passkeys/{second['id']}")
    ways = (await browser.get(f"{API}/me/ways-in")).json()
    gone = await signed_in(await opened(place), phone)

    assert first["name"] == second["name"] == "Firefox on Linux"
    assert [named.status_code, removed.status_code, last.status_code] == [204, 204, 409]
    assert ways == {"passkeys": [{**second, "name": "The key"}], "emails": [], "password": False}
    assert (gone.status_code, gone.json()["code"]) == (403, "passkey.refused")


async def test_one_device_makes_no_second_passkey(place: Place):
    browser, phone = await opened(place), Authenticator()
    await made(browser, phone, "Ada")

    options = (await browser.post(f"{API}/passkeys/options", json={})).json()
    again = await browser.post(f"{API}/passkeys", json={"credential": phone.makes(options)})

    assert [one["type"] for one in options["excludeCredentials"]] == ["public-key"]
    assert again.json()["code"] == "passkey.refused"


@pytest.mark.parametrize(
    "device",
    [
        pytest.param(Authenticator(origin="https://evil.test"), id="another page"),
        pytest.param(Authenticator(host="evil.test"), id="another host"),
        pytest.param(Authenticator(verified=False), id="nobody's finger"),
    ],
)
async def test_what_was_made_elsewhere_is_none_of_ours(place: Place, device: Authenticator):
    browser = await opened(place)

    answer = await made(browser, device, "Eve")

    assert (answer.status_code, answer.json()["code"], await me(browser)) == (403, "passkey.refused", None)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"origin": "https://evil.test"},
        {"host": "evil.test"},
        {"verified": False},
        {"key": Authenticator().key},
        {"count": -1},
    ],
    ids=lambda spoiled: next(iter(spoiled)),
)
async def test_what_was_signed_otherwise_opens_nothing(place: Place, spoiled: dict):
    phone = Authenticator(count=5)
    await made(await opened(place), phone, "Ada")
    eve = await opened(place)
    for name, value in spoiled.items():
        setattr(phone, name, value)

    answer = await signed_in(eve, phone)

    assert (answer.status_code, answer.json()["code"], await me(eve)) == (403, "passkey.refused", None)


async def test_a_challenge_is_one_browsers_for_two_minutes_and_once(place: Place):
    phone = Authenticator()
    ada, eve = await opened(place), await opened(place)
    await made(ada, phone, "Ada")

    async def options() -> dict:
        return (await ada.post(f"{API}/passkeys/sign-in/options", json={})).json()

    async def tried(browser: Browser, said: dict) -> int:
        return (await browser.post(f"{API}/passkeys/sign-in", json={"credential": said})).status_code

    said = phone.signs(await options())
    by_another, by_its_own, again = await tried(eve, said), await tried(ada, said), await tried(ada, said)
    late = phone.signs(await options())
    place.clock.turn(120 * SECOND)

    assert [by_another, by_its_own, again, await tried(ada, late)] == [403, 200, 403, 403]


@pytest.mark.parametrize(
    "said",
    [{}, {"response": 1}, {"response": {"clientDataJSON": "x"}}, {"response": {"clientDataJSON": "bnVsbA"}}, {"id": 7}],
    ids=str,
)
async def test_what_is_no_credential_is_refused_in_words(place: Place, said: dict):
    browser = await opened(place)

    answers = [await browser.post(f"{API}/passkeys{way}", json={"credential": said}) for way in ("", "/sign-in")]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "passkey.refused")] * 2


async def test_an_id_that_no_table_can_hold_is_refused_in_words(place: Place):
    browser = await opened(place)
    options = (await browser.post(f"{API}/passkeys/sign-in/options", json={})).json()
    said = {**Authenticator().signs(options), "id": "\ud800"}

    answer = await browser.post(f"{API}/passkeys/sign-in", content=json.dumps({"credential": said}), headers=JSON)

    assert (answer.status_code, answer.json()["code"]) == (403, "passkey.refused")


async def test_where_browsers_have_none_they_are_not_offered(place: Place):
    async with place.browser(place.visitor()) as browser:
        offered = (await browser.get(f"{API}/me")).json()["ways_in"]
        asked = await browser.post(f"{API}/passkeys/options", json={"name": "Ada"})
    on_localhost = (await (await opened(place)).get(f"{API}/me")).json()["ways_in"]

    assert (offered["passkey"], asked.json()["code"], on_localhost["passkey"]) == (False, "passkey.refused", True)


async def test_who_tries_too_often_waits_and_others_do_not(place: Place):
    place.causerie.house.limits.passkeys.at_once = 3
    eve, ada = await opened(place, "192.0.2.7"), await opened(place, "192.0.2.8")

    tried = [await eve.post(f"{API}/passkeys/sign-in", json={"credential": {}}) for _ in range(4)]
    other = await ada.post(f"{API}/passkeys/sign-in/options", json={})

    assert [answer.status_code for answer in tried[-2:]] == [403, 429]
    assert (int(tried[-1].headers["retry-after"]) > 0, other.status_code) == (True, 200)
