"""What stands on the wall of a hall: the page for a projector, and the way in as a code to scan."""

import io

import pytest
import segno

from tests.live.conftest import Evening, evening_in
from tests.place import Place


@pytest.fixture
async def evening(place: Place) -> Evening:
    return await evening_in(place)


def drawn(address: str) -> bytes:
    code = io.BytesIO()
    segno.make(address, micro=False).save(code, kind="svg", border=2, scale=4)
    return code.getvalue()


async def test_the_screen_of_a_room_names_it_and_is_not_listed(evening: Evening):
    async with evening.place.browser() as browser:
        answer = await browser.get("/r/sparrows/screen")

    assert answer.status_code == 200
    assert ("Sparrows ·" in answer.text, 'content="noindex"' in answer.text) == (True, True)


async def test_the_code_leads_to_the_room(evening: Evening):
    async with evening.place.browser() as browser:
        answer = await browser.get("/api/v1/rooms/sparrows/qr")
        base = str(browser.base_url).rstrip("/")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert answer.content == drawn(f"{base}/r/sparrows")


@pytest.mark.parametrize("path", ["/r/nowhere/screen", "/api/v1/rooms/nowhere/qr"])
async def test_what_is_not_there_has_neither(evening: Evening, path: str):
    async with evening.place.browser() as browser:
        answer = await browser.get(path)

    assert answer.status_code == 404
