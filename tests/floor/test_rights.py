"""The page on rights, the table of rights, and what happens when somebody of each role tries: three times the same."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from causerie.accounts.people import Person
from causerie.clock import MINUTE, SECOND
from causerie.db.tables import closings, metadata
from causerie.floor.rules import can
from causerie.floor.tables import BY_GROUP, BY_MODERATOR, BY_NAME, BY_ROLE, BY_SITE, KEPT
from causerie.groups import actions as groups
from causerie.groups.charter import Charter
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.reference import example, kinds
from causerie.rooms.roles import Given
from tests.house.papers import ROOT
from tests.place import Frame, Page, Place, opened
from tests.sound_on_paper import OFFER

ROLES = ("visitor", "listener", "speaker", "captioner", "screener", "co-host", "host", "site admin", "group admin")
COLUMNS = (*ROLES, "moderator")
HELPERS: dict[str, Given] = {"captioner": "captioner", "screener": "screener", "co-host": "cohost"}
PAGE = (ROOT / "docs" / "building" / "rights.md").read_text(encoding="utf-8")
COMMANDS = {model.model_fields["do"].default: model for model in kinds(wire.AnyCommand)}
AGAINST_BY = ("co-host", "host", "site admin", "group admin")
# How a cell that says N is refused, and nobody who may is.
FORBIDDEN = {"room.may_not", "name.needed"}
# Not in a state in which even the host can do it: the story has no such thing at hand.
NEEDS_MORE = {
    "backstage.note",
    "backstage.talk",
    "caption.say",
    "knock.answer",
    "raid.undo",
    "report.done",
    "recording.pause",
    "recording.resume",
    "question.merge",
    "room.open_backstage",
    "room.cancel",
    "room.dump",
    "room.move",
    "room.plan",
    "room.reopen",
    "floor.place",
    "room.unban",
    "hand.raise",
}


def rows(columns: int) -> list[list[str]]:
    """The rows of the page's tables with so many columns, without what is only drawn."""
    lines = re.findall(r"^\| (`.*) \|$", PAGE, re.MULTILINE)
    cells = [[cell.strip().strip("`") for cell in line.split("|")] for line in lines]
    return [row for row in cells if len(row) == columns]


MATRIX = {row[0]: (row[1], dict(zip(ROLES, row[2:11], strict=True))) for row in rows(12)}
# What a moderator of the room's group may while nobody leads it; while somebody does, what every listener may.
STANDING_IN = {row[0]: row[11] for row in rows(12)}
KEPT_BY_PAGE = {row[0]: re.findall(r"[a-z_]+\.[a-z_]+", row[1]) for row in rows(2)}
AGAINST = [(row[0], row[1], dict(zip(AGAINST_BY, row[2:], strict=True))) for row in rows(6)]


@dataclass
class Gathering:
    """A live room with somebody of each role, a speaker who is none of them, and a question on air and one open."""

    place: Place
    pages: dict[str, Page] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)

    async def said(self, do: str, **more: Any) -> dict[str, Any]:
        """What a command says here: the example of the protocol, about people and questions that are there."""
        tree = {name: value for name, value in example(COMMANDS[do]).items() if name not in ("do", "id")}
        about = {"person": self.ids["speaker of old"], "room": "sparrows", "sdp": OFFER, "since": None}
        question = self.questions["on air" if do in ("floor.answered", "floor.put_back") else "open"]
        about |= {"question": question, "entry": {"kind": "question", "id": self.questions["open"]}, "before": None}
        about |= {"stage.invite": {"person": self.ids["listener"]}, "role.give": {"role": "may_lead"}}.get(do, {})
        about |= {"hours": None, "network": False, "cohosts_without": None, "agenda": None}
        return {name: about.get(name, value) for name, value in tree.items()} | more

    async def stored(self, *, without: str = "") -> list[str]:
        """Every row of every table, but those of one person and the marks of what was written once."""
        found: list[str] = []
        async with self.place.causerie.database.read() as connection:
            for table in metadata.sorted_tables:
                if table is closings:
                    continue
                kept = [dict(row) for row in (await connection.execute(select(table))).mappings()]
                whose = [(row.get("person"), row.get("actor"), row.get("by")) for row in kept]
                found += [f"{table.name} {row}" for row, who in zip(kept, whose, strict=True) if without not in who]
        return sorted(found)

    def heard(self, *, but: str) -> dict[str, int]:
        return {role: len(page.frames) for role, page in self.pages.items() if role != but}


async def held_in_a_group(place: Place, people: dict[str, Person]) -> None:
    """The room, in a group that the group admin founded and the moderator is in."""
    admin, moderator = people["group admin"], people["moderator"]

    async def founded(tx: Any) -> None:
        await groups.found(tx, admin, handle="loire", name="Loire")
        await groups.set_charter(tx, admin, "loire", charter=Charter("everybody"))
        await groups.join(tx, moderator, "loire")
        await groups.give_role(tx, admin, "loire", person=moderator.id, role="moderator")

    await place.causerie.database.write(founded)
    await place.room(people["host"], group="loire")


async def gathered(place: Place) -> Gathering:
    gathering = Gathering(place)
    people: dict[str, Person] = {}
    for role in (*COLUMNS, "speaker of old"):
        if role == "visitor":
            cookie = place.visitor()
        else:
            may = {"may_open_rooms": role == "host", "admin": role == "site admin"}
            people[role], cookie = await place.person(role.title(), **may)
            gathering.ids[role] = people[role].id
        gathering.pages[role] = place.page(cookie)
    await held_in_a_group(place, people)
    for role in ("host", *gathering.pages):
        await gathering.pages[role].enter()
    host = gathering.pages["host"]
    await host.does("room.start")
    for role, given in HELPERS.items():
        await host.does("role.give", person=gathering.ids[role], role=given)
    for role in ("speaker", "speaker of old", "co-host"):
        await host.does("stage.invite", person=gathering.ids[role])
        await gathering.pages[role].does("stage.accept")
    asker = gathering.pages["speaker of old"]
    gathering.questions["on air"] = (await asker.does("question.ask", text="Who is on air?"))["made"]
    place.clock.turn(11_000)
    gathering.questions["open"] = (await asker.does("question.ask", text="Who waits?"))["made"]
    await host.does("floor.pick", question=gathering.questions["on air"])
    return gathering


@pytest.fixture
async def gathering(tmp_path: Path) -> AsyncIterator[Gathering]:
    async with opened(tmp_path / "data") as place:
        yield await gathered(place)


def test_every_command_stands_on_the_page_once():
    told = [row[0] for row in rows(12)]

    assert sorted(told) == sorted(COMMANDS)


def test_every_right_stands_on_the_page():
    told = {right for right, _ in MATRIX.values() if right}

    assert set(BY_ROLE) | set(BY_NAME) == told | {"floor.see", "question.see_pending", "role.cohost", "role.limit"}
    assert set(BY_ROLE) >= BY_SITE | BY_GROUP | BY_MODERATOR
    assert all(f"`{right}`" in PAGE for right in (*BY_ROLE, *BY_NAME))


@pytest.mark.parametrize("command", [command for command, (right, _) in MATRIX.items() if right])
def test_the_page_says_what_the_table_says(command: str):
    right, cells = MATRIX[command]
    if right in BY_NAME:
        by_table = {role: "N" if role == "visitor" else "Y" for role in ROLES}
    else:
        held = {"captioner": "captioner", "screener": "screener", "co-host": "cohost", "host": "host"}
        has = {role: authority in BY_ROLE[right] for role, authority in held.items()}
        has |= {"site admin": right in BY_SITE, "group admin": right in BY_GROUP}
        by_table = {role: "Y" if has.get(role) else "N" for role in ROLES}

    assert cells == by_table
    assert STANDING_IN[command] == ("Y" if right in {*BY_NAME, *BY_MODERATOR} else "N")


async def tried(gathering: Gathering, command: str, role: str) -> Frame:
    """Somebody of this role says the command; what they are told."""
    return await gathering.pages[role].does(command, **await gathering.said(command))


@pytest.mark.parametrize("command", MATRIX)
async def test_who_may_not_is_refused_and_changes_nothing(gathering: Gathering, command: str):
    for role, cell in MATRIX[command][1].items():
        if cell == "N":
            stored, heard = await gathering.stored(), gathering.heard(but=role)

            told = await tried(gathering, command, role)

            assert (role, told["type"], told.get("code") in FORBIDDEN) == (role, "refused", True), told
            assert (await gathering.stored(), gathering.heard(but=role)) == (stored, heard), role


@pytest.mark.parametrize("command", MATRIX)
async def test_who_may_is_not_refused_for_who_they_are(gathering: Gathering, command: str):
    told = {role: await tried(gathering, command, role) for role, cell in MATRIX[command][1].items() if cell == "Y"}

    assert [role for role, one in told.items() if one.get("code") in FORBIDDEN] == []
    if told and command not in NEEDS_MORE:
        assert next(iter(told.values()))["type"] == "ack"


BY_RIGHT = [command for command, (right, _) in MATRIX.items() if right in BY_ROLE]


async def test_while_somebody_leads_a_moderator_of_the_group_listens(gathering: Gathering):
    for command in BY_RIGHT:
        stored, heard = await gathering.stored(), gathering.heard(but="moderator")

        told = await tried(gathering, command, "moderator")

        assert (command, told["type"], told.get("code")) == (command, "refused", "room.may_not")
        assert (await gathering.stored(), gathering.heard(but="moderator")) == (stored, heard), command


async def nobody_leads(gathering: Gathering) -> None:
    """Host and co-host lose their lines, and two minutes go by."""
    for role in ("host", "co-host"):
        await gathering.pages[role].leave()
    for _ in range(2):
        await gathering.place.tick(MINUTE + SECOND)
    await gathering.pages["moderator"].hears(
        lambda frame: frame["type"] == "events" and any(one["is"] == "chair.empty" for one in frame["events"])
    )


async def test_while_nobody_leads_a_moderator_of_the_group_may_not_what_the_page_keeps(gathering: Gathering):
    await nobody_leads(gathering)

    told = {
        command: await tried(gathering, command, "moderator") for command in BY_RIGHT if STANDING_IN[command] == "N"
    }

    assert {command for command, one in told.items() if one.get("code") != "room.may_not"} == set()


@pytest.mark.parametrize("command", [command for command in BY_RIGHT if STANDING_IN[command] == "Y"])
async def test_while_nobody_leads_a_moderator_of_the_group_may_the_rest(gathering: Gathering, command: str):
    await nobody_leads(gathering)

    assert (await tried(gathering, command, "moderator")).get("code") not in FORBIDDEN


@pytest.mark.parametrize("command", [command for command, (_, cells) in MATRIX.items() if "O" in cells.values()])
async def test_with_ones_own_nobody_else_is_touched(gathering: Gathering, command: str):
    for role, cell in MATRIX[command][1].items():
        me = gathering.ids.get(role, "nobody")
        before = await gathering.stored(without=me)

        await tried(gathering, command, role)

        assert (role, cell, await gathering.stored(without=me)) == (role, "O", before)


def test_the_page_says_what_a_host_can_keep_from_cohosts():
    assert ({right: set(verbs) for right, verbs in KEPT_BY_PAGE.items()}, len(KEPT_BY_PAGE)) == (KEPT, len(rows(2)))
    assert all("cohost" in BY_ROLE[verb] for verbs in KEPT.values() for verb in verbs)


@pytest.mark.parametrize("kept", KEPT_BY_PAGE)
async def test_what_is_kept_from_cohosts_is_refused_to_them_and_changes_nothing(gathering: Gathering, kept: str):
    await gathering.pages["host"].does("room.set", cohosts_without=[kept])
    commands = [command for command, (right, _) in MATRIX.items() if right in KEPT_BY_PAGE[kept]]

    for command in commands:
        stored, heard = await gathering.stored(), gathering.heard(but="co-host")
        told = await tried(gathering, command, "co-host")
        assert (command, told["type"], told["code"]) == (command, "refused", "room.may_not")
        assert (await gathering.stored(), gathering.heard(but="co-host")) == (stored, heard), command

    assert (await tried(gathering, commands[0], "host")).get("code") not in FORBIDDEN


@pytest.mark.parametrize(("command", "about", "cells"), AGAINST)
async def test_against_hosts(gathering: Gathering, command: str, about: str, cells: dict[str, str]):
    about = {"a co-host": "co-host", "the host": "host"}[about]
    second, _ = await gathering.place.person("Second")
    await gathering.pages["host"].does("role.give", person=second.id, role="cohost")
    person = second.id if about == "co-host" else gathering.ids["host"]
    right = MATRIX[command][0]

    for role, cell in cells.items():
        if command != "role.take" and cell != "–":
            live = gathering.place.state()
            by = gathering.pages[role].place.causerie.gateway.pages
            actor = next(page.person for page in by if page.person.id == gathering.ids[role])
            assert can(live, actor, right, on=PersonId(person)) == (cell == "Y")
        if cell == "N":
            stored, heard = await gathering.stored(), gathering.heard(but=role)
            told = await gathering.pages[role].does(command, **await gathering.said(command, person=person))
            assert told["code"] == "room.may_not"
            assert (await gathering.stored(), gathering.heard(but=role)) == (stored, heard)
        elif cell == "Y" and role == "host":
            told = await gathering.pages[role].does(command, **await gathering.said(command, person=person))
            assert told.get("code") not in FORBIDDEN
