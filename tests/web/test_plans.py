"""A plan over HTTP: what it says, and what is refused."""

import base64
import io
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from PIL import Image

from causerie.rooms import zones
from causerie.rooms.covers import drawn
from causerie.rooms.errors import CoverUnusable
from tests.place import Place, opened
from tests.web.test_home import statements

ROOMS = "/api/v1/rooms"
PARIS = "Europe/Paris"


@pytest.fixture
async def place(tmp_path, database_url: str):
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


async def plan(browser: httpx.AsyncClient, **said: Any) -> httpx.Response:
    return await browser.post(ROOMS, json={"title": "On swifts", **said})


async def test_a_plan_says_when_it_begins_by_its_own_clocks_and_what_it_is_about(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        made = await plan(browser, zone=PARIS, local_start="2027-07-01T20:30", tags=["#Birds", "open data"])
        card = (await browser.get(f"{ROOMS}/on-swifts")).json()

    assert made.status_code == 201
    assert {**made.json(), "about": []} == card
    said = {name: card[name] for name in ("starts_at", "zone", "local_start", "tags", "language")}
    assert said == {
        "starts_at": 1_814_466_600_000,
        "zone": PARIS,
        "local_start": "2027-07-01T20:30",
        "tags": ["birds", "open-data"],
        "language": "en",
    }


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"zone": PARIS, "local_start": "2027-03-28T02:30"}, "room.time_skipped"),
        ({"zone": PARIS, "local_start": "2027-10-31T02:30"}, "room.time_twice"),
        ({"zone": "Europe/Atlantis", "local_start": "2027-07-01T20:30"}, "room.zone"),
        ({"zone": PARIS, "local_start": "soon"}, "room.start_unreadable"),
        ({"local_start": "2027-07-01T20:30"}, "room.start_unreadable"),
        ({"starts_at": 0, "zone": PARIS, "local_start": "2027-07-01T20:30"}, "room.start_unreadable"),
        ({"zone": PARIS, "local_start": "2029-07-01T20:30"}, "room.start"),
        ({"starts_at": 2**70}, "room.start"),
        ({"starts_at": -(2**70)}, "room.start"),
        ({"tags": ["a", "b", "c", "d", "e", "f"]}, "room.tags"),
        ({"tags": ["a\r\nb:c"]}, "room.tags"),
    ],
)
async def test_what_cannot_be_meant_is_refused_and_nothing_is_written(place: Place, said: dict[str, Any], code: str):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        answer = await plan(browser, **said)
        there = await browser.get(f"{ROOMS}/on-swifts")

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert there.status_code == 404


async def test_a_refused_hour_names_the_next_there_is(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        answer = await plan(browser, zone=PARIS, local_start="2027-03-28T02:30")

    assert answer.json()["text"] == (
        "Clocks are put forward over 2027-03-28, 02:30: there is no such time. The next is 2027-03-28, 03:00."
    )


async def test_the_home_page_tells_tags_without_asking_for_each_room(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    counted = []
    async with place.browser(cookie) as browser:
        for rooms in (1, 3):
            while len((await browser.get("/api/v1/home")).json()["soon"]) < rooms:
                await plan(browser, zone=PARIS, local_start="2027-07-01T20:30", tags=["birds", "rivers"])
            with statements(place.causerie.database) as told:
                cards = (await browser.get("/api/v1/home")).json()["soon"]
            counted.append(len(told))
            assert [card["tags"] for card in cards] == [["birds", "rivers"]] * rooms

    assert counted[0] == counted[1]


# ---- the picture ----


def drawing(kind: str = "PNG", size: tuple[int, int] = (600, 400), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#7A3").save(out, kind, **more)
    return out.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("#FF0000", "#0000FF")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


async def cover(browser: httpx.AsyncClient, given: bytes | None) -> httpx.Response:
    picture = None if given is None else "data:image/png;base64," + base64.b64encode(given).decode()
    return await browser.put(f"{ROOMS}/on-swifts/cover", json={"picture": picture})


async def test_a_cover_is_shown_and_the_one_before_is_gone(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    shown = []
    async with place.browser(cookie) as browser:
        await plan(browser)
        for given in (drawing(), drawing("WEBP", (3000, 1500)), None):
            told = (await cover(browser, given)).json()["cover"]
            assert (await browser.get(f"{ROOMS}/on-swifts")).json()["cover"] == told
            shown.append(told)
        first, second, none = [(await browser.get(one)).status_code if one else None for one in shown]

    assert (first, second, none) == (404, 404, None)
    assert place.causerie.house.copying.storage.keys("covers") == []


async def test_a_cover_is_drawn_anew_without_where_it_was_taken(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera of Ada's"
    async with place.browser(cookie) as browser, place.browser() as everybody:
        await plan(browser)
        address = (await cover(browser, drawing("JPEG", (3200, 1600), exif=exif))).json()["cover"]
        answer = await everybody.get(address)

    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert b"camera" not in answer.content
    with Image.open(io.BytesIO(answer.content)) as seen:
        assert (seen.format, seen.size, len(seen.getexif())) == ("JPEG", (800, 1600), 0)


def claiming(pixels: int) -> bytes:
    """A picture that says it is so many pixels wide and high."""
    good = bytearray(drawing(size=(8, 8)))
    good[16:24] = pixels.to_bytes(4, "big") * 2
    return bytes(good)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", id="svg"),
        pytest.param(drawing(size=(10_000, 10)), id="ten thousand pixels"),
        pytest.param(claiming(10_000), id="ten thousand square"),
        pytest.param(claiming(1_000_000), id="bomb"),
        pytest.param(moving("WEBP"), id="moving"),
        pytest.param(moving("PNG"), id="moving png"),
        pytest.param(moving("GIF"), id="gif"),
        pytest.param(drawing()[:80], id="broken off"),
        pytest.param(drawing() + bytes(12 * 1024 * 1024), id="large"),
    ],
)
def test_what_is_no_cover(given: bytes):
    with pytest.raises(CoverUnusable):
        drawn(given)


async def test_fifty_megabytes_are_not_even_read(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        await plan(browser)
        told = [await cover(browser, bytes(50 * 1024 * 1024)), await cover(browser, b"<svg/>")]
        card = (await browser.get(f"{ROOMS}/on-swifts")).json()

    assert [(one.status_code, one.json()["code"]) for one in told] == [(413, "body.too_large"), (422, "room.cover")]
    assert card["cover"] is None
    assert place.causerie.house.copying.storage.keys("covers") == []


@pytest.mark.parametrize("path", ["cover", "tags"])
async def test_only_who_plans_a_room_changes_its_plan(place: Place, path: str):
    _, hers = await place.person("Ada", may_open_rooms=True)
    _, his = await place.person("Ben", may_open_rooms=True)
    said = {"cover": {"picture": base64.b64encode(drawing()).decode()}, "tags": {"tags": ["rats"]}}[path]
    async with place.browser(hers) as browser, place.browser(his) as other, place.browser() as nobody:
        await plan(browser)
        await plan(browser, title="Draft", draft=True)
        told = [await one.put(f"{ROOMS}/on-swifts/{path}", json=said) for one in (other, nobody)]
        unseen = await other.put(f"{ROOMS}/draft/{path}", json=said)
        card = (await browser.get(f"{ROOMS}/on-swifts")).json()

    assert [one.json()["code"] for one in (*told, unseen)] == ["room.may_not", "room.may_not", "room.unknown"]
    assert (card["cover"], card["tags"]) == (None, [])
    assert place.causerie.house.copying.storage.keys("covers") == []


async def test_who_has_the_room_open_sees_new_tags_and_the_new_picture(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        await plan(browser, zone=PARIS, local_start="2027-07-01T20:30")
        page = place.page(cookie)
        await page.enter("on-swifts")
        await browser.put(f"{ROOMS}/on-swifts/tags", json={"tags": ["Birds"]})
        address = (await cover(browser, drawing())).json()["cover"]
        await page.hears(lambda frame: address in str(frame))
        other = place.page(place.visitor())
        room = (await other.enter("on-swifts"))["room"]

    assert (room["tags"], room["cover"], room["zone"]) == (["birds"], address, PARIS)
    assert page.events("room") == ["room.planned", "room.planned"]


# ---- the next one like this ----


async def test_the_next_one_like_this_is_at_the_same_hour_over_a_change_of_clocks(place: Place):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    said = {"description": "Bring what you saw.", "language": "fr", "tags": ["birds"], "agenda": ["Nests"]}
    more = {"length": 60, "guests_ask": "no", "recording": "condition", "visibility": "unlisted"}
    async with place.browser(cookie) as browser:
        first = (await plan(browser, zone=PARIS, local_start="2027-03-24T20:30", **said, **more)).json()["room"]
        await browser.put(f"{ROOMS}/{first}/cover", json={"picture": base64.b64encode(drawing()).decode()})
        found = (await browser.get(f"{ROOMS}/{first}/plan")).json()
        again = {name: found[name] for name in ("title", "zone", *said, *more)}
        second = await plan(browser, **again, local_start=found["next_start"], like=first)
        both = [(await browser.get(f"{ROOMS}/{one}/plan")).json() for one in (first, second.json()["room"])]
        covers = [(await browser.get(one["cover"])).content for one in both]
        await browser.put(f"{ROOMS}/{first}/cover", json={"picture": None})
        kept = await browser.get(both[1]["cover"])

    assert found["next_start"] == both[1]["local_start"] == "2027-03-31T20:30"
    moved = {"starts_at", "local_start", "next_start", "cover"}
    assert [{k: v for k, v in one.items() if k not in moved} for one in both[1:]] == [
        {k: v for k, v in both[0].items() if k not in moved}
    ]
    assert both[1]["starts_at"] - both[0]["starts_at"] == 7 * 24 * 3_600_000 - 3_600_000
    assert covers[0] == covers[1]
    assert kept.status_code == 200


async def test_a_plan_is_read_by_who_plans_it_alone(place: Place):
    _, hers = await place.person("Ada", may_open_rooms=True)
    _, his = await place.person("Ben", may_open_rooms=True)
    async with place.browser(hers) as browser, place.browser(his) as other:
        await plan(browser, agenda=["A surprise"])
        told = await other.get(f"{ROOMS}/on-swifts/plan")
        like = await plan(other, title="Mine", like="on-swifts")

    assert [one.json()["code"] for one in (told, like)] == ["room.may_not", "room.may_not"]


async def test_a_room_begins_at_the_hour_its_host_meant_when_clocks_turn_out_otherwise(
    place: Place, monkeypatch: pytest.MonkeyPatch
):
    _, cookie = await place.person("Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        await plan(browser, zone=PARIS, local_start="2027-07-01T20:30")
        await plan(browser, title="Not by clocks", starts_at=1_814_466_600_000)
        # France stays on winter time for good.
        monkeypatch.setattr(zones, "ZoneInfo", lambda _zone: ZoneInfo("Africa/Lagos"))

        await place.causerie.rooms._keep_to_clocks()
        cards = [(await browser.get(f"{ROOMS}/{name}")).json() for name in ("on-swifts", "not-by-clocks")]

    assert [card["starts_at"] for card in cards] == [1_814_466_600_000 + 3_600_000, 1_814_466_600_000]
    assert cards[0]["local_start"] == "2027-07-01T20:30"
