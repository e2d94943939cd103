"""A session that is old or got into other hands brings no way in and takes none away."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher

from causerie.accounts import passwords
from causerie.accounts.stepping_up import LATELY
from tests.authenticator import Authenticator
from tests.letters import with_mail
from tests.place import Place
from tests.web.test_passkeys import made, opened, signed_in

API, GOOD = "/api/v1", "a long enough one"
SITE = "http://localhost"  # where a browser has passkeys without a certificate


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with with_mail(tmp_path, url=database_url, sign_in={"passwords": True}, web={"public_url": SITE}) as (
        running,
        _,
    ):
        yield running


async def every_change(browser: httpx.AsyncClient) -> list[httpx.Response]:
    """A passkey and an address more, a first password; one passkey less."""
    (passkey, *_) = (await browser.get(f"{API}/me/ways-in")).json()["passkeys"]
    return [
        await browser.post(f"{API}/passkeys/options", json={}),
        await browser.post(f"{API}/me/emails", json={"address": "eve@example.org"}),
        await browser.put(f"{API}/me/password", json={"password": GOOD}),
        await browser.delete(f"{API}/me/passkeys/{passkey['id']}"),
    ]


async def test_ways_in_are_changed_by_who_has_signed_in_lately(place: Place):
    browser, phone, key = await opened(place), Authenticator(), Authenticator()
    await made(browser, phone, "Ada")
    await made(browser, key)
    place.clock.turn(LATELY)

    before = (await browser.get(f"{API}/me/ways-in")).json()
    refused = [(answer.status_code, answer.json()["code"]) for answer in await every_change(browser)]
    after = (await browser.get(f"{API}/me/ways-in")).json()
    await signed_in(browser, phone)
    done = [answer.status_code for answer in await every_change(browser)]

    assert (refused, after) == ([(403, "sign_in.again")] * 4, before)
    assert done == [200, 202, 204, 204]


async def test_a_password_is_changed_by_who_knows_it_however_old_the_session(place: Place):
    _, ada = await place.person("Ada")
    async with place.browser(ada) as browser:
        browser.headers["origin"] = SITE
        await browser.put(f"{API}/me/password", json={"password": GOOD})
        place.clock.turn(LATELY)
        changed = await browser.put(f"{API}/me/password", json={"password": "b" * 10, "now": GOOD})
        forgotten = await browser.delete(f"{API}/me/password")

    assert (changed.status_code, forgotten.json()["code"]) == (204, "sign_in.again")


@pytest.mark.parametrize(("admin", "answered"), [(False, 202), (True, 403)])
async def test_a_first_way_is_free_except_for_who_runs_the_place(place: Place, admin: bool, answered: int):
    """Their link is old and they have nothing to prove themselves by; an admin gets a new link where the place runs."""
    _, ada = await place.person("Ada", admin=admin)
    place.clock.turn(LATELY)
    async with place.browser(ada) as browser:
        browser.headers["origin"] = SITE
        asked = await browser.post(f"{API}/me/emails", json={"address": "ada@example.org"})

    assert asked.status_code == answered
