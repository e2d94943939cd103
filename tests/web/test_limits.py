"""Who tries too often is told to wait; a full hall behind one address is not."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from causerie.accounts import actions as accounts
from causerie.clock import SECOND
from causerie.web.limits import Allowance, TooManyTries
from tests.place import HOST, Place
from tests.served import served


def spent(allowance: Allowance, address: str, now: int) -> int | None:
    """Seconds to wait, or None where one more is allowed."""
    try:
        allowance.spend(address, now)
    except TooManyTries as refusal:
        return refusal.wait
    return None


def test_so_many_at_once_and_then_so_many_a_minute():
    allowance = Allowance(at_once=3, a_minute=6)

    assert [spent(allowance, "a", 0) for _ in range(5)] == [None, None, None, 10, 10]
    assert spent(allowance, "b", 0) is None
    assert [spent(allowance, "a", 9 * SECOND), spent(allowance, "a", 10 * SECOND)] == [1, None]
    assert [spent(allowance, "a", 60 * SECOND) for _ in range(4)] == [None, None, None, 10]


def test_only_so_many_addresses_are_remembered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.web.limits.ADDRESSES", 3)
    allowance = Allowance(at_once=1, a_minute=1)

    for address in "abcad":
        spent(allowance, address, 0)

    assert list(allowance._left) == ["c", "a", "d"]


# ---- at the doors ----


def from_(place: Place, address: str) -> httpx.AsyncClient:
    """A browser at some address of the network."""
    transport = httpx.ASGITransport(place.causerie.application, client=(address, 5000))
    return httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers={"origin": f"http://{HOST}"})


async def test_who_guesses_links_is_told_to_wait_and_a_good_link_always_opens(place: Place):
    ada, _ = await place.person("Ada")
    link = (await place.causerie.database.write(lambda tx: accounts.person_link(tx, ada.id)))[0]
    commits = place.causerie.database.commits
    async with from_(place, "192.0.2.7") as guesser, from_(place, "192.0.2.8") as other:
        posted = [await guesser.post(f"/api/v1/sign-in/wrong{n}", json={"token": "x"}) for n in range(15)]
        looked = [await guesser.get(f"/api/v1/sign-in/wrong{n}") for n in range(15)]
        written = place.causerie.database.commits - commits
        elsewhere = await other.get("/api/v1/sign-in/wrong")
        good = await guesser.post(f"/api/v1/sign-in/{link}", json={"token": link})
        place.clock.turn(3 * SECOND)
        later = await guesser.get("/api/v1/sign-in/wrong")

    assert [answer.status_code for answer in [*posted, *looked]] == [404] * 20 + [429] * 10
    assert looked[-1].json() == {"code": "too_many", "text": "Too many tries from your network. Try again in a minute."}
    assert looked[-1].headers["retry-after"] == "3"
    assert (written, elsewhere.status_code, good.status_code, later.status_code) == (0, 404, 200, 404)


async def test_a_full_hall_behind_one_address_takes_its_names(place: Place):
    async with from_(place, "192.0.2.7") as hall:
        named = []
        for n in range(620):
            hall.cookies.clear()
            named.append((await hall.post("/api/v1/guests", json={"name": f"Guest {n}"})).status_code)

    assert named == [201] * 600 + [429] * 20


async def test_a_network_of_ipv6_is_one_address(place: Place):
    async with from_(place, "2001:db8::1") as one, from_(place, "2001:db8::ffff:2") as two:
        for n in range(20):
            await one.get(f"/api/v1/sign-in/wrong{n}")
        answer = await two.get("/api/v1/sign-in/wrong")

    assert answer.status_code == 429


# ---- behind a proxy ----


@pytest.fixture(params=["", "https://talk.example.org"])
async def tries(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[str, list[int]]]:
    """What 25 tries are answered, each of which says that it comes from another address."""
    async with (
        served(tmp_path / "data", web={"public_url": request.param}) as (_, port),
        httpx.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{port}") as browser,
    ):
        said = [{"x-forwarded-for": f"192.0.2.{n}"} for n in range(25)]
        yield request.param, [(await browser.get("/api/v1/sign-in/x", headers=one)).status_code for one in said]


async def test_what_an_address_says_of_itself_is_believed_behind_a_proxy_only(tries: tuple[str, list[int]]):
    public_url, answers = tries

    assert answers == ([404] * 25 if public_url else [404] * 20 + [429] * 5)
