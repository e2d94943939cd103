"""Where one is signed in: seen from any device, ended from any device, and only one's own."""

import pytest

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.accounts.devices import device
from tests.live.conftest import Evening
from tests.place import Place

SESSIONS = "/api/v1/me/sessions"


async def another(place: Place, person, agent: str = "") -> str:
    """One more session of somebody's, as a cookie."""
    token, _ = await place.causerie.database.write(lambda tx: accounts.open_session(tx, person, device=agent))
    return f"{SESSION}={token}"


async def test_they_are_seen_with_device_and_time(place: Place):
    ada, cookie = await place.person("Ada")
    place.clock.turn(1000)
    await another(place, ada, "Firefox on Linux")
    async with place.browser(cookie) as browser:
        found = (await browser.get(SESSIONS)).json()

    now = place.clock.now()
    assert [(one["device"], one["since"], one["here"]) for one in found] == [
        ("Firefox on Linux", now, False),
        ("", now - 1000, True),
    ]


async def test_one_is_ended_from_another_and_its_page_closes(evening: Evening):
    place = evening.place
    ben_too = await another(place, evening.people["Ben"])
    async with place.browser(evening.ben.cookie) as here, place.browser(ben_too) as there:
        other = next(one for one in (await there.get(SESSIONS)).json() if not one["here"])
        ended = await there.delete(f"{SESSIONS}/{other['id']}")
        shown = [(await browser.get("/api/v1/me")).json()["person"] is None for browser in (here, there)]
    await evening.ben.task

    assert (ended.status_code, shown, evening.ben.closed) == (204, [True, False], 1008)


async def test_all_are_ended_at_once(evening: Evening):
    place = evening.place
    ben_too = await another(place, evening.people["Ben"])
    async with place.browser(evening.ben.cookie) as here, place.browser(ben_too) as there:
        ended = await there.delete(SESSIONS)
        shown = [(await browser.get("/api/v1/me")).json()["person"] for browser in (here, there)]
    await evening.ben.task

    assert (ended.status_code, shown, evening.ben.closed) == (204, [None, None], 1008)


async def test_nobody_ends_anothers(place: Place):
    _, ada = await place.person("Ada")
    _, eve = await place.person("Eve")
    async with place.browser(ada) as hers, place.browser(eve) as browser:
        id = (await hers.get(SESSIONS)).json()[0]["id"]
        refused = await browser.delete(f"{SESSIONS}/{id}")
        still = (await hers.get("/api/v1/me")).json()["person"]

    assert (refused.status_code, refused.json()["code"], still["name"]) == (404, "sign_in.unknown", "Ada")


async def test_what_is_told_to_one_person_lies_in_no_cache(place: Place):
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        told = [await browser.get(address) for address in ("/api/v1/me", SESSIONS, "/api/v1/home")]

    assert [answer.headers["cache-control"] for answer in told] == ["no-store"] * 3


async def test_guests_have_no_list(place: Place):
    _, eve = await place.person("Eve", guest=True)
    async with place.browser(eve) as browser:
        refused = await browser.get(SESSIONS)

    assert (refused.status_code, refused.json()["code"]) == (403, "account.needed")


@pytest.mark.parametrize(
    ("agent", "called"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8", ""),
    ],
)
def test_what_a_device_is_called(agent: str, called: str):
    assert device(agent) == called
