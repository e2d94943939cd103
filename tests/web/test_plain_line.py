"""A house of its own: by its names alone, over https with an account, over http to listen."""

import ipaddress
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from causerie.accounts.actions import person_link
from causerie.accounts.cookies import SESSION, VISITOR
from causerie.media.reach import reach_of
from causerie.web.plain import PlainLine
from tests.place import Place, opened

ADDRESS = "192.168.7.5"
HTTPS, HTTP = f"https://{ADDRESS}:8420", f"http://{ADDRESS}:8480"


@pytest.fixture(autouse=True)
def box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("causerie.lan.machine.socket.gethostname", lambda: "box")
    monkeypatch.setattr("causerie.lan.ANSWERS_FOR_NAMES", tmp_path / "nobody")


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data", web={"lan": True}, media={"public_address": ADDRESS}) as place:
        yield place


def browser(place: Place, at: str, cookie: str = "", origin: str | None = None) -> httpx.AsyncClient:
    """Somebody's browser at this address."""
    lan = place.causerie.house.lan
    application = place.causerie.application
    line = application if at.startswith("https") else PlainLine(application, lan)
    headers = {"origin": origin or at} | ({"cookie": cookie} if cookie else {})
    return httpx.AsyncClient(transport=httpx.ASGITransport(line), base_url=at, headers=headers)


OWN = [ADDRESS, "box", "box.local", "BOX.local", "localhost", "127.0.0.1", "[::1]"]
OTHERS = ["evil.example", "box.local.evil.example", "192.168.7.6", "0.0.0.0", "box.lan", "", "[", "[::2]", "a b"]


@pytest.mark.parametrize(("scheme", "port"), [("https", 8420), ("http", 8480)])
async def test_each_of_its_names_opens_it_and_is_its_origin(place: Place, scheme: str, port: int):
    told = {}
    for host in OWN:
        async with browser(place, f"{scheme}://{host.lower()}:{port}") as person:
            page = await person.get("/", headers={"host": host})
            named = await person.post("/api/v1/guests", json={"name": "Eve"})
            told[host] = (page.status_code, named.status_code)

    assert told == dict.fromkeys(OWN, (200, 201))


@pytest.mark.parametrize("at", [HTTPS, HTTP])
async def test_a_name_of_somebody_elses_opens_nothing(place: Place, at: str):
    asked = [(host, path) for host in OTHERS for path in ("/", "/api/v1/me", "/in/token", "/trust", "/trust/ca.crt")]
    async with browser(place, at) as person:
        told = [await person.get(path, headers={"host": host}) for host, path in asked]

    assert {answer.status_code for answer in told} == {421}
    assert [answer for answer in told if "set-cookie" in answer.headers or HTTPS not in answer.text] == []


async def test_who_came_by_another_name_reads_it_in_their_language(place: Place):
    async with browser(place, HTTPS) as person:
        told = [
            (await person.get("/", headers={"host": "evil.example", "accept-language": spoken})).text
            for spoken in ("en", "fr", "ar")
        ]

    assert told[0] == f"This place has another address: {HTTPS}"
    assert len({*told}) == 3
    assert all(HTTPS in said for said in told)


async def test_another_origin_changes_nothing(place: Place):
    for origin in ("https://evil.example", f"https://{ADDRESS}", HTTP, "http://box:8420", "null"):
        async with browser(place, HTTPS, origin=origin) as person:
            answer = await person.post("/api/v1/guests", json={"name": "Eve"})

        assert (answer.status_code, answer.json()["code"]) == (403, "origin.refused")


async def told_at_line(place: Place, host: str, origin: str, scheme: str = "wss") -> int | None:
    """What a page is told that wants a line: 101 where it is let in."""
    answers: list[int] = []
    cookie = f"{'__Host-' if scheme == 'wss' else ''}{place.visitor()}"
    headers = [(b"host", host.encode()), (b"origin", origin.encode()), (b"cookie", cookie.encode())]
    scope = {"type": "websocket", "path": "/live", "scheme": scheme, "headers": headers, "client": (ADDRESS, 5)}
    page = iter([{"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1001}])

    async def says():
        return next(page)

    async def hears(message):
        answers.append({"websocket.accept": 101, "websocket.close": 403}.get(message["type"], message.get("status")))

    whole = place.causerie.application
    line = whole if scheme == "wss" else PlainLine(whole, place.causerie.house.lan)
    await line(scope, says, hears)
    return answers[0]


async def test_a_line_is_opened_from_its_own_pages_alone(place: Place):
    comes = {
        (f"{ADDRESS}:8420", HTTPS, "wss"): 101,
        ("box.local:8420", "https://box.local:8420", "wss"): 101,
        ("box.local:8480", "http://box.local:8480", "ws"): 101,
        (f"{ADDRESS}:8420", HTTP, "wss"): 403,
        ("box.local:8420", HTTPS, "wss"): 403,
        ("evil.example:8420", "https://evil.example:8420", "wss"): 403,
        ("evil.example:8480", "http://evil.example:8480", "ws"): 403,
    }

    assert {said: await told_at_line(place, *said) for said in comes} == comes


async def test_cookies_of_https_are_bound_to_it_and_those_of_http_open_nothing_there(place: Place):
    async with browser(place, HTTPS) as safe, browser(place, HTTP) as plain:
        bound = (await safe.post("/api/v1/guests", json={"name": "Ada"})).headers["set-cookie"]
        unbound = (await plain.post("/api/v1/guests", json={"name": "Ben"})).headers["set-cookie"]
    kept, lost = bound.partition(";")[0], unbound.partition(";")[0]

    assert kept.startswith(f"__Host-{SESSION}=")
    assert "; Secure" in bound
    assert lost.startswith(f"{SESSION}=")
    assert "Secure" not in unbound

    async def known(at: str, cookie: str) -> str | None:
        async with browser(place, at, cookie) as person:
            found = (await person.get("/api/v1/me")).json()["person"]
            return found and found["name"]

    assert (await known(HTTPS, kept), await known(HTTP, lost)) == ("Ada", "Ben")
    assert (await known(HTTPS, lost), await known(HTTP, kept)) == (None, None)
    assert await known(HTTPS, f"__Host-{lost}; {lost}") == "Ben"
    assert await known(HTTP, f"{kept}; {VISITOR}=x; {lost}") == "Ben"


async def test_what_needs_an_account_is_shown_over_https(place: Place):
    for path in ("/in/token", "/admin", "/admin/people", "/welcome", "/settings", "/plan", "/s/token", "/whip/room"):
        async with browser(place, "http://box.local:8480") as person:
            answer = await person.get(f"{path}?lang=fr")

        assert (answer.status_code, answer.headers["location"]) == (307, f"https://box.local:8420{path}?lang=fr")


async def test_what_one_listens_by_is_shown_over_http(place: Place):
    async with browser(place, HTTP) as person:
        told = [(await person.get(path)).status_code for path in ("/", "/trust", "/search", "/inside", "/r/nowhere")]

    assert told == [200, 200, 200, 404, 404]


async def test_nobody_comes_in_with_an_account_over_http_and_the_link_stays_good(place: Place):
    ada, _ = await place.person("Ada")
    token, _ = await place.causerie.database.write(lambda tx: person_link(tx, ada.id))
    visitor = place.visitor()

    async with browser(place, HTTP, visitor) as plain:
        refused = await plain.post(f"/api/v1/sign-in/{token}", json={"token": token})
    async with browser(place, HTTPS, f"__Host-{visitor}") as safe:
        entered = await safe.post(f"/api/v1/sign-in/{token}", json={"token": token})

    assert (refused.status_code, refused.json()["code"]) == (403, "https.needed")
    assert "set-cookie" not in refused.headers
    assert (entered.status_code, entered.json()["person"]["name"]) == (200, "Ada")


async def test_what_works_where_one_came_is_offered(place: Place):
    """Passkeys by name and over https, a microphone in safe places, and where https is."""
    works = {
        "https://box.local:8420": (True, True, "https://box.local:8420"),
        "https://box:8420": (True, True, "https://box:8420"),
        HTTPS: (False, True, HTTPS),
        "https://[::1]:8420": (False, True, "https://[::1]:8420"),
        HTTP: (False, False, HTTPS),
        "http://box.local:8480": (False, False, "https://box.local:8420"),
        "http://localhost:8480": (False, True, "https://localhost:8420"),
    }
    told = {}
    for at in works:
        async with browser(place, at) as person:
            told[at] = (await person.get("/api/v1/me")).json()

    offered = {at: (me["ways_in"]["passkey"], me["microphone_here"], me["https_address"]) for at, me in told.items()}
    assert offered == works
    assert {me["trust_page"] for me in told.values()} == {"/trust"}


async def test_its_own_addresses_are_told_for_sound(place: Place):
    settings = place.causerie.settings.model_copy(update={"media": type(place.causerie.settings.media)()})
    lan = place.causerie.house.lan
    assert lan is not None

    told = reach_of(settings, house=lan.four).told

    assert told[0] == ADDRESS
    assert "127.0.0.1" in told
    assert all(ipaddress.ip_address(one).version == 4 for one in told)
