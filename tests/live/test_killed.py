"""A busy room on a real server that is killed with -9: when it is back everybody finds what was there."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.clock import WallClock
from causerie.db import Database, Tx
from causerie.rooms.actions import open_room
from tests.e2e.house import House
from tests.live.lines import Line

Json = dict[str, Any]
ROOM = "rivers"
BACK_WITHIN = 20.0  # five seconds are promised; a machine that builds and tests at once takes longer
NAMES = ["Ada", "Ben", "Cho", "Dee", "Eve", "Fay", "Gus", "Hal", "Ivy", "Jon", "Kim", "Lea"]


@dataclass
class Crowd:
    """Everybody's line and id, by name; what each was told is done, or the story ends."""

    lines: dict[str, Line]
    ids: dict[str, str]

    async def does(self, name: str, do: str, *, to: str | None = None, **fields: Any) -> Any:
        if to is not None:
            fields["person"] = self.ids[to]
        told = await self.lines[name].does(do, **fields)
        assert told["type"] == "ack", (name, do, told)
        return told["made"]

    async def see(self) -> dict[str, Json]:
        return {name: await line.enters(ROOM) for name, line in self.lines.items()}


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    house = House(tmp_path / "data", settings={"CAUSERIE_DATABASE_URL": database_url})
    yield house
    house.stop()


async def crowd_of(house: House, url: str) -> Crowd:
    """Twelve accounts and a room of Ada's."""

    async def written(tx: Tx) -> list[tuple[str, str, str]]:
        people = [await accounts.add_person(tx, name=name, may_open_rooms=name == "Ada") for name in NAMES]
        await open_room(tx, people[0], title="Rivers")
        return [(one.name or "", one.id, await accounts.open_session(tx, one)) for one in people]

    database = Database(url, WallClock())
    await database.open()
    made, _ = await database.write(written)
    await database.close()
    lines = {name: Line(house.web, f"{SESSION}={token}") for name, _, token in made}
    return Crowd(lines, {name: id for name, id, _ in made})


async def busy(crowd: Crowd) -> None:
    """An evening in which everything that is kept is there."""
    does = crowd.does
    for name, line in crowd.lines.items():
        await line.comes()
        if name != "Ivy":
            await line.enters(ROOM)
    await does("Ada", "room.start")
    await roles_are_given(does)
    for name in ("Ben", "Eve", "Hal"):
        await does("Ada", "stage.invite", to=name)
        await does(name, "stage.accept")
    await does("Eve", "microphone.unmute")
    await does("Ada", "stage.mute", to="Eve", hold=True)
    await does("Eve", "microphone.ask")
    await does("Ada", "room.ban", to="Hal", reason="Shouted", hours=2, network=False)
    await does("Ada", "room.set", backstage=True, words=["weir"])
    await does("Ada", "stage.invite", to="Kim")
    await does("Kim", "stage.accept")
    await does("Cho", "backstage.note", to="Kim", topic="Dams", note="Speaks softly", ready=True)
    await does("Ada", "room.pin", text="Read this", link="https://example.org/")
    await does("Ada", "stage.hush", on=True)
    await does("Ada", "room.hand_over", to="Jon")
    await does("Lea", "caption.say", text="Good evening", speaker=crowd.ids["Ada"])
    await questions_are_asked(does)
    await does("Ada", "room.lock", on=True)
    await does("Ivy", "room.knock", room=ROOM, note="I was late")


async def roles_are_given(does: Any) -> None:
    for name, role in (("Ben", "cohost"), ("Cho", "screener"), ("Lea", "captioner"), ("Jon", "may_lead")):
        await does("Ada", "role.give", to=name, role=role)


async def questions_are_asked(does: Any) -> None:
    """One answered, one next, one dismissed, one read first; two open, one of them on the shortlist; two hands."""
    asked = {
        name: await does(name, "question.ask", text=text, myself=True)
        for name, text in (
            ("Dee", "Who owns a river?"),
            ("Eve", "Which river is the oldest?"),
            ("Fay", "May one swim in it?"),
            ("Gus", "Who pays for the bridge?"),
            ("Lea", "Is the weir a wall?"),
        )
    }
    for name in ("Fay", "Gus"):
        await does(name, "question.vote", question=asked["Dee"])
    await does("Dee", "question.vote", question=asked["Gus"])
    await does("Cho", "question.dismiss", question=asked["Eve"], reason="unclear")
    await does("Fay", "hand.raise", note="Since noon")
    await does("Jon", "hand.raise")
    await does("Ada", "floor.shortlist", entry={"kind": "question", "id": asked["Fay"]}, on=True)
    await does("Ada", "floor.pick", question=asked["Dee"])
    await does("Ada", "floor.read_out", question=asked["Dee"])
    await does("Ada", "floor.answered", question=asked["Dee"], thanks=False)
    await does("Ada", "floor.pick", question=asked["Gus"])


def kept(told: Json) -> Json:
    """What has to be the same; what begins anew is taken out, and looked at by itself."""
    seen = {part: dict(told[part] or {}) for part in ("room", "desk", "me")}
    for part, fields in (("room", ("listeners",)), ("desk", ("entries",)), ("me", ("place", "on_deck", "number"))):
        for name in fields:
            seen[part].pop(name, None)
    seen["room"]["seats"] = [{**seat, "muted": True} for seat in seen["room"]["seats"]]
    for part in ("desk", "me"):
        _fresh(seen[part])
    return seen


def _fresh(part: Json) -> None:
    """Invitations have their full time again, and everybody backstage is muted."""
    if given := part.get("invitation"):
        part["invitation"] = {**given, "until": None}
    if "invitations" in part:
        part["invitations"] = [{**given, "until": None} for given in part["invitations"]]
    if isinstance(part.get("backstage"), list):
        part["backstage"] = [{**guest, "muted": True} for guest in part["backstage"]]
    elif part.get("backstage"):
        part["backstage"] = {**part["backstage"], "muted": True}


async def test_killed_in_the_middle_of_a_busy_evening(house: House, database_url: str):
    crowd = await crowd_of(house, database_url)
    house.start()
    await busy(crowd)
    banned, knocks = crowd.lines.pop("Hal"), crowd.lines.pop("Ivy")
    before = await crowd.see()

    house.kill()
    house.start()
    returned = time.monotonic()
    await asyncio.gather(*(line.found() for line in crowd.lines.values()))
    await crowd.see()
    back = time.monotonic() - returned
    after = await crowd.see()

    for name in crowd.lines:
        assert kept(after[name]) == kept(before[name]), name
    assert back < BACK_WITHIN, f"back after {back:.1f} s"
    seats = after["Ada"]["room"]["seats"]
    assert [(seat["name"], seat["muted"], seat["held"]) for seat in seats] == [
        ("Ada", True, False),
        ("Ben", True, False),
        ("Eve", True, False),
    ]
    assert [entry["id"] for entry in after["Ada"]["desk"]["entries"]] == [
        entry["id"] for entry in before["Ada"]["desk"]["entries"]
    ]
    assert {name: told["me"]["place"] for name, told in after.items()} == {
        name: told["me"]["place"] for name, told in before.items()
    }
    assert len({told["epoch"] for told in (*before.values(), *after.values())}) == 2
    await banned.found()
    assert (await banned.does("room.enter", room=ROOM))["code"] == "room.unknown"
    await crowd.does("Ada", "knock.answer", to="Ivy", let_in=True)
    await knocks.found()
    assert (await knocks.enters(ROOM))["me"]["name"] == "Ivy"
    await asyncio.gather(*(line.leaves() for line in (*crowd.lines.values(), banned, knocks)))
