"""People are asked to take part in a room that is planned: by handle, by e-mail, by a link that is handed over."""

from typing import Any

import httpx
import pytest

from causerie.rooms.asked_along import answer, asked_by
from causerie.rooms.errors import AskedAnother
from tests.letters import text_of, with_mail
from tests.place import Place, opened
from tests.web.test_home import statements
from tests.web.test_plans import PARIS, ROOMS, plan

ASKED = f"{ROOMS}/on-swifts/asked"
WITH = f"{ROOMS}/on-swifts/with"


@pytest.fixture
async def place(tmp_path, database_url: str):
    async with opened(tmp_path / "data", url=database_url) as running:
        yield running


async def called(place: Place, name: str, **more: Any) -> str:
    """Somebody with a handle; gives their cookie."""
    _, cookie = await place.person(name, **more)
    async with place.browser(cookie) as browser:
        await browser.put("/api/v1/me/profile", json={"name": name, "handle": name.lower()})
    return cookie


async def planned(place: Place) -> str:
    cookie = await called(place, "Ada", may_open_rooms=True)
    async with place.browser(cookie) as browser:
        await plan(browser, zone=PARIS, local_start="2027-07-01T20:30")
    return cookie


async def ask(browser: httpx.AsyncClient, to: str, **said: Any) -> httpx.Response:
    return await browser.post(ASKED, json={"to": to, **said})


async def inbox(browser: httpx.AsyncClient) -> list[str]:
    return [one["kind"] for one in (await browser.get("/api/v1/inbox")).json()["notices"]]


async def test_who_says_yes_to_speaking_is_invited_when_the_room_begins(place: Place):
    hers, his = await planned(place), await called(place, "Bens")
    async with place.browser(hers) as ada, place.browser(his) as ben:
        asked = (await ask(ada, "@bens")).json()
        await place.causerie.house.notices.sweep()
        told, before = await inbox(ben), (await ben.get(WITH)).json()
        await ben.put(f"{WITH}/me", json={"yes": True})
        after, every = (await ben.get(WITH)).json(), (await ada.get(ASKED)).json()
    page, his_page = place.page(hers), place.page(his)
    await page.enter("on-swifts")
    await his_page.enter("on-swifts")
    await page.does("room.start")

    assert "url" not in asked
    assert (told, before) == (["room.asked"], {"people": [], "mine": {"role": "speaker", "answer": "open"}})
    assert after["people"] == [{"name": "Bens", "role": "speaker", "portrait": None}]
    assert [(one["name"], one["answer"]) for one in every] == [("Bens", "accepted")]
    assert list(place.state("on-swifts").stage.invitations) == [await person_of(place, his)]


async def test_who_says_yes_to_leading_along_is_co_host_and_lays_it_down_again(place: Place):
    hers, his = await planned(place), await called(place, "Bens")
    async with place.browser(hers) as ada, place.browser(his) as ben:
        await ask(ada, "@bens", role="cohost", shown=False)
        before = await ben.put(f"{ROOMS}/on-swifts/tags", json={"tags": ["rats"]})
        await ben.put(f"{WITH}/me", json={"yes": True})
        may = await ben.put(f"{ROOMS}/on-swifts/tags", json={"tags": ["swifts"]})
        shown = (await ben.get(WITH)).json()
        await ben.put(f"{WITH}/me", json={"yes": False})
        after = await ben.put(f"{ROOMS}/on-swifts/tags", json={"tags": ["rats"]})
        every = (await ada.get(ASKED)).json()

    assert [one.status_code for one in (before, may, after)] == [403, 204, 403]
    assert shown == {"people": [], "mine": {"role": "cohost", "answer": "accepted"}}
    assert [one["answer"] for one in every] == ["declined"]


async def test_a_link_is_for_who_says_yes_first(place: Place):
    hers = await planned(place)
    _, his = await place.person("Gus", guest=True)
    _, other = await place.person("Eve")
    async with place.browser(hers) as ada, place.browser(his) as gus, place.browser(other) as eve:
        asked = (await ask(ada, "Karim Tafrout")).json()
        token = asked["url"].rpartition("/")[2]
        page, looked = await gus.get(f"/w/{token}"), (await gus.get(f"/api/v1/asked/{token}")).json()
        first = await gus.post(f"/api/v1/asked/{token}", json={"yes": True})
        second = await eve.post(f"/api/v1/asked/{token}", json={"yes": True})
        shown = (await eve.get(WITH)).json()["people"]

    assert asked["code"].startswith("data:image/svg+xml")
    assert page.status_code == 200
    assert looked.pop("card")["room"] == "on-swifts"
    assert looked == {"room": "on-swifts", "name": "Karim Tafrout", "role": "speaker", "answer": "open"}
    assert (first.status_code, second.json()["code"]) == (204, "asked.another")
    assert shown == [{"name": "Gus", "role": "speaker", "portrait": None}]


async def test_of_two_who_say_yes_at_once_one_has_it(place: Place):
    hers = await planned(place)
    people = [(await place.person(name))[0] for name in ("Ben", "Cho")]
    async with place.browser(hers) as ada:
        token = (await ask(ada, "Ida")).json()["url"].rsplit("/", 1)[1]
    async with place.causerie.database.read() as connection:
        asked = await asked_by(connection, token)  # both have looked before either says yes
    assert asked is not None
    await place.causerie.database.write(lambda tx: answer(tx, asked, people[0].id, yes=True))
    with pytest.raises(AskedAnother):
        await place.causerie.database.write(lambda tx: answer(tx, asked, people[1].id, yes=True))
    async with place.browser(hers) as ada:
        (one,) = (await ada.get(ASKED)).json()

    assert (one["name"], one["answer"]) == ("Ben", "accepted")


async def test_a_guest_leads_nothing(place: Place):
    hers = await planned(place)
    _, his = await place.person("Gus", guest=True)
    async with place.browser(hers) as ada, place.browser(his) as gus:
        token = (await ask(ada, "Karim", role="cohost")).json()["url"].rpartition("/")[2]
        told = await gus.post(f"/api/v1/asked/{token}", json={"yes": True})

    assert told.json()["code"] == "role.account"


async def test_what_is_taken_back_is_gone_with_what_it_gave(place: Place):
    hers, his = await planned(place), await called(place, "Bens")
    async with place.browser(hers) as ada, place.browser(his) as ben:
        asked = (await ask(ada, "@bens")).json()
        await ben.put(f"{WITH}/me", json={"yes": True})
        gone = await ada.delete(f"{ASKED}/{asked['id']}")
        again = await ben.put(f"{WITH}/me", json={"yes": True})
        left = (await ben.get(WITH)).json()

    assert (gone.status_code, again.json()["code"], left) == (204, "asked.unknown", {"people": [], "mine": None})
    assert place.state("on-swifts").room.expected == {}


@pytest.mark.parametrize("kept", ["minor", "banned"])
async def test_some_hear_nothing_unasked_and_who_asks_is_not_told_why(place: Place, kept: str):
    hers, his = await planned(place), await called(place, "Bens", minor=kept == "minor")
    if kept == "banned":
        page, his_page = place.page(hers), place.page(his)
        await page.enter("on-swifts")
        await his_page.enter("on-swifts")
        await page.does("room.ban", person=(await person_of(place, his)), reason="", network=False)
    async with place.browser(hers) as ada, place.browser(his) as ben:
        asked = await ask(ada, "@bens")
        await place.causerie.house.notices.sweep()
        told, mine = await inbox(ben), await ben.get(WITH)

    assert (asked.status_code, asked.json()["answer"]) == (201, "open")
    assert told == []
    assert mine.status_code == 404 or mine.json()["mine"] is None


async def person_of(place: Place, cookie: str) -> str:
    async with place.browser(cookie) as browser:
        return str((await browser.get("/api/v1/me")).json()["person"]["id"])


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("@nobody_here", "person.unknown"),
        ("", "name.length"),
        ("ben@example.org\r\nBcc: eve@example.org", "mail.address"),
        ("ben@", "mail.address"),
    ],
)
async def test_who_cannot_be_meant_is_refused_and_nobody_is_asked(place: Place, to: str, code: str):
    hers = await planned(place)
    async with place.browser(hers) as ada:
        told = await ask(ada, to)
        every = (await ada.get(ASKED)).json()

    assert (told.json()["code"], every) == (code, [])


async def test_only_hosts_ask_and_read_who_was_asked(place: Place):
    hers, his = await planned(place), await called(place, "Bens")
    async with place.browser(hers) as ada, place.browser(his) as ben:
        id = (await ask(ada, "Karim")).json()["id"]
        told = [await ask(ben, "@ada"), await ben.get(ASKED), await ben.delete(f"{ASKED}/{id}")]

    assert [one.json()["code"] for one in told] == ["room.may_not"] * 3


async def test_who_takes_part_is_read_at_the_same_cost_for_one_and_for_three(place: Place):
    hers = await planned(place)
    counted = []
    async with place.browser(hers) as ada, place.browser() as everybody:
        for names in (["bens"], ["chos", "dees"]):
            for name in names:
                cookie = await called(place, name.title())
                await ask(ada, f"@{name}")
                async with place.browser(cookie) as browser:
                    await browser.put(f"{WITH}/me", json={"yes": True})
            with statements(place.causerie.database) as told:
                people = (await everybody.get(WITH)).json()["people"]
            counted.append((len(people), len(told)))

    assert [n for n, _ in counted] == [1, 3]
    assert counted[0][1] == counted[1][1]


async def test_a_letter_asks_and_its_title_adds_no_header(tmp_path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box):
        hers = await called(place, "Ada", may_open_rooms=True)
        async with place.browser(hers) as ada:
            title = "On swifts\r\nBcc: eve@example.org"
            name = (await plan(ada, title=title)).json()["room"]
            told = await ada.post(f"{ROOMS}/{name}/asked", json={"to": "Ben@Example.org"})
            await place.causerie.notices.deliver()

    (letter,) = box.letters
    assert (told.json()["mailed"], letter["To"], letter["Bcc"]) == ("now", "ben@example.org", None)
    assert letter["Subject"] == "Ada asks you to take part: On swifts Bcc: eve@example.org"
    assert told.json()["url"] in letter.get_body(("plain",)).get_content()


async def test_of_a_draft_nobody_hears_before_it_is_announced(tmp_path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box):
        hers, his = await called(place, "Ada", may_open_rooms=True), await called(place, "Bens")
        async with place.browser(hers) as ada, place.browser(his) as ben:
            await plan(ada, draft=True, zone=PARIS, local_start="2027-07-01T20:30")
            told = [(await ask(ada, to)).json() for to in ("cho@example.org", "@bens")]
            await place.causerie.notices.sweep()
            await place.causerie.notices.deliver()
            before, letters = await inbox(ben), list(box.letters)
            page = place.page(hers)
            await page.enter("on-swifts")
            await page.does("room.announce")
            await place.causerie.notices.sweep()
            await place.causerie.notices.deliver()
            after = await inbox(ben)

    assert ([one["mailed"] for one in told], letters) == (["later", "no"], [])
    assert (before, after) == ([], ["room.asked"])
    (letter,) = box.letters
    assert told[0]["url"] in text_of(letter)


async def test_without_a_mail_server_the_link_of_a_draft_is_handed_over(place: Place):
    hers = await called(place, "Ada", may_open_rooms=True)
    async with place.browser(hers) as ada, place.browser() as cho:
        await plan(ada, draft=True, zone=PARIS, local_start="2027-07-01T20:30")
        told = (await ask(ada, "cho@example.org")).json()
        path = "/api/v1/asked/" + told["url"].rsplit("/", 1)[1]
        before = (await cho.get(path)).json()
        page = place.page(hers)
        await page.enter("on-swifts")
        await page.does("room.announce")
        after = (await cho.get(path)).json()

    assert (told["mailed"], before["code"], after["name"]) == ("by_hand", "asked.unknown", "cho")
