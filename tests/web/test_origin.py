"""What changes something comes from our own page; what is too large or not JSON is not read."""

from pathlib import Path

import pytest

from tests.live.conftest import Evening
from tests.place import HOST, Place, opened


@pytest.mark.parametrize(
    "origin",
    [
        "https://elsewhere.example",
        "null",
        "",
        f"http://sub.{HOST}",
        f"http://{HOST}.evil",
        f"https://{HOST}",
        f"http://{HOST}:8420",
        f"http://{HOST}@evil.example",
        f"http://evil.example/{HOST}",
        f"http://{HOST}/",
        "talk.test",
        "http://[",
    ],
)
@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "PATCH"])
async def test_only_our_own_page_changes_anything(place: Place, origin: str, method: str):
    async with place.browser() as browser:
        answer = await browser.request(method, "/api/v1/guests", json={"name": "Eve"}, headers={"origin": origin})

    assert (answer.status_code, answer.json()["code"]) == (403, "origin.refused")
    assert "set-cookie" not in answer.headers


async def test_no_origin_at_all(place: Place):
    async with place.browser() as browser:
        del browser.headers["origin"]
        answer = await browser.post("/api/v1/guests", json={"name": "Eve"})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b'{"name": "Eve"}', "text/plain", 415, "body.type"),
        (b"name=Eve", "application/x-www-form-urlencoded", 415, "body.type"),
        (b"", "", 415, "body.type"),
        (b'{"name": "' + b"x" * 70_000 + b'"}', "application/json", 413, "body.too_large"),
        (b'{"name": "' + b"x" * 10_000 + b'"}', "application/json", 422, "body.invalid"),
        (b'{"name": "' + b"x" * 1_900 + b'"}', "application/json", 422, "name.length"),
        (b'{"name": "Eve", "admin": true}', "application/json", 422, "body.invalid"),
        (b'{"name": " \xe2\x80\x8b "}', "application/json", 422, "name.length"),
        (b'{"name": "\\ud800"}', "application/json", 422, "body.invalid"),
        (b"[" * 10_000, "application/json", 400, "http"),
        (b"hello", "application/json", 422, "body.invalid"),
        (b"{}", "application/json", 422, "body.invalid"),
    ],
)
async def test_what_cannot_be_meant(place: Place, body: bytes, kind: str, status: int, code: str):
    async with place.browser() as browser:
        answer = await browser.post("/api/v1/guests", content=body, headers={"content-type": kind} if kind else {})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "set-cookie" not in answer.headers


async def test_a_body_says_its_length(place: Place):
    async def pieces():
        yield b'{"name": "Eve"}'

    async with place.browser() as browser:
        answer = await browser.post("/api/v1/guests", content=pieces(), headers={"content-type": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (411, "body.length")


async def test_behind_a_public_address_only_that_is_ours(tmp_path: Path):
    async with opened(tmp_path, web={"public_url": "https://talk.example.org/"}) as place, place.browser() as browser:
        answers = [
            (await browser.post("/api/v1/guests", json={"name": "Eve"}, headers={"origin": origin})).status_code
            for origin in ("https://talk.example.org", "http://talk.example.org", f"http://{HOST}")
        ]

    assert answers == [201, 403, 403]


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "/docs",
        "/redoc",
        "/openapi.json",
        "/debug",
        "/api/v1/admin",
        "/api/v1/",
        "/.env",
        "/causerie.sqlite",
        "/../pyproject.toml",
        "/%2e%2e/keys/visitors.key",
        "/assets/../../app.py",
        "/r/%00",
        "/r/" + "x" * 10_000,
        "/%00",
    ],
)
async def test_what_is_not_for_everybody_is_not_there(evening: Evening, path: str):
    async with evening.place.browser() as browser:
        answer = await browser.get(path)

    assert answer.status_code == 404
    assert "causerie_commits" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/api/v1/rooms/nowhere", "/api/v1/rooms/%00", "/api/v1/sign-in/guessed", "/api/v1/rooms/" + "x" * 100],
)
async def test_what_is_not_there_says_so_in_one_way(place: Place, path: str):
    async with place.browser() as browser:
        answer = await browser.get(path)

    assert (answer.status_code, sorted(answer.json())) == (404, ["code", "text"])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/people", {"name": "Eve"}),
        ("POST", "/api/v1/people/ada/link", {}),
        ("PUT", "/api/v1/people/ada/may-open-rooms", {"may": True}),
        ("GET", "/api/v1/qr/token", None),
    ],
)
@pytest.mark.parametrize("who", ["ada", "ben", "visitor", "nobody"])
async def test_the_people_are_for_admins(evening: Evening, method: str, path: str, body: dict | None, who: str):
    cookie = "" if who == "nobody" else getattr(evening, who).cookie

    async with evening.place.browser(cookie) as browser:
        answer = await browser.request(method, path, json=body)

    assert (answer.status_code, answer.json()["code"]) == (403, "admin.only")


@pytest.mark.parametrize("who", ["ben", "visitor", "nobody"])
async def test_rooms_are_opened_by_whom_the_admin_lets(evening: Evening, who: str):
    cookie = "" if who == "nobody" else getattr(evening, who).cookie

    async with evening.place.browser(cookie) as browser:
        answer = await browser.post("/api/v1/rooms", json={"title": "Mine"})
        rooms = (await browser.get("/api/v1/home")).json()

    assert (answer.status_code, answer.json()["code"]) == (403, "room.not_allowed")
    assert [room["title"] for room in rooms["live"]] == ["Sparrows"]


async def test_every_page_says_what_it_may_do(place: Place):
    async with place.browser() as browser:
        answers = [await browser.get(path) for path in ("/", "/r/nowhere", "/nothing/here")]

    assert [answer.status_code for answer in answers] == [200, 404, 404]
    for answer in answers:
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_title_is_shown_as_text(evening: Evening):
    title = '<script>alert("a")</script> & "more"'
    await evening.place.room(evening.people["Ada"], title, description='"><img src=x>')

    async with evening.place.browser() as browser:
        page = (await browser.get("/r/script-alert-a-script-more")).text

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(&quot;a&quot;)&lt;/script&gt; &amp; &quot;more&quot;" in page
