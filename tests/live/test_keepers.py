"""Who looks after a group, in a live room of it: what they may, and from when until when."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from causerie.accounts.people import Person
from causerie.clock import MINUTE, SECOND
from causerie.floor.tables import BY_GROUP, BY_MODERATOR
from causerie.groups import actions as groups
from causerie.groups.charter import Charter
from tests.place import Page, Place, opened
from tests.sound_on_paper import OFFER


@dataclass
class Held:
    """Ada's live room in Dee's group; Ben is a member of it, and all three are in the room."""

    place: Place
    people: dict[str, Person]
    cookies: dict[str, str]
    pages: dict[str, Page]

    async def asks(self, who: str, method: str, path: str, **body: Any) -> None:
        async with self.place.browser(self.cookies[who]) as browser:
            told = await browser.request(method, f"/api/v1/groups/loire{path}", json=body)
        assert told.status_code == 204, told.text

    async def makes(self, role: str, *, by: str = "Dee", whom: str = "Ben") -> None:
        await self.asks(by, "PUT", f"/members/{self.people[whom].id}/role", role=role)

    def rights(self, name: str) -> set[str]:
        """What this page was told last of what it may do."""
        frames = [frame for frame in self.pages[name].frames if frame["type"] == "events"]
        told = [one for frame in frames for one in frame["events"] if one["is"] == "me.rights"]
        return set(told[-1]["rights"]) if told else set()

    def desks(self, name: str) -> list[bool]:
        """Each time the desk was given to this page, or taken."""
        frames = [frame for frame in self.pages[name].frames if frame["type"] == "events"]
        return [one["desk"] is not None for frame in frames for one in frame["events"] if one["is"] == "me.desk"]

    async def nobody_leads(self) -> None:
        await self.pages["Ada"].leave()
        for _ in range(2):
            await self.place.tick(MINUTE + SECOND)


@pytest.fixture
async def held(tmp_path: Path, database_url: str) -> AsyncIterator[Held]:
    async with opened(tmp_path / "data", url=database_url) as place:
        people, cookies = {}, {}
        for name in ("Ada", "Ben", "Dee"):
            people[name], cookies[name] = await place.person(name, may_open_rooms=name == "Ada")

        async def founded(tx: Any) -> None:
            await groups.found(tx, people["Dee"], handle="loire", name="Loire")
            await groups.set_charter(tx, people["Dee"], "loire", charter=Charter("everybody"))
            await groups.join(tx, people["Ben"], "loire")

        await place.causerie.database.write(founded)
        await place.room(people["Ada"], group="loire")
        pages = {name: place.page(cookie) for name, cookie in cookies.items()}
        for page in pages.values():
            await page.enter()
        await pages["Ada"].does("room.start")
        yield Held(place, people, cookies, pages)


async def test_who_is_made_admin_of_the_group_may_at_once_and_who_is_unmade_may_not(held: Held):
    ada = held.people["Ada"].id
    before = await held.pages["Ben"].does("stage.mute", person=ada)

    await held.makes("admin")
    gained, muted = held.rights("Ben"), await held.pages["Ben"].does("stage.mute", person=ada)
    await held.makes("member")
    after = await held.pages["Ben"].does("stage.mute", person=ada)

    assert (before["code"], muted["type"], after["code"]) == ("room.may_not", "ack", "room.may_not")
    assert gained >= BY_GROUP - {"room.start"}
    assert held.rights("Ben") & BY_GROUP == set()
    assert held.desks("Ben") == [True, False]


async def test_a_group_handed_on_changes_who_may_what_in_its_rooms(held: Held):
    await held.asks("Dee", "PUT", "/heir", person=held.people["Ben"].id)
    await held.asks("Ben", "POST", "/heir")

    live = held.place.state()
    roles = {name: live.room.keepers.get(held.people[name].id) for name in ("Ben", "Dee")}
    assert roles == {"Ben": "owner", "Dee": "admin"}


async def test_a_moderator_of_the_group_stands_in_while_nobody_leads(held: Held):
    await held.makes("moderator")
    led = held.rights("Ben")

    await held.nobody_leads()
    alone = held.rights("Ben")
    ada = held.place.page(held.cookies["Ada"])
    await ada.enter()

    assert (led & BY_MODERATOR, alone & BY_MODERATOR) == (set(), BY_MODERATOR)
    assert ("chair.take" in alone, held.rights("Ben") & BY_MODERATOR) == (True, set())
    assert held.desks("Ben") == [True, False]


async def test_a_moderator_of_the_group_takes_an_empty_chair(held: Held):
    await held.makes("moderator")
    early = await held.pages["Ben"].does("chair.take")
    await held.nobody_leads()

    taken = await held.pages["Ben"].does("chair.take")

    assert (early["code"], taken["type"]) == ("chair.taken", "ack")
    assert held.place.state().room.host == held.people["Ben"].id


async def test_who_is_made_moderator_while_nobody_leads_stands_in_at_once(held: Held):
    await held.nobody_leads()

    await held.makes("moderator")

    assert held.rights("Ben") >= BY_MODERATOR


async def test_what_a_host_keeps_from_cohosts_is_kept_from_moderators(held: Held):
    await held.pages["Ada"].does("room.set", cohosts_without=["room.ban", "room.end"])
    await held.makes("moderator")

    await held.nobody_leads()

    assert held.rights("Ben") & BY_MODERATOR == BY_MODERATOR - {"room.ban", "room.end"}


async def test_nobody_but_their_like_sends_a_group_admin_out_and_no_lock_keeps_them_out(held: Held):
    dee = held.people["Dee"].id
    told = [
        await held.pages["Ada"].does(do, person=dee, **more) for do, more in (("room.remove", {}), ("room.ban", BAN))
    ]
    await held.pages["Dee"].leave()
    await held.pages["Ada"].does("room.lock", on=True)
    held.place.clock.turn(11 * MINUTE)

    page = held.place.page(held.cookies["Dee"])

    assert [one["code"] for one in told] == ["room.may_not"] * 2
    assert (await page.enter())["type"] == "snapshot"
    await held.makes("admin")
    assert (await held.pages["Ben"].does("room.remove", person=dee))["type"] == "ack"


BAN = {"reason": "", "hours": None, "network": False}


async def test_a_group_admin_hears_who_knocks_and_lets_them_in_but_not_who_asked_without_a_name(held: Held):
    await held.pages["Ada"].does("room.set", anonymous="allowed")
    await held.pages["Ben"].does("question.ask", text="Who pays for this?", anonymous=True)
    await held.pages["Ada"].does("room.lock", on=True)
    somebody, cookie = await held.place.person("Eve")
    eve = held.place.page(cookie)
    await eve.does("room.knock", room="sparrows", note=None)

    page = held.place.page(held.cookies["Dee"])
    desk = (await page.enter())["desk"]
    let_in = await page.does("knock.answer", person=somebody.id, let_in=True)

    assert [knock["name"] for knock in desk["knocks"]] == ["Eve"]
    assert [(one["name"], one["person"]) for one in desk["questions"]] == [(None, None)]
    assert [entry["name"] for entry in desk["entries"]] == [None]
    assert (let_in["type"], (await eve.enter())["type"]) == ("ack", "snapshot")
    assert "knock.heard" in held.pages["Dee"].events("desk")


async def test_who_is_removed_from_a_private_group_is_out_of_its_rooms_admin_or_not(held: Held):
    await held.makes("admin")
    edited = {"name": "L", "description": "", "private": True, "joining": "open", "hidden_list": False}
    await held.asks("Dee", "PUT", "", **edited)

    await held.asks("Dee", "DELETE", f"/members/{held.people['Ben'].id}")
    await asyncio.wait_for(held.pages["Ben"].task, 5)

    assert held.pages["Ben"].closed == 4002


async def test_a_group_admin_on_stage_is_muted_as_everybody_is(held: Held):
    dee = held.pages["Dee"]
    await dee.enter(sdp=OFFER)
    await held.pages["Ada"].does("stage.invite", person=held.people["Dee"].id)
    await dee.does("stage.accept")

    told = [await held.pages["Ada"].does(do, person=held.people["Dee"].id) for do in ("stage.mute", "stage.move_down")]

    assert [one["type"] for one in told] == ["ack", "ack"]
