"""The built page: its files, and nothing that lies beside them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from causerie.web import pages
from tests.place import HOST, Place


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A page that is built, and a secret beside it."""
    folder = tmp_path / "_web"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><html><head><!--head--></head></html>")
    (folder / "assets" / "page-1a2b.js").write_text("let page")
    (folder / "assets" / "page-1a2b.js.br").write_bytes(b"squeezed")
    (folder / "icon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.setattr(pages, "BUILT", folder)
    for kept in (pages.assets, pages.shell):
        kept.cache_clear()
    yield folder
    for kept in (pages.assets, pages.shell):
        kept.cache_clear()


async def asked(place: Place, path: str) -> tuple[int, bytes]:
    """What an address gives, as it is: no client tidies it before."""
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        told.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", HOST.encode())],
    }
    await place.causerie.application(scope, receive, send)
    return told[0]["status"], b"".join(message.get("body", b"") for message in told[1:])


@pytest.fixture
async def files(place: Place) -> AsyncIterator[Any]:
    async with place.browser() as browser:
        yield browser


async def test_a_file_of_the_page(files: Any):
    plain = await files.get("/assets/page-1a2b.js", headers={"accept-encoding": "identity"})
    icon = await files.get("/icon.svg")

    assert (plain.status_code, plain.text, plain.headers["content-type"]) == (
        200,
        "let page",
        "text/javascript; charset=utf-8",
    )
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (icon.headers["cache-control"], icon.headers["vary"]) == ("no-cache", "accept-encoding")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "//secret.txt",
        "/./../secret.txt",
        "/..\\secret.txt",
        "/assets",
        "/assets/",
        "/\x00",
        "/%2e%2e/secret.txt",
    ],
)
async def test_nothing_beside_it_is_served(place: Place, path: str):
    status, body = await asked(place, path)

    assert (status, b"secret</" in body or body == b"secret") == (404, False)


async def test_the_absolute_path_of_a_file_is_no_address(place: Place, tmp_path: Path):
    status, body = await asked(place, f"/{tmp_path}/secret.txt")

    assert (status, body == b"secret") == (404, False)


async def test_every_address_is_our_page_with_its_own_title(place: Place, files: Any):
    host, _ = await place.person("Ada", may_open_rooms=True)
    await place.room(host, "On <swifts>", description="High & far")
    await place.room(host, "Not for all", visibility="unlisted", name="hidden")

    home, room, hidden, nothing = [await files.get(path) for path in ("/", "/r/on-swifts", "/r/hidden", "/r/nowhere")]

    assert [page.status_code for page in (home, room, hidden, nothing)] == [200, 200, 200, 404]
    assert '<title>On &lt;swifts&gt; · causerie</title><meta name="description" content="High &amp; far">' in room.text
    assert ["noindex" in page.text for page in (home, room, hidden, nothing)] == [False, False, True, True]
