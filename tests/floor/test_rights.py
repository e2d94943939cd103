"""The page on rights, the table of rights, and what happens when somebody of each role tries: three times the same."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from causerie.db.tables import closings, metadata
from causerie.floor.rules import BY_NAME, BY_ROLE, BY_SITE, KEPT, can
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.reference import example, kinds
from causerie.rooms.roles import Given
from tests.house.papers import ROOT
from tests.place import Frame, Page, Place, opened
from tests.sound_on_paper import OFFER

ROLES = ("visitor", "listener", "speaker", "captioner", "screener", "co-host", "host", "site admin")
HELPERS: dict[str, Given] = {"captioner": "captioner", "screener": "screener", "co-host": "cohost"}
PAGE = (ROOT / "docs" / "building" / "rights.md").read_text(encoding="utf-8")
COMMANDS = {model.model_fields["do"].default: model for model in kinds(wire.AnyCommand)}
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


MATRIX = {row[0]: (row[1], dict(zip(ROLES, row[2:], strict=True))) for row in rows(10)}
KEPT_BY_PAGE = {row[0]: re.findall(r"[a-z_]+\.[a-z_]+", row[1]) for row in rows(2)}
AGAINST = [(row[0], row[1], dict(zip(("co-host", "host", "site admin"), row[2:], strict=True))) for row in rows(5)]


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


async def gathered(place: Place) -> Gathering:
    gathering = Gathering(place)
    for role in (*ROLES, "speaker of old"):
        if role == "visitor":
            cookie = place.visitor()
        else:
            person, cookie = await place.person(role.title(), may_open_rooms=role == "host", admin=role == "site admin")
            gathering.ids[role] = person.id
            if role == "host":
                await place.room(person)
        gathering.pages[role] = place.page(cookie)
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
    told = [row[0] for row in rows(10)]

    assert sorted(told) == sorted(COMMANDS)


def test_every_right_stands_on_the_page():
    told = {right for right, _ in MATRIX.values() if right}

    assert set(BY_ROLE) | set(BY_NAME) == told | {"floor.see", "question.see_pending", "role.cohost", "role.limit"}
    assert set(BY_ROLE) >= BY_SITE
    assert all(f"`{right}`" in PAGE for right in (*BY_ROLE, *BY_NAME))


@pytest.mark.parametrize("command", [command for command, (right, _) in MATRIX.items() if right])
def test_the_page_says_what_the_table_says(command: str):
    right, cells = MATRIX[command]
    if right in BY_NAME:
        by_table = {role: "N" if role == "visitor" else "Y" for role in ROLES}
    else:
        held = {"captioner": "captioner", "screener": "screener", "co-host": "cohost", "host": "host"}
        has = {role: authority in BY_ROLE[right] for role, authority in held.items()}
        has["site admin"] = right in BY_SITE
        by_table = {role: "Y" if has.get(role) else "N" for role in ROLES}

    assert cells == by_table


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
