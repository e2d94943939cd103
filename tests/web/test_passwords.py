"""Passwords, where a place uses them: right ones open, all others are answered alike, nobody is locked out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from causerie.accounts import passwords
from tests.place import Place, opened

API, GOOD = "/api/v1", "a long enough one"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch):
    """As much work as a test can wait for."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", url=database_url, sign_in={"passwords": True}) as running:
        yield running


async def with_password(place: Place) -> str:
    """Ada's cookie; she has one."""
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        assert (await browser.put(f"{API}/me/password", json={"password": GOOD})).status_code == 204
    return cookie


async def enter(browser, name: str = "Ada", password: str = GOOD):
    return await browser.post(f"{API}/sign-in-by-password", json={"name": name, "password": password})


async def test_off_unless_a_place_wants_them(tmp_path: Path, database_url: str):
    async with opened(tmp_path / "data", url=database_url) as place:
        _, cookie = await place.person("Ada")
        async with place.browser(cookie) as browser:
            answers = [await enter(browser), await browser.put(f"{API}/me/password", json={"password": GOOD})]
            shown = (await browser.get(f"{API}/me")).json()["ways_in"]

    assert [(a.status_code, a.json()["code"]) for a in answers] == [(404, "password.none")] * 2
    assert shown["password"] is False


async def test_the_right_one_opens_and_all_else_is_answered_alike(place: Place):
    await with_password(place)
    await place.person("Ben")
    async with place.browser() as browser:
        right = await enter(browser)
    async with place.browser() as browser:
        wrong = [await enter(browser, *said) for said in (("Ada", "another one"), ("Ben", GOOD), ("Nobody", GOOD))]

    assert right.json()["person"]["name"] == "Ada"
    assert {(a.status_code, a.content) for a in wrong} == {(403, wrong[0].content)}


@pytest.mark.parametrize("password", ["", "nine char", "x" * 201])
async def test_a_password_has_its_length(place: Place, password: str):
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        refused = await browser.put(f"{API}/me/password", json={"password": password})

    assert (refused.status_code, refused.json()["code"]) == (422, "password.length")


async def test_who_changes_it_knows_the_one_before_and_nobody_else_stays_in(place: Place):
    cookie = await with_password(place)
    async with place.browser() as other, place.browser(cookie) as browser:
        await enter(other)
        unknown = await browser.put(f"{API}/me/password", json={"password": "b" * 10, "now": "a guess at it"})
        changed = await browser.put(f"{API}/me/password", json={"password": "b" * 10, "now": GOOD})
        shown = [(await one.get(f"{API}/me")).json()["person"] is not None for one in (browser, other)]

    assert ([unknown.status_code, changed.status_code], shown) == ([403, 204], [True, False])


async def test_the_only_way_in_is_not_taken_away(place: Place):
    cookie = await with_password(place)
    async with place.browser(cookie) as browser:
        refused = await browser.delete(f"{API}/me/password")
        ways = (await browser.get(f"{API}/me/ways-in")).json()

    assert (refused.json()["code"], ways["password"]) == ("sign_in.last", True)


async def test_who_guesses_waits_and_the_owner_comes_in_from_their_own_device(place: Place):
    await with_password(place)
    async with place.browser() as own, place.browser(address="192.0.2.7") as eve:
        await enter(own)
        await own.delete(f"{API}/session")
        guessed = [await enter(eve, password=f"guess number {n}") for n in range(12)]
        from_elsewhere = await enter(eve)
        at_home = await enter(own)

    assert [answer.status_code for answer in guessed] == [403] * 10 + [429] * 2
    assert int(guessed[-1].headers["retry-after"]) > 0
    assert (from_elsewhere.status_code, at_home.status_code) == (429, 200)


async def test_what_is_kept_is_not_the_password(place: Place):
    await with_password(place)
    async with place.causerie.database.read() as connection:
        kept = str((await connection.exec_driver_sql("SELECT * FROM passwords")).all())

    assert ("$argon2id$" in kept, GOOD in kept) == (True, False)
