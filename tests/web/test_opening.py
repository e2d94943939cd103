"""Who may open rooms is this place's choice, and is asked again when a room goes live."""

import pytest

from tests.place import opened
from tests.web.test_proofs import Domains, asked

ROOMS = "/api/v1/rooms"
WHO = ("admin", "let", "proved", "account", "guest")


@pytest.mark.parametrize(
    ("rule", "may"),
    [
        ("verified", ["admin", "let", "proved"]),
        ("members", ["admin", "let", "proved", "account"]),
        ("everybody", ["admin", "let", "proved", "account", "guest"]),
    ],
)
async def test_who_may_open_rooms(tmp_path, database_url: str, rule: str, may: list[str]):
    async with opened(tmp_path / "data", url=database_url, instance={"who_may_open_rooms": rule}) as place:
        domains, told, opens = Domains().of(place), [], []
        for who in WHO:
            more = {"admin": who == "admin", "may_open_rooms": who == "let", "guest": who == "guest"}
            _, cookie = await place.person(who.title(), **more)
            async with place.browser(cookie) as browser:
                if who == "proved":
                    await proves(browser, domains)
                if (await browser.get("/api/v1/me")).json()["person"]["may_open_rooms"]:
                    told.append(who)
                if (await browser.post(ROOMS, json={"title": who})).status_code == 201:
                    opens.append(who)

    assert (told, opens) == (may, may)


async def test_a_room_goes_live_only_while_its_host_may_open_rooms(place):
    domains = Domains().of(place)
    _, cookie = await place.person("Ada")
    async with place.browser(cookie) as browser:
        id = await proves(browser, domains)
        name = (await browser.post(ROOMS, json={"title": "Sparrows"})).json()["room"]
        page = place.page(cookie)
        await page.enter(name)
        await browser.delete(f"/api/v1/me/proofs/{id}")
        without = await page.does("room.start")
        await proves(browser, domains)
        again = await page.does("room.start")

    assert (without["code"], again["type"]) == ("room.host_not_allowed", "ack")


async def test_who_runs_the_place_starts_it_for_its_host_all_the_same(place):
    host, cookie = await place.person("Ada", may_open_rooms=True)
    _, admins = await place.person("Root", admin=True)
    room = await place.room(host)
    async with place.browser(admins) as browser:
        await browser.put(f"/api/v1/people/{host.id}/may-open-rooms", json={"may": False})
    pages = [place.page(cookie), place.page(admins)]
    for page in pages:
        await page.enter(room.name)

    told = [(await page.does("room.start"))["type"] for page in pages]

    assert told == ["refused", "ack"]


async def test_a_guest_leads_the_room_they_opened_where_everybody_may(tmp_path, database_url: str):
    async with opened(tmp_path / "data", url=database_url, instance={"who_may_open_rooms": "everybody"}) as place:
        _, cookie = await place.person("Gus", guest=True)
        async with place.browser(cookie) as browser:
            name = (await browser.post(ROOMS, json={"title": "Sparrows"})).json()["room"]
        page = place.page(cookie)
        await page.enter(name)
        told = await page.does("room.start")

        assert (told["type"], place.state(name).room.phase) == ("ack", "live")


async def proves(browser, domains: Domains) -> str:
    """A domain is theirs, by a record; gives the proof."""
    proof = await asked(browser)
    domains.records[proof["where"]["record"]] = [proof["where"]["says"]]
    await browser.post(f"/api/v1/me/proofs/{proof['id']}/look", json={})
    return str(proof["id"])
