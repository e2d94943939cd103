"""What people say of themselves: a handle of their own for good, words that are words, a picture that is one."""

import base64
import io

import pytest
from PIL import Image

from causerie.accounts.errors import HandleForm, PictureRefused
from causerie.accounts.handles import plain_handle
from causerie.accounts.pictures import drawn
from causerie.clock import DAY
from tests.place import Place

API = "/api/v1"


async def wrote(browser, **said):
    return await browser.put(f"{API}/me/profile", json={"name": "Ada", **said})


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 400), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#7A3").save(out, kind, **more)
    return out.getvalue()


async def test_everybody_sees_what_somebody_says_of_themselves(place: Place):
    ada, cookie = await place.person("Ada")
    said = {"handle": "ada_b", "bio": " Hydrologist.\nI ask.\x00 ", "languages": ["fr", "en"]}
    said["links"] = ["https://example.org/a"]
    async with place.browser(cookie) as browser, place.browser() as anybody:
        written = await wrote(browser, **said)
        shown = (await anybody.get(f"{API}/profiles/ada_b")).json()
        page = await anybody.get("/@ada_b")
        nobody = [await anybody.get(f"{API}/profiles/eve"), await anybody.get("/@eve")]

    assert written.status_code == 204
    assert shown == {
        "id": ada.id,
        "name": "Ada",
        "handle": "ada_b",
        "portrait": None,
        "bio": "Hydrologist.\nI ask.",
        "links": ["https://example.org/a"],
        "languages": ["fr", "en"],
        "proofs": [],
        "checks": [],
        "rooms": [],
        "held": 0,
        "answers": 0,
        "followers": 0,
        "followed": False,
    }
    assert (page.status_code, "<title>Ada · causerie</title>" in page.text) == (200, True)
    assert [answer.status_code for answer in nobody] == [404, 404]


async def test_a_page_tells_what_somebody_hosts_as_far_as_one_may_know_of_it_and_who_follows_them(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    _, bens = await place.person("Ben")
    later = place.clock.now() + DAY
    plans = [
        {"title": "Whenever"},
        {"title": "Later", "starts_at": later + 1},
        {"title": "Sooner", "starts_at": later},
        {"title": "Draft", "draft": True},
        {"title": "Unlisted", "visibility": "unlisted"},
        {"title": "Circle", "group": "circle"},
        {"title": "Cancelled", "starts_at": later},
    ]
    async with place.browser(cookie) as hers, place.browser(bens) as browser, place.browser() as anybody:
        await wrote(hers, handle="ada")
        await hers.post(f"{API}/groups", json={"handle": "circle", "name": "Circle", "private": True})
        names = [(await hers.post(f"{API}/rooms", json=plan)).json()["room"] for plan in plans]
        page = place.page(cookie)
        for name, does in ((names[-1], "room.cancel"), (names[0], "room.start")):
            await page.enter(name)
            assert (await page.does(does))["type"] == "ack"
        before = (await browser.get(f"{API}/profiles/ada")).json()
        await browser.put(f"{API}/following/{ada.id}", json={})
        after = (await browser.get(f"{API}/profiles/ada")).json()
        others = (await anybody.get(f"{API}/profiles/ada")).json()

    assert [room["title"] for room in before["rooms"]] == ["Whenever", "Sooner", "Later"]
    assert [(one["followers"], one["followed"]) for one in (before, after, others)] == [
        (0, False),
        (1, True),
        (1, False),
    ]


async def test_a_handle_of_before_leads_to_its_person_and_to_nobody_else(place: Place):
    _, ada = await place.person("Ada")
    _, eve = await place.person("Eve")
    async with place.browser(ada) as hers, place.browser(eve) as browser:
        await wrote(hers, handle="ada")
        await wrote(hers, handle="aurelie")
        by_the_old_one = (await browser.get(f"{API}/profiles/ada")).json()["handle"]
        taken = [await browser.put(f"{API}/me/profile", json={"name": "Eve", "handle": h}) for h in ("ada", "aurelie")]
        back = await wrote(hers, handle="ada")

    assert (by_the_old_one, [a.json()["code"] for a in taken]) == ("aurelie", ["handle.taken"] * 2)
    assert back.status_code == 204


async def test_nobody_keeps_more_than_five_back(place: Place):
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        taken = [(await wrote(browser, handle=f"ada{n}")).status_code for n in range(6)]
        earlier = (await wrote(browser, handle="ada0")).status_code

    assert (taken, earlier) == ([204] * 5 + [409], 204)


@pytest.mark.parametrize(
    "said", ["", "ab", "a" * 31, "1ada", "_ada", "Ada", "a-da", "аda", "ada\u200b", "a da", "ada.b", "\u212aim"]
)
def test_what_looks_like_something_else_is_no_handle(said: str):
    with pytest.raises(HandleForm):
        plain_handle(said)


async def test_some_handles_are_kept_back(place: Place):
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        codes = {(await wrote(browser, handle=name)).json()["code"] for name in ("admin", "support", "causerie")}

    assert codes == {"handle.taken"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"bio": "x" * 501}, "profile.length"),
        ({"links": ["https://example.org"] * 6}, "profile.length"),
        ({"languages": ["xxxx"]}, "profile.length"),
        ({"links": ["javascript:alert(1)"]}, "profile.link"),
        ({"links": ["https://"]}, "profile.link"),
        ({"links": ["https://user@example.org"]}, "profile.link"),
        ({"links": ["https://example.org/\u202egpj"]}, "profile.link"),
        ({"links": ["data:text/html,x"]}, "profile.link"),
        ({"name": ""}, "name.length"),
        ({"name": "Ben"}, "name.taken"),
    ],
)
async def test_what_is_refused_changes_nothing(place: Place, said: dict, code: str):
    _, cookie = await place.person("Ada")
    await place.person("Ben")
    async with place.browser(cookie) as browser:
        await wrote(browser, handle="ada", bio="Before.")
        refused = await wrote(browser, **{"handle": "after", "bio": "After.", **said})
        stands = (await browser.get(f"{API}/me/profile")).json()

    assert (refused.status_code in (409, 422), refused.json()["code"]) == (True, code)
    assert (stands["name"], stands["handle"], stands["bio"]) == ("Ada", "ada", "Before.")


# ---- the picture ----


async def test_a_picture_is_shown_and_the_one_before_is_gone(place: Place):
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        shown = []
        for given in (picture(), picture("WEBP")):
            said = {"picture": "data:image/png;base64," + base64.b64encode(given).decode()}
            shown.append((await browser.put(f"{API}/me/picture", json=said)).json()["portrait"])
        files = [await browser.get(address) for address in shown]
        hidden = await browser.delete(f"{API}/me/picture")
        afterwards = await browser.get(shown[1])

    assert [answer.status_code for answer in files] == [404, 200]
    assert files[1].headers["content-type"] == "image/jpeg"
    assert files[1].headers["x-content-type-options"] == "nosniff"
    assert (hidden.status_code, afterwards.status_code) == (204, 404)


async def test_a_minor_shows_none_and_nothing_of_it_is_kept(place: Place):
    _, cookie = await place.person("Ada", minor=True)
    async with place.browser(cookie) as browser:
        said = {"picture": base64.b64encode(picture()).decode()}
        refused = await browser.put(f"{API}/me/picture", json=said)

    assert (refused.status_code, refused.json()["code"]) == (403, "picture.minor")
    assert place.causerie.house.copying.storage.keys("portraits") == []


def test_a_picture_is_drawn_anew_upright_without_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0)}
    exif[0x010F] = "A camera of Ada's"

    found = drawn(picture("JPEG", exif=exif))

    with Image.open(io.BytesIO(found)) as shown:
        assert (shown.format, shown.size, len(shown.getexif())) == ("JPEG", (512, 512), 0)
    assert b"camera" not in found


def bomb() -> bytes:
    """A picture that says it is a million megapixels large."""
    good = bytearray(picture(size=(8, 8)))
    good[16:24] = (1_000_000).to_bytes(4, "big") * 2
    return bytes(good)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", id="svg"),
        pytest.param(b"GIF89a" + bytes(100), id="gif"),
        pytest.param(picture()[:80], id="broken off"),
        pytest.param(bomb(), id="bomb"),
        pytest.param(picture() + bytes(8 * 1024 * 1024), id="large"),
    ],
)
def test_what_is_no_picture(given: bytes):
    with pytest.raises(PictureRefused):
        drawn(given)


def test_of_what_moves_the_first_picture_is_shown():
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("#FF0000", "#0000FF")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:] * 50, lossless=True)

    with Image.open(io.BytesIO(drawn(out.getvalue()))) as shown:
        red, _, blue = shown.getpixel((256, 256))

    assert (red > 200, blue < 50) == (True, True)
