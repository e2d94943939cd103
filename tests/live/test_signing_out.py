"""Signing out ends a session everywhere, and nobody else's."""

import asyncio

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from tests.live.conftest import Evening
from tests.place import Page
from tests.sound_on_paper import OFFER


async def sign_out(evening: Evening, page: Page) -> str:
    """Press *Sign out* in the browser of this page; gives the cookies it has afterwards."""
    async with evening.place.browser(page.cookie) as browser:
        answer = await browser.delete("/api/v1/session")
    assert answer.status_code == 204
    set_by = [line.split(";")[0] for line in answer.headers.get_list("set-cookie")]
    return "; ".join(cookie for cookie in set_by if not cookie.endswith("="))


async def closed(page: Page) -> int | None:
    """How a page was closed, within a second."""
    await asyncio.wait_for(page.task, 1)
    return page.closed


async def test_signing_out_closes_the_sessions_pages_and_their_sound(evening: Evening):
    await evening.ada.enter(sdp=OFFER)
    another_tab = evening.place.page(evening.ada.cookie)
    await another_tab.enter(sdp=OFFER)
    await evening.ada.does("microphone.unmute")
    assert (len(evening.place.engine.peers), len(evening.place.engine.heard)) == (2, 1)

    await sign_out(evening, evening.ada)

    assert [await closed(page) for page in (evening.ada, another_tab)] == [1008, 1008]
    assert (evening.place.engine.peers, evening.place.engine.open) == ({}, set())
    assert [page.closed for page in (evening.ben, evening.cho, evening.visitor)] == [None, None, None]


async def test_other_sessions_of_the_person_stay(evening: Evening):
    other, _ = await evening.place.causerie.database.write(lambda tx: accounts.open_session(tx, evening.people["Ada"]))
    phone = evening.place.page(f"{SESSION}={other}")
    await phone.enter()

    await sign_out(evening, evening.ada)

    assert await closed(evening.ada) == 1008
    assert (await phone.enter())["me"]["role"] == "host"


async def test_who_signed_out_comes_back_as_somebody_new(evening: Evening):
    before = await evening.ada.enter()

    cookie = await sign_out(evening, evening.ada)
    since = {"epoch": before["epoch"], "person": before["me"]["person"], **before["at"]}
    back = await evening.place.page(cookie).enter(since=since)

    assert back["type"] == "snapshot"
    assert (back["me"]["name"], back["me"]["rights"], back["desk"]) == (None, [], None)
    assert back["me"]["person"] not in (before["me"]["person"], evening.id("Ben"))


async def test_a_guest_who_forgets_their_name_is_nobody_any_more(evening: Evening):
    before = await evening.visitor.enter(sdp=OFFER)
    async with evening.place.browser(evening.visitor.cookie) as browser:
        named = await browser.post("/api/v1/guests", json={"name": "Eve"})
        cookies = f"{evening.visitor.cookie}; {named.headers['set-cookie'].split(';')[0]}"
        browser.headers["cookie"] = cookies
        renamed = await browser.post("/api/v1/guests", json={"name": "Eva"})
    session = renamed.headers["set-cookie"].split(";")[0]
    eve = evening.place.page(f"{evening.visitor.cookie}; {session}")
    assert (await eve.enter())["me"]["person"] == before["me"]["person"]

    cookie = await sign_out(evening, eve)

    assert [await closed(page) for page in (evening.visitor, eve)] == [1008, 1008]
    assert evening.place.engine.peers == {}
    assert [await status(evening, old) for old in (session, evening.visitor.cookie, cookies)] == [403, 403, 403]
    assert (await evening.place.page(cookie).enter())["me"]["person"] != before["me"]["person"]


async def status(evening: Evening, cookie: str) -> int | None:
    """What a page with this cookie is told at the door."""
    page = evening.place.page(cookie)
    await page.task
    return page.status


async def test_whoever_signs_out_while_the_page_offers_sound_hears_nothing(evening: Evening):
    evening.ben.says({"do": "media.offer", "id": "o1", "sdp": OFFER})
    await asyncio.sleep(0)

    await sign_out(evening, evening.ben)

    assert await closed(evening.ben) == 1008
    assert (evening.place.engine.peers, evening.place.causerie.media.peers) == ({}, {})


async def test_a_page_that_comes_while_its_session_ends_is_closed(evening: Evening):
    coming = evening.place.page(evening.ben.cookie)
    await asyncio.sleep(0)  # its cookie is being looked up, and still good
    gateway = evening.place.causerie.gateway

    gateway.signed_out(gateway.cookies.session(evening.ben.cookie) or "")

    assert [await closed(page) for page in (coming, evening.ben)] == [1008, 1008]
