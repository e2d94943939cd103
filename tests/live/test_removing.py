"""Who is removed hears and says nothing more and may come back; who is banned finds no room, at no door."""

import asyncio
from typing import Any

import httpx
import pytest

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.clock import HOUR
from causerie.db.tables import audit
from causerie.stage.encoders import encoder_token
from tests.live.conftest import Evening
from tests.place import Frame, Page
from tests.sound_on_paper import OFFER

SDP = {"content-type": "application/sdp"}
HOME, CAFE = "203.0.113.7", "198.51.100.20"


async def ben_on_stage(evening: Evening) -> None:
    """Ben answers his own question, with an open microphone."""
    asked = (await evening.ben.does("question.ask", text="Why do sparrows bathe in dust?"))["made"]
    await evening.ben.does("media.offer", sdp=OFFER)
    await evening.ada.does("floor.pick", question=asked)
    await evening.ben.does("stage.accept")


async def goodbye(page: Page) -> int | None:
    """How a page was closed, within a second."""
    await asyncio.wait_for(page.task, 1)
    return page.closed


async def somebody(evening: Evening, name: str, address: str | None = None) -> tuple[Page, str]:
    """One more in the room, from this address: their page and their id."""
    _, cookie = await evening.place.person(name, guest=True)
    page = evening.place.page(cookie, address)
    return page, (await page.enter(sdp=OFFER))["me"]["person"]


async def asks(evening: Evening, method: str, path: str, cookie: str = "", **more: Any) -> httpx.Response:
    async with evening.place.browser(cookie, more.pop("address", "127.0.0.1")) as browser:
        return await browser.request(method, path, **more)


async def audited(evening: Evening) -> list[tuple[str, str | None]]:
    async with evening.place.causerie.database.read() as connection:
        rows = await connection.execute(audit.select().order_by(audit.c.id))
        return [(row.verb, row.subject) for row in rows]


# ---- removed ----


async def test_who_is_removed_is_out_with_all_they_had_and_may_come_back(evening: Evening):
    await ben_on_stage(evening)
    second = evening.place.page(evening.ben.cookie)
    await second.enter(sdp=OFFER)
    assert (len(evening.place.engine.peers), len(evening.place.engine.heard)) == (2, 1)

    await evening.ada.does("room.remove", person=evening.id("Ben"))

    assert [await goodbye(page) for page in (evening.ben, second)] == [4001, 4001]
    assert (evening.place.engine.peers, evening.place.engine.open) == ({}, set())
    assert evening.cho.frames[-1]["events"] == [{"is": "speaker.left", "person": evening.id("Ben"), "why": "removed"}]
    assert (await audited(evening))[-1] == ("room.remove", evening.id("Ben"))
    back = await evening.place.page(evening.ben.cookie).enter()
    assert (back["me"]["role"], [seat["name"] for seat in back["room"]["seats"]]) == ("listener", ["Ada"])


async def test_an_invitation_and_a_hand_go_with_who_is_removed(evening: Evening):
    asked = (await evening.ben.does("question.ask", text="Why do sparrows bathe in dust?"))["made"]
    await evening.ben.does("hand.raise")
    await evening.ada.does("floor.pick", question=asked)

    await evening.ada.does("room.remove", person=evening.id("Ben"))

    stage, question = evening.place.state().stage, evening.place.state().questions.all[asked]
    assert (stage.hands, stage.invitations, question.state) == ({}, {}, "open")


async def test_the_sound_ends_before_anything_is_written(evening: Evening):
    await ben_on_stage(evening)
    heard: list[set[int]] = []
    write = evening.place.causerie.database.write

    async def watched(work: Any, **how: Any) -> Any:
        heard.append(set(evening.place.engine.heard))
        return await write(work, **how)

    evening.place.causerie.database.write = watched
    await evening.ada.does("room.remove", person=evening.id("Ben"))

    assert heard[0] == set()


async def test_players_and_encoders_end_too(evening: Evening):
    room, ben = evening.place.state().room.id, evening.people["Ben"].id
    token, _ = await evening.place.causerie.database.write(lambda tx: encoder_token(tx, room, ben))
    bearer = {"authorization": f"Bearer {token}"}
    player = await asks(evening, "POST", "/whep/sparrows", evening.ben.cookie, content=OFFER, headers=SDP)
    encoder = await asks(evening, "POST", "/whip/sparrows", content=OFFER, headers={**SDP, **bearer})
    assert (player.status_code, encoder.status_code, len(evening.place.engine.heard)) == (201, 201, 1)

    await evening.ada.does("room.remove", person=evening.id("Ben"))

    assert (evening.place.engine.peers, evening.place.causerie.media.peers) == ({}, {})
    gone = [
        await asks(evening, "DELETE", player.headers["location"]),
        await asks(evening, "DELETE", encoder.headers["location"], headers=bearer),
        await asks(evening, "POST", "/whip/sparrows", content=OFFER, headers={**SDP, **bearer}),
    ]
    assert [answer.json()["code"] for answer in gone] == ["session.unknown", "session.unknown", "token.refused"]
    assert evening.id("Ben") not in evening.place.state().stage.seats


async def test_what_was_on_its_way_from_who_is_removed_is_not_done(evening: Evening):
    evening.ben.says({"do": "hand.raise", "id": "late"})
    evening.ada.says({"do": "room.remove", "id": "out", "person": evening.id("Ben")})
    await evening.ada.hears(lambda frame: frame.get("id") == "out")

    assert await goodbye(evening.ben) == 4001
    assert evening.place.state().stage.hands == {}


# ---- banned ----


async def every_door(evening: Evening, cookie: str, *, address: str = "127.0.0.1") -> list[Any]:
    """What somebody with these cookies is told at each door."""
    page = evening.place.page(cookie, address)
    told = await page.enter()
    player = await asks(evening, "POST", "/whep/sparrows", cookie, content=OFFER, headers=SDP, address=address)
    card = await asks(evening, "GET", "/api/v1/rooms/sparrows", cookie, address=address)
    shown = await asks(evening, "GET", "/r/sparrows", cookie, address=address)
    home = await asks(evening, "GET", "/api/v1/home", cookie, address=address)
    await page.leave()
    codes = [answer.json()["code"] if answer.status_code == 404 else None for answer in (player, card)]
    return [told.get("code"), *codes, shown.status_code, len(home.json()["live"])]


SHUT = ["room.unknown", "room.unknown", "room.unknown", 404, 0]
OPEN = [None, None, None, 200, 1]


async def test_to_who_is_banned_there_is_no_such_room(evening: Evening):
    await ben_on_stage(evening)

    await evening.ada.does("room.ban", person=evening.id("Ben"), reason="Shouts over everybody")

    assert await goodbye(evening.ben) == 4002
    assert await every_door(evening, evening.ben.cookie) == SHUT
    assert await every_door(evening, evening.cho.cookie) == OPEN
    assert (await audited(evening))[-1] == ("room.ban", evening.id("Ben"))
    shown = [await asks(evening, "GET", path, evening.ben.cookie) for path in ("/r/sparrows", "/r/nowhere")]
    assert shown[0].text == shown[1].text
    card = [await asks(evening, "GET", f"/api/v1/rooms/{name}", evening.ben.cookie) for name in ("sparrows", "no")]
    assert card[0].content == card[1].content


async def test_no_old_way_leads_back(evening: Evening):
    room, ben = evening.place.state().room.id, evening.people["Ben"].id
    write = evening.place.causerie.database.write
    before = await evening.ben.enter()
    token, _ = await write(lambda tx: encoder_token(tx, room, ben))
    other_device, _ = await write(lambda tx: accounts.open_session(tx, evening.people["Ben"]))

    await evening.ada.does("room.ban", person=ben)
    fresh, _ = await write(lambda tx: encoder_token(tx, room, ben))

    since = {"epoch": before["epoch"], "person": ben, **before["at"]}
    resumed = await evening.place.page(evening.ben.cookie).enter(since=since)
    assert resumed["code"] == "room.unknown"
    assert await every_door(evening, f"{SESSION}={other_device}") == SHUT
    told = [
        await asks(
            evening, "POST", "/whip/sparrows", content=OFFER, headers={**SDP, "authorization": f"Bearer {secret}"}
        )
        for secret in (token, fresh)
    ]
    assert [answer.json()["code"] for answer in told] == ["token.refused", "room.unknown"]
    assert evening.place.engine.peers == {}


async def test_the_visitor_of_the_same_browser_is_banned_too(evening: Evening):
    dee, session = await evening.place.person("Dee")
    visitor = evening.place.visitor()
    await evening.place.page(f"{session}; {visitor}").enter()

    await evening.ada.does("room.ban", person=dee.id)

    assert await every_door(evening, visitor) == SHUT


async def test_a_page_that_comes_while_it_is_being_written_is_kept_out(evening: Evening):
    back = evening.place.page(evening.ben.cookie)
    await asyncio.sleep(0)
    evening.ada.says({"do": "room.ban", "id": "ban", "person": evening.id("Ben")})
    tries = [await back.does("room.enter", room="sparrows") for _ in range(5)]
    await evening.ada.hears(lambda frame: frame.get("id") == "ban")
    tries.append(await evening.place.page(evening.ben.cookie).enter())

    first_out = next(n for n, told in enumerate(tries) if told.get("code") == "room.unknown")
    assert {told.get("code") for told in tries[first_out:]} == {"room.unknown"}
    assert evening.id("Ben") not in evening.place.causerie.rooms.hubs[evening.place.state().room.id].here


async def test_hosts_see_bans_and_lift_them(evening: Evening):
    await evening.ada.does("room.ban", person=evening.id("Ben"), reason=" Shouts\n over ", hours=2)
    (given,) = (await evening.ada.enter())["desk"]["bans"]

    await evening.ada.does("room.unban", ban=given["id"])

    now = evening.place.clock.now()
    told = {"person": evening.id("Ben"), "name": "Ben", "network": False, "reason": "Shouts over"}
    assert given == {"id": given["id"], **told, "at": now, "until": now + 2 * HOUR}
    assert await every_door(evening, evening.ben.cookie) == OPEN
    assert evening.cho.events("desk") == []
    assert (await audited(evening))[-1] == ("room.unban", evening.id("Ben"))


async def test_a_ban_that_has_run_out_is_over(evening: Evening):
    await evening.ada.does("room.ban", person=evening.id("Ben"), hours=1)

    await evening.place.tick(HOUR)

    assert evening.place.state().safety.bans == {}
    assert await every_door(evening, evening.ben.cookie) == OPEN


# ---- with the network ----


async def test_hosts_are_told_before_how_many_a_network_ban_hits(evening: Evening):
    dee, person = await somebody(evening, "Dee", HOME)
    neighbours = [await somebody(evening, f"Neighbour {n}", "203.0.113.99") for n in range(3)]
    far, _ = await somebody(evening, "Far", CAFE)
    host = evening.place.page(evening.ada.cookie, HOME)
    await host.enter()
    await asks(evening, "POST", "/whep/sparrows", content=OFFER, headers=SDP, address="203.0.113.50")

    await host.does("ban.preview", id="how-many", person=person)
    reach = await host.hears(lambda frame: frame["type"] == "reach")
    await host.does("room.ban", person=person, network=True)

    assert reach == {"type": "reach", "id": "how-many", "network": True, "people": 5, "on_stage": 0}
    assert [await goodbye(page) for page, _ in [(dee, person), *neighbours]] == [4002] * 4
    assert (far.closed, host.closed, len(evening.place.engine.peers)) == (None, None, 1)
    assert await every_door(evening, evening.place.visitor(), address="203.0.113.5") == SHUT
    assert await every_door(evening, evening.ada.cookie, address=HOME) == OPEN


# ---- refused ----


@pytest.mark.parametrize(
    ("who", "do", "of", "more", "code"),
    [
        ("cho", "room.remove", "Ben", {}, "room.may_not"),
        ("ben", "room.remove", "Ada", {}, "room.may_not"),
        ("visitor", "room.remove", "Ben", {}, "room.may_not"),
        ("ada", "room.remove", "Ada", {}, "room.oneself"),
        ("cho", "room.ban", "Ben", {}, "room.may_not"),
        ("cho", "ban.preview", "Ben", {}, "room.may_not"),
        ("ada", "room.ban", "Ada", {}, "room.oneself"),
        ("ada", "room.ban", "Nobody", {}, "stage.not_here"),
        ("ada", "room.ban", "Ben", {"hours": 0}, "ban.hours"),
        ("ada", "room.ban", "Ben", {"reason": "x" * 201}, "ban.reason"),
        ("ada", "room.ban", "Ben", {"network": True}, "ban.network"),
        ("ada", "room.ban", "Ben", {"hours": "2"}, "message.unknown"),
        ("cho", "room.unban", None, {"ban": "nothing"}, "room.may_not"),
        ("ada", "room.unban", None, {"ban": "nothing"}, "ban.unknown"),
    ],
)
async def test_what_is_refused_changes_nothing_and_nobody_notices(
    evening: Evening, who: str, do: str, of: str | None, more: dict[str, Any], code: str
):
    await ben_on_stage(evening)
    before, lines = evening.place.state(), await audited(evening)
    others: list[Frame] = [frame for page in (evening.ben, evening.cho, evening.visitor) for frame in page.frames]

    person = {"person": evening.people[of].id if of in evening.people else "nobody"} if of else {}
    told = await getattr(evening, who).does(do, **person, **more)

    assert (told["type"], told["code"]) == ("refused", code)
    assert (evening.place.state(), await audited(evening)) == (before, lines)
    after = [frame for page in (evening.ben, evening.cho, evening.visitor) for frame in page.frames]
    assert [frame for frame in after if frame not in others] in ([], [told])
    assert (evening.ben.closed, len(evening.place.engine.heard)) == (None, 1)


async def test_a_room_that_is_over_removes_nobody(evening: Evening):
    await evening.ada.does("room.end")

    told = await evening.ada.does("room.remove", person=evening.id("Ben"))

    assert (told["code"], evening.ben.closed) == ("room.ended", None)


# ---- no role past a ban ----


@pytest.mark.parametrize("role", ["cohost", "screener", "captioner", "may_lead"])
async def test_who_is_banned_is_given_no_role_and_so_does_not_come_in(evening: Evening, role: str):
    await evening.ada.does("room.ban", person=evening.id("Ben"), reason="", hours=None, network=False)
    before = evening.place.state()

    told = await evening.ada.does("role.give", person=evening.id("Ben"), role=role)
    await evening.ada.does("role.preview", person=evening.id("Ben"))

    assert (told["code"], told["text"]) == (
        "role.banned",
        "This person is banned from this room. Undo the ban first.",
    )
    assert [frame["roles"] for frame in evening.ada.frames if frame["type"] == "roles"] == [[]]
    assert evening.place.state() == before
    assert (await evening.place.page(evening.ben.cookie).enter())["code"] == "room.unknown"


async def test_who_may_come_again_can_be_given_a_role_again(evening: Evening):
    for hours in (1, None):
        await evening.ada.does("room.ban", person=evening.id("Ben"), reason="", hours=hours, network=False)
        if hours is None:
            (ban,) = [one for one in evening.place.state().safety.bans.values() if one.until is None]
            await evening.ada.does("room.unban", ban=ban.id)
        evening.place.clock.turn(HOUR)

        told = await evening.ada.does("role.give", person=evening.id("Ben"), role="captioner")

        assert told["type"] == "ack", told
        await evening.place.page(evening.ben.cookie).enter()
