"""What a page knows before it asks: the answers it would ask for, in the shell; theirs alone, and kept nowhere."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from causerie.web import pages
from causerie.web.first import at, block
from causerie.web.preloads import preloads
from tests.copies.shelf import NAME, shelved
from tests.live.conftest import Evening
from tests.place import Place
from tests.web.test_home import statements

HOME = ["/assets/HomePage-1.js", "/assets/home-1.js"]
BLOCK = re.compile(r'<script type="application/json" id="first">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page that is built, with its two places to write in."""
    folder = tmp_path / "_web"
    folder.mkdir()
    first = '<link rel="modulepreload" href="/assets/first-1.js" />'
    page = f'<!doctype html><html><head>{first}<!--head--></head><body><div id="app"></div><!--first--></body></html>'
    (folder / "index.html").write_text(page)
    parts = {
        "../locales/ar.po": {"file": "assets/ar-1.js"},
        "../locales/ar.po?rest": {"file": "assets/ar-2.js"},
        "../locales/en.po": {"file": "assets/en-1.js"},
        "_first-1.js": {"file": "assets/first-1.js"},
        "_home-1.js": {"file": "assets/home-1.js", "imports": ["_first-1.js"]},
        "src/home/HomePage.svelte": {"file": "assets/HomePage-1.js", "imports": ["_first-1.js", "_home-1.js"]},
        "src/groups/GroupPage.svelte": {"file": "assets/GroupPage-1.js", "imports": ["_first-1.js"]},
    }
    (folder / "built.json").write_text(json.dumps(parts))
    monkeypatch.setattr(pages, "BUILT", folder)
    pages.shell.cache_clear()
    yield folder
    pages.shell.cache_clear()


def answers_in(page: httpx.Response) -> dict[str, Any]:
    found = BLOCK.search(page.text)
    assert found, page.text
    return json.loads(found[1])


async def test_a_page_is_sent_with_the_very_answers_it_would_ask_for(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    await place.room(ada, "On swifts")
    async with place.browser(cookie) as browser:
        group = {"handle": "loire", "name": "Les Amis"}
        assert (await browser.post("/api/v1/groups", json=group)).status_code == 201
        assert (await browser.put("/api/v1/me/profile", json={"name": "Ada", "handle": "ada"})).status_code == 204

        for path, asks in {
            "/": ["/home", "/answers"],
            "/?lang=ar": ["/home", "/answers"],
            "/r/on-swifts": ["/rooms/on-swifts"],
            "/g/loire": ["/groups/loire", "/groups/loire/answers"],
            "/@ada": ["/profiles/ada", "/profiles/ada/answers"],
            "/settings": [],
            "/?language=fr": [],
            "/r/nothing": [],
        }.items():
            told = answers_in(await browser.get(path))
            asked = {each: (await browser.get(f"/api/v1{each}")).json() for each in ["/me", *asks, "/inbox/unread"]}
            assert told == asked, path


async def test_where_something_is_on_what_one_hears_otherwise_is_asked_for(evening: Evening):
    async with evening.place.browser() as browser:
        told = answers_in(await browser.get("/"))

    assert (len(told["/home"]["live"]), list(told)) == (1, ["/me", "/home"])


async def test_a_copy_is_in_its_page_for_who_may_see_it(place: Place):
    shelf = await shelved(place)
    closed = await shelf.post(f"/api/v1/copies/{NAME}/visibility", "Aurélie", json={"visibility": "private"})
    assert closed.status_code == 200
    async with place.browser(shelf.cookies["Aurélie"]) as hers, place.browser() as nobodys:
        told, hidden = answers_in(await hers.get(f"/c/{NAME}")), await nobodys.get(f"/c/{NAME}")

    assert told[f"/copies/{NAME}"]["title"]
    assert (hidden.status_code, list(answers_in(hidden))) == (404, ["/me"])


async def test_what_is_one_persons_lies_in_no_cache(place: Place):
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        pages_ = [await browser.get(path) for path in ("/", "/inbox", "/r/nothing")]

    assert {page.headers["cache-control"] for page in pages_} == {"private, no-store"}
    assert {page.headers["vary"] for page in pages_} == {"cookie, accept-encoding, accept-language"}


async def test_what_is_kept_for_when_there_is_no_line_knows_nothing_of_anybody(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    await place.room(ada, "On swifts")
    async with place.browser(cookie) as hers, place.browser() as nobodys:
        told = [await browser.get("/offline") for browser in (hers, nobodys)]

    assert told[0].text == told[1].text
    assert not BLOCK.search(told[0].text)
    assert ("Ada" in told[0].text, "set-cookie" in told[0].headers) == (False, False)


async def test_no_word_of_anybody_ends_the_block_or_begins_another(place: Place):
    ada, _ = await place.person("Ada", may_open_rooms=True)
    odd = "</script><script>alert(1)</script> <!-- \u2028 \u2029 & ' \" \\"
    await place.room(ada, odd, name="odd")
    async with place.browser() as browser:
        page = await browser.get("/")

    card = answers_in(page)["/home"]["soon"][0]
    assert "".join(card["title"].split()) == "".join(odd.split())
    assert page.text.count("<script") == page.text.count("</script") == 1


def test_a_block_is_the_same_json_again_without_what_ends_it():
    said = {"/a": "</ScRiPt>\u2028\u2029<!--&"}

    written = block(said)

    assert json.loads(BLOCK.search(written)[1]) == said
    assert not re.search("[<>&\u2028\u2029]", BLOCK.search(written)[1])


async def test_a_page_is_squeezed_for_who_takes_it_so(place: Place):
    async with place.browser() as browser:
        plain = await browser.get("/", headers={"accept-encoding": "identity"})
        async with browser.stream("GET", "/", headers={"accept-encoding": "gzip, br"}) as answer:
            raw = b"".join([chunk async for chunk in answer.aiter_raw()])

    assert "content-encoding" not in plain.headers
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw).startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("languages", "path", "wanted"),
    [
        ("en-GB,en;q=0.9", "/", HOME),
        ("ar,en;q=0.5", "/", [*HOME, "/assets/ar-1.js"]),
        ("ar", "/r/on-swifts", ["/assets/ar-1.js"]),
        ("de-DE, ar;q=0.8", "/g/loire", ["/assets/GroupPage-1.js", "/assets/ar-1.js", "/assets/ar-2.js"]),
        ("", "/g/loire/more", []),
        ('"><script>', "/", HOME),
    ],
)
def test_a_browser_fetches_with_the_page_what_this_page_needs(
    built: Path, languages: str, path: str, wanted: list[str]
):
    links = re.findall(r'href="([^"]*)"', preloads(built, languages, path))

    assert len(links) == len(wanted)
    assert all(part in link for part, link in zip(wanted, links, strict=True))


async def test_the_first_page_asks_the_database_no_more_often_than_it_must(evening: Evening):
    async with evening.place.browser(evening.ben.cookie) as browser:
        with statements(evening.place.causerie.database) as told:
            assert (await browser.get("/")).status_code == 200

    assert len(told) <= 12


def test_addresses_are_written_as_the_page_writes_them():
    assert at("rooms", "on-swifts") == "/rooms/on-swifts"
    assert at("profiles", "a b/ü!'()*~") == "/profiles/a%20b%2F%C3%BC!'()*~"
