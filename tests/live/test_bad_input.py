"""Every command with every field spoiled: only the sender is told, nothing is written, nobody else hears of it."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from causerie.live import protocol as wire
from causerie.live.decode import MessageUnknown, command
from tests.floor.test_rights import COMMANDS, FORBIDDEN, Gathering, gathered
from tests.place import Frame, opened

NOTHING = "01NOTHINGOFTHISKINDISHERE0"
# Whose are these: told by a person, a question or a ban that is somewhere else.
IDS = {"person", "question", "into", "before", "ban", "entry", "speaker"}
# Values no field of any command takes.
NEVER: dict[str, Any] = {
    "a list": ["x"],
    "an object": {"x": 1},
    "a fraction": 1.5,
    "a list in a list": [[["x"]]],
    "much too long": "x" * 40_000,
    "a lone surrogate": "\ud800",
    "half a pair": "why \udc00?",
}


@pytest.fixture
async def gathering(tmp_path: Path, database_url: str) -> AsyncIterator[Gathering]:
    async with opened(tmp_path / "data", url=database_url) as place:
        yield await gathered(place)


def spoiled(whole: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same command, one thing of it spoiled."""
    yield "a field nobody knows", {**whole, "as": "host"}
    yield "somebody's name in it", {**whole, "by": "ada"}
    yield "no such command", {**whole, "do": whole["do"] + "s"}
    for field, value in whole.items():
        yield f"{field} is missing", {name: kept for name, kept in whole.items() if name != field}
        yield f"{field} is null", {**whole, field: None}
        yield f"{field} is of another kind", {**whole, field: 7 if isinstance(value, str) else "seven"}
        yield f"{field} is true", {**whole, field: True}
        yield from ((f"{field} is {what}", {**whole, field: never}) for what, never in NEVER.items())


def understood(frame: str) -> bool:
    """Whether the protocol has such a command: a field may be left out, and a truth may be true."""
    try:
        command(frame)
    except MessageUnknown:
        return False
    return True


async def told(gathering: Gathering, frame: str) -> Frame:
    host = gathering.pages["host"]
    before = len(host.frames)
    host.says(frame)
    return await host.hears(lambda one: one["type"] in ("ack", "refused"), after=before)


async def test_a_spoiled_command_tells_its_sender_alone(gathering: Gathering):
    stored, heard = await gathering.stored(), gathering.heard(but="host")
    refused = dict.fromkeys(COMMANDS, 0)

    for do in COMMANDS:
        whole = {"do": do, "id": "c", **await gathering.said(do)}
        assert understood(json.dumps(whole)), do
        for what, wrong in spoiled(whole):
            frame = json.dumps(wrong)
            if understood(frame):
                continue
            answer = await told(gathering, frame)
            assert (answer["type"], bool(answer["text"])) == ("refused", True), (do, what, answer)
            assert answer["code"] not in FORBIDDEN | {"fault"}, (do, what, answer)
            assert gathering.heard(but="host") == heard, (do, what)
            refused[do] += 1

    assert await gathering.stored() == stored
    assert min(refused.values()) >= 10


@pytest.mark.parametrize("value", [2**53 + 1, -1, 10**30])
async def test_no_number_is_too_large_to_be_refused(gathering: Gathering, value: int):
    stored, heard = await gathering.stored(), gathering.heard(but="host")

    for do in COMMANDS:
        whole = await gathering.said(do)
        for field in (name for name, kept in whole.items() if isinstance(kept, int) and not isinstance(kept, bool)):
            answer = await told(gathering, json.dumps({"do": do, "id": "c", **whole, field: value}))
            assert (answer["type"], answer["code"] != "fault") == ("refused", True), (do, field, answer)

    assert (await gathering.stored(), gathering.heard(but="host")) == (stored, heard)


async def test_what_is_somewhere_else_cannot_be_touched_from_here(gathering: Gathering):
    """Ids of nobody, and ids of a question and of people in another room."""
    place = gathering.place
    elsewhere, cookie = await place.person("Elsewhere", may_open_rooms=True)
    asker, asker_cookie = await place.person("Asker")
    await place.room(elsewhere, "Swifts")
    for one in (cookie, asker_cookie):
        await place.page(one).enter("swifts")
    question = (await place.pages[-1].does("question.ask", text="Is this another room?"))["made"]
    stored, heard = await gathering.stored(), gathering.heard(but="host")

    for do, model in COMMANDS.items():
        for field in IDS & model.model_fields.keys():
            for id in (NOTHING, question, asker.id):
                value: Any = {"kind": "question", "id": id} if field in ("entry", "before") else id
                if (do, id) == ("role.give", asker.id):  # a role can be given ahead, to whoever has an account
                    continue
                answer = await told(
                    gathering, json.dumps({"do": do, "id": "c", **await gathering.said(do), field: value})
                )
                assert answer.get("code") != "fault", (do, field, answer)
                assert answer["type"] == "refused" or await unchanged(gathering, stored), (do, field, id, answer)
                assert gathering.heard(but="host") == heard, (do, field, id, answer)

    assert await unchanged(gathering, stored)


async def unchanged(gathering: Gathering, stored: list[str]) -> bool:
    """Nothing is written but, in the audit, that somebody tried."""
    return [row for row in await gathering.stored() if not row.startswith("audit")] == [
        row for row in stored if not row.startswith("audit")
    ]


async def test_commands_out_of_order_are_refused(gathering: Gathering):
    """A page that never came in says everything there is to say."""
    outside = gathering.place.page(gathering.pages["host"].cookie)
    stored, heard = await gathering.stored(), gathering.heard(but="host")

    for do in COMMANDS.keys() - {"room.enter", "room.leave", "room.knock"}:
        answer = await outside.does(do, **await gathering.said(do))
        assert (answer["type"], answer["code"]) == ("refused", "room.not_entered"), (do, answer)

    assert (await gathering.stored(), gathering.heard(but="host")) == (stored, heard)


def test_every_command_has_an_id_and_no_other_word_for_who_says_it():
    words = {"actor", "as", "by", "from", "role_of", "session", "token", "user", "weight", "cookie"}

    assert all("id" in model.model_fields for model in COMMANDS.values())
    assert [do for do, model in COMMANDS.items() if words & model.model_fields.keys()] == []
    assert issubclass(wire.Command, wire.Message)
