"""Inbox, wishes, devices, following and reminders over HTTP; where the links in letters lead; calendars."""

from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import select

from causerie.accounts import actions as accounts
from causerie.accounts.models import sessions
from causerie.clock import DAY, MINUTE
from causerie.mail import Letter
from causerie.notices.interest import reminded
from causerie.notices.models import devices
from causerie.rooms.queries import room_by_name
from tests.live.conftest import Evening, evening_in
from tests.place import HOST, Place, opened
from tests.push.service import browser
from tests.web.test_home import statements

MAIL = {"host": "127.0.0.1", "port": 1, "security": "none"}
PUBLIC = "https://93.184.215.14/send/ben"


@pytest.fixture
async def place(tmp_path: Path, database_url: str):
    async with opened(tmp_path / "data", url=database_url, mail=MAIL, web={"public_url": f"http://{HOST}"}) as running:
        yield running


@pytest.fixture
async def evening(place: Place) -> Evening:
    return await evening_in(place)


def device(endpoint: str = PUBLIC) -> dict[str, object]:
    _, receiver = browser()
    return {"endpoint": endpoint, "keys": {"p256dh": receiver.p256dh, "auth": receiver.auth}}


async def test_following_and_being_reminded_end_in_the_inbox(evening: Evening):
    place, ada = evening.place, evening.people["Ada"]
    await place.room(ada, "Swifts", starts_at=place.clock.now() + DAY - MINUTE)
    async with place.browser(evening.ben.cookie) as ben, place.browser(evening.cho.cookie) as cho:
        await ben.put("/api/v1/rooms/swifts/interest", json={})
        await ben.put("/api/v1/rooms/swifts/interest", json={"times": ["starts", "day"]})
        await ben.put(f"/api/v1/following/{ada.id}", json={})
        shown = [(await one.get("/api/v1/rooms/swifts/interest")).json() for one in (ben, cho)]
        await place.causerie.notices.sweep()

        read = (await ben.get("/api/v1/inbox", params={"language": "fr"})).json()
        await ben.post("/api/v1/inbox/read-all", json={"up_to": read["notices"][0]["id"]})
        left = [(await one.get("/api/v1/inbox/unread")).json() for one in (ben, cho)]

    host = {"id": ada.id, "name": "Ada", "followers": 1}
    usual = {"usual": ["day", "soon", "starts"], "by_mail": True}
    assert shown == [
        usual | {"count": 1, "times": ["day", "starts"], "host": host | {"followed": True}},
        usual | {"count": 1, "times": None, "host": host | {"followed": False}},
    ]
    # The evening itself is live, and Ben has just begun to follow her.
    assert [(line["title"], line["path"], line["read"]) for line in read["notices"]] == [
        ("En direct\u202f: Sparrows", "/r/sparrows", False),
        ("Demain\u202f: Swifts", "/r/swifts", False),
    ]
    assert (read["unread"], left) == (2, [{"unread": 0}, {"unread": 0}])


async def test_an_inbox_costs_the_same_with_one_line_and_with_three(evening: Evening):
    place, ada = evening.place, evening.people["Ada"]
    counted = []
    async with place.browser(evening.ben.cookie) as ben:
        for n, titles in enumerate((["Swifts"], ["Storks", "Owls"])):
            for title in titles:
                await place.room(ada, title, starts_at=place.clock.now() + DAY - MINUTE)
                await ben.put(f"/api/v1/rooms/{title.lower()}/interest", json={})
            await place.causerie.notices.sweep()
            with statements(place.causerie.database) as told:
                lines = (await ben.get("/api/v1/inbox")).json()["notices"]
            counted.append((len(lines), len(told)))
            assert n == len(counted) - 1

    assert counted == [(1, counted[0][1]), (3, counted[0][1])]


async def test_who_has_no_name_is_told_nothing_and_banned_people_find_no_room(evening: Evening):
    async with evening.place.browser(evening.place.visitor()) as visitor:
        answers = [
            await visitor.get("/api/v1/inbox"),
            await visitor.put("/api/v1/rooms/sparrows/interest", json={}),
            await visitor.put(f"/api/v1/following/{evening.id('Ada')}", json={}),
            await visitor.get("/api/v1/inbox/unread"),
            await visitor.get("/api/v1/rooms/nothing/interest"),
            await visitor.get("/api/v1/admin/outbox"),
        ]

    assert [answer.status_code for answer in answers] == [403, 403, 403, 200, 404, 403]


async def test_what_cannot_be_followed(evening: Evening):
    async with evening.place.browser(evening.ben.cookie) as ben:
        answers = [
            (await ben.put(f"/api/v1/following/{id}", json={})).json()["code"] for id in (evening.id("Ben"), "nobody")
        ]
        following = (await ben.get("/api/v1/following")).json()

    assert (answers, following) == (["follow.oneself", "person.unknown"], [])


async def test_wishes_are_kept_as_they_were_said(evening: Evening):
    wished = {"zone": "Asia/Kolkata", "quiet": True, "quiet_from": 1320, "quiet_until": 420}
    off = [["live", "mail"], ["copies", "push"]]
    async with evening.place.browser(evening.ben.cookie) as ben:
        before = (await ben.get("/api/v1/wishes")).json()
        done = await ben.put("/api/v1/wishes", json={**wished, "off": off[::-1]})
        wrong = await ben.put("/api/v1/wishes", json={**wished, "zone": "Mars/Olympus"})
        after = (await ben.get("/api/v1/wishes")).json()

    assert (done.status_code, wrong.json()["code"]) == (204, "zone.unknown")
    key = before.pop("push_key")
    usual = {"zone": "UTC", "quiet": False, "quiet_from": 1320, "quiet_until": 420, "off": []}
    assert before == {**usual, "mail": {"address": None}}
    assert after == {**wished, "off": off, "push_key": key, "mail": {"address": None}}


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1/x",
        "https://169.254.169.254/",
        "http://93.184.215.14/",
        "https://10.0.0.1:443/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://localhost/",
        "https://push.example.org@127.0.0.1/",
        "https://93.184.215.14:8443/",
        "https://93.184.215.14/\r\nhost: inside",
    ],
)
async def test_a_push_endpoint_inside_is_refused_and_nothing_is_written(evening: Evening, endpoint: str):
    async with evening.place.browser(evening.ben.cookie) as ben:
        with statements(evening.place.causerie.database) as told:
            answer = await ben.post("/api/v1/devices", json=device(endpoint))

    assert (answer.status_code, answer.json()["code"]) == (422, "push.address")
    assert [statement for statement in told if statement.startswith(("INSERT", "UPDATE", "DELETE"))] == []


async def test_ten_browsers_and_no_more(evening: Evening):
    async with evening.place.browser(evening.ben.cookie) as ben:
        answers = [await ben.post("/api/v1/devices", json=device(f"{PUBLIC}/{n}")) for n in range(11)]
        again = await ben.post("/api/v1/devices", json=device(f"{PUBLIC}/3"))
        await ben.post("/api/v1/devices/gone", json={"endpoint": f"{PUBLIC}/4"})
        now = await ben.post("/api/v1/devices", json=device(f"{PUBLIC}/10"))
        bad = await ben.post("/api/v1/devices", json={**device(), "keys": {"p256dh": "AAAA", "auth": "AAAA"}})

    assert [answer.status_code for answer in [*answers, again, now, bad]] == [204] * 10 + [429, 204, 204, 422]


async def test_a_browser_says_where_it_is_reached_now_and_switches_nothing_on(evening: Evening):
    place = evening.place

    async def kept() -> list[tuple[str, str]]:
        async with place.causerie.database.read() as connection:
            return sorted(tuple(row) for row in await connection.execute(select(devices.c.person, devices.c.endpoint)))

    async with place.browser(evening.ben.cookie) as ben, place.browser(evening.cho.cookie) as cho:
        await ben.post("/api/v1/devices", json=device())
        said = [await ben.put("/api/v1/devices/here", json=device(f"{PUBLIC}/{n}")) for n in (1, 1, 2)]
        after = await kept()
        said.append(await cho.put("/api/v1/devices/here", json=device(f"{PUBLIC}/2")))
        said.append(await ben.put("/api/v1/devices/here", json=device("https://10.0.0.1/x")))
        said.append(await ben.put("/api/v1/devices/here", json=device(), headers={"origin": "https://example.org"}))
        async with place.browser(place.visitor()) as nobody:
            said.append(await nobody.put("/api/v1/devices/here", json=device()))
        still = await kept()

    assert [answer.status_code for answer in said] == [204] * 3 + [404, 422, 403, 403]
    assert [answer.json()["code"] for answer in said[3:5]] == ["push.unknown", "push.address"]
    assert after == still == [(evening.id("Ben"), f"{PUBLIC}/2")]


async def test_a_kind_of_letter_is_left_by_one_press_and_by_no_look(evening: Evening):
    place, links = evening.place, evening.place.causerie.notices.delivering.links
    leave = links.leave(evening.id("Ben"), "live").removeprefix(links.base)
    async with place.browser(evening.ben.cookie) as ben, place.browser() as anybody:
        looked = await anybody.get(leave)
        before = (await ben.get("/api/v1/wishes")).json()["off"]
        pressed = await anybody.post(leave, content="List-Unsubscribe=One-Click", headers={"origin": "null"})
        after = (await ben.get("/api/v1/wishes")).json()["off"]
        bad = [await anybody.post(link) for link in (f"{leave}x", f"/u/x{leave[3:]}", "/u/x", "/u/%ff.%ff")]

    assert [answer.status_code for answer in [looked, pressed, *bad]] == [200, 200, 404, 404, 404, 404]
    assert (before, after) == ([], [["live", "mail"]])


async def test_without_a_mail_server_nothing_of_mail_is_shown(tmp_path: Path):
    async with opened(tmp_path / "without") as place:
        ben, cookie = await place.person("Ben", may_open_rooms=True)
        await place.room(ben, "Swifts", starts_at=place.clock.now() + DAY)
        async with place.browser(cookie) as browser:
            wishes = (await browser.get("/api/v1/wishes")).json()
            interest = (await browser.get("/api/v1/rooms/swifts/interest")).json()
            asked = await browser.post("/api/v1/rooms/swifts/letters", json={"address": "zoe@example.org"})

    assert "mail" not in wishes
    assert (interest["by_mail"], asked.json()["code"]) == (False, "mail.none")


async def test_without_an_account_an_address_is_reminded_once_its_reader_presses(evening: Evening):
    place, ada = evening.place, evening.people["Ada"]
    await place.room(ada, "Swifts", starts_at=place.clock.now() + DAY)
    said = {"address": "Zoe@Example.org", "language": "fr", "zone": "Europe/Paris", "times": ["hour"]}
    posted: list[Letter] = []
    place.causerie.house.mail.post = posted.append  # type: ignore[method-assign]  # read here, and sent nowhere
    async with place.browser() as zoe:
        answer = await zoe.post("/api/v1/rooms/swifts/letters", json=said)
        path = posted[0].link.removeprefix(place.causerie.notices.delivering.links.base)
        seen = [(await zoe.get("/api/v1/rooms/swifts/interest")).json()["count"]]
        for press in (zoe.get, zoe.post, zoe.post):
            assert (await press(path)).status_code == 200
            seen.append((await zoe.get("/api/v1/rooms/swifts/interest")).json()["count"])
        bad = [await zoe.post(f"{path}x"), await zoe.post("/remind/x"), await zoe.get("/remind/%ff.%ff")]

    assert (answer.status_code, posted[0].to) == (202, "zoe@example.org")
    assert posted[0].subject == "Recevoir un rappel par courriel\u202f: Swifts"
    assert (seen, [answer.status_code for answer in bad]) == ([0, 0, 1, 1], [404, 404, 404])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"address": "zoe@example.org\r\nBcc: all@example.org"}, "mail.address"),
        ({"zone": "Mars/Olympus"}, "zone.unknown"),
        ({"times": ["never"]}, "body.invalid"),
    ],
)
async def test_an_address_that_is_none_is_refused(evening: Evening, changed: dict[str, object], code: str):
    place, ada = evening.place, evening.people["Ada"]
    await place.room(ada, "Swifts", starts_at=place.clock.now() + DAY)
    async with place.browser() as zoe:
        answer = await zoe.post("/api/v1/rooms/swifts/letters", json={"address": "zoe@example.org", **changed})

    assert answer.json()["code"] == code


async def test_letters_to_one_address_are_few(evening: Evening):
    place, ada = evening.place, evening.people["Ada"]
    await place.room(ada, "Swifts", starts_at=place.clock.now() + DAY)
    place.causerie.house.mail.post = lambda _letter: None  # type: ignore[method-assign]  # sent nowhere
    async with place.browser() as zoe:
        said = {"address": "zoe@example.org"}
        answers = [(await zoe.post("/api/v1/rooms/swifts/letters", json=said)).status_code for _ in range(4)]

    assert answers == [202, 202, 202, 429]


async def test_a_guest_who_comes_in_by_their_account_finds_their_reminders(evening: Evening):
    place, ada = evening.place, evening.people["Ada"]
    await place.room(ada, "Swifts", starts_at=place.clock.now() + DAY)
    dee, _ = await place.person("Dee")
    _, cookie = await place.person("Eve", guest=True)
    token, _ = await place.causerie.database.write(lambda tx: accounts.person_link(tx, dee.id))
    async with place.browser(cookie) as eve:
        await eve.put("/api/v1/rooms/swifts/interest", json={"times": ["hour"]})
        await eve.post("/api/v1/devices", json=device())
        await eve.post(f"/api/v1/sign-in/{token}", json={"token": token})

    async with place.causerie.database.read() as connection:
        room = await room_by_name(connection, "swifts")
        times = await reminded(connection, dee.id, room.id)
        signed_in = select(devices.c.person).join(sessions, sessions.c.hash == devices.c.session)
        told = (await connection.execute(signed_in)).scalars().all()
    assert (times, told) == (["hour"], [dee.id])


# ---- calendars ----


async def test_a_calendar_file_follows_the_plan(evening: Evening):
    place, ada = evening.place, evening.people["Ada"]
    await place.room(ada, "Swifts", starts_at=place.clock.now() + DAY)
    await evening.ada.enter("swifts")
    async with place.browser() as browser:
        before = Calendar.from_ical((await browser.get("/r/swifts/calendar.ics")).content)
        await evening.ada.does("room.move", starts_at=place.clock.now() + 2 * DAY)
        moved = Calendar.from_ical((await browser.get("/r/swifts/calendar.ics")).content)
        await evening.ada.does("room.cancel")
        gone = Calendar.from_ical((await browser.get("/r/swifts/calendar.ics")).content)
        none = [await browser.get(path) for path in ("/r/nothing/calendar.ics", "/h/nobody/calendar.ics")]

    entries = [one.walk("VEVENT")[0] for one in (before, moved, gone)]
    assert len({str(entry["uid"]) for entry in entries}) == 1
    assert [entry["sequence"] for entry in entries] == [0, 1, 2]
    begins = [entry.decoded("dtstart") for entry in entries]
    assert [later - begins[0] for later in begins] == [timedelta(0), timedelta(days=1), timedelta(days=1)]
    assert [str(one["method"]) for one in (before, moved, gone)] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert [answer.status_code for answer in none] == [404, 404]


async def test_without_a_time_any_more_the_entry_goes_and_planned_anew_it_is_the_same(evening: Evening):
    place, ada = evening.place, evening.people["Ada"]
    await place.room(ada, "Swifts", starts_at=place.clock.now() + DAY)
    await place.room(ada, "Owls")
    await evening.ada.enter("swifts")
    async with place.browser() as browser:
        read, in_all = [], []
        for starts_at in (None, place.clock.now() + 2 * DAY):
            await evening.ada.does("room.move", starts_at=starts_at)
            read.append(Calendar.from_ical((await browser.get("/r/swifts/calendar.ics")).content))
            listed = Calendar.from_ical((await browser.get(f"/h/{ada.id}/calendar.ics")).content)
            in_all.append("Swifts" in [str(one["summary"]) for one in listed.walk("VEVENT")])
        never = await browser.get("/r/owls/calendar.ics")

    entries = [one.walk("VEVENT")[0] for one in read]
    assert [str(one["method"]) for one in read] == ["CANCEL", "PUBLISH"]
    assert len({str(entry["uid"]) for entry in entries}) == 1
    assert [entry["sequence"] for entry in entries] == [1, 2]
    assert (in_all, never.status_code) == ([False, True], 404)


async def test_the_calendar_of_a_host_has_their_public_rooms_and_no_drafts(evening: Evening):
    place, ada = evening.place, evening.people["Ada"]
    later = place.clock.now() + DAY
    for title, more in (("Swifts", {}), ("Owls", {"draft": True}), ("Storks", {"visibility": "unlisted"})):
        await place.room(ada, title, starts_at=later, **more)
    async with place.browser() as browser:
        answer = await browser.get(f"/h/{ada.id}/calendar.ics")

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content)
    assert sorted(str(one["summary"]) for one in found.walk("VEVENT")) == ["Sparrows", "Swifts"]
