"""The picture that is shown where a room is linked."""

import base64
import io
import re

import httpx
from PIL import Image

from causerie.copies.cards import EVENING, PREVIEW
from tests.place import HOST, Place
from tests.web.test_plans import PARIS, ROOMS, drawing, plan


async def card_of(browser: httpx.AsyncClient, name: str = "on-swifts") -> str:
    page = (await browser.get(f"/r/{name}")).text
    (address,) = re.findall(r'property="og:image" content="([^"]+)"', page)
    return str(address)


async def picture(browser: httpx.AsyncClient, address: str) -> Image.Image:
    answer = await browser.get(address)
    assert answer.headers["content-type"] == "image/jpeg"
    shown = Image.open(io.BytesIO(answer.content))
    shown.load()
    return shown


async def test_a_room_has_a_card_and_another_when_it_says_something_else(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser, place.browser() as everybody:
        await plan(browser, zone=PARIS, local_start="2027-07-01T20:30")
        first = await card_of(everybody)
        before = await picture(everybody, first)
        given = {"picture": base64.b64encode(drawing(size=(900, 900))).decode()}
        await browser.put(f"{ROOMS}/on-swifts/cover", json=given)
        second = await card_of(everybody)
        after = await picture(everybody, second)

    assert first.startswith(f"http://{HOST}/r/on-swifts/card.jpg?")
    assert first != second
    assert before.size == after.size == PREVIEW
    window = (PREVIEW[0] - 200, PREVIEW[1] // 2)
    green, evening = [tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5)) for colour in ("#77AA33", EVENING)]
    for shown, colour in ((before, evening), (after, green)):
        assert max(abs(a - b) for a, b in zip(shown.getpixel(window), colour, strict=True)) < 8


async def test_who_may_not_know_of_a_room_sees_no_card_of_it(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser, place.browser() as everybody:
        await plan(browser, draft=True)
        told = [(await one.get("/r/on-swifts/card.jpg")) for one in (everybody, browser)]
        none = await everybody.get("/r/nowhere/card.jpg")

    assert [one.status_code for one in (*told, none)] == [404, 200, 404]
    assert told[1].headers["cache-control"] == "private, no-store"
