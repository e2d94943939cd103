"""One thing at a time per room: decided, written, committed, folded, announced; then the next."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from causerie.db import Database, Tx
from causerie.errors import Conflict
from causerie.turns import Busy, Turns

Line = tuple[object, ...]


@pytest.fixture
async def told() -> list[tuple[str, Line, list[object], Line]]:
    """What was announced."""
    return []


@pytest.fixture
async def turns(database: Database, told: list) -> AsyncIterator[Turns[Line]]:
    """Two rooms whose state is simply the line of what happened."""
    taken: Turns[Line] = Turns(
        database, fold=lambda event, line: (*line, event), announce=lambda *announced: told.append(announced)
    )
    taken.hold("a", ())
    taken.hold("b", ())
    yield taken
    await taken.close()


def says(word: str):
    async def action(tx: Tx, line: Line) -> int:
        tx.emit(word)
        return len(line)

    return action


async def refuses(tx: Tx, _: Line) -> None:
    tx.emit("never")
    raise Conflict


async def test_each_turn_sees_what_the_one_before_did(turns: Turns[Line], told: list):
    seen = await asyncio.gather(*(turns.take("a", says(word)) for word in "xyz"))

    assert seen == [0, 1, 2]
    assert turns.states == {"a": ("x", "y", "z"), "b": ()}
    assert told == [
        ("a", (), ["x"], ("x",)),
        ("a", ("x",), ["y"], ("x", "y")),
        ("a", ("x", "y"), ["z"], ("x", "y", "z")),
    ]


async def test_what_closes_overtakes_all_that_waits(turns: Turns[Line]):
    waiting = [asyncio.create_task(turns.take("a", says(f"vote {n}"))) for n in range(5)]
    await asyncio.sleep(0)
    closing = asyncio.create_task(turns.take("a", says("mute"), closing=True))

    await asyncio.gather(*waiting, closing)

    assert turns.states["a"].index("mute") <= 1
    assert [word for word in turns.states["a"] if word != "mute"] == [f"vote {n}" for n in range(5)]


async def test_a_refused_turn_changes_nothing_and_is_not_announced(turns: Turns[Line], told: list):
    with pytest.raises(Conflict):
        await turns.take("a", refuses)

    assert await turns.take("a", says("next")) == 0
    assert (turns.states["a"], len(told)) == (("next",), 1)


async def test_a_turn_without_events_is_not_announced(turns: Turns[Line], told: list):
    async def looks(_: Tx, line: Line) -> int:
        return len(line)

    assert await turns.take("a", looks) == 0
    assert told == []


async def test_a_turn_is_done_even_where_nobody_waits_for_it_any_more(turns: Turns[Line]):
    left = asyncio.create_task(turns.take("a", says("left")))
    await asyncio.sleep(0)
    left.cancel()

    await turns.take("a", says("stays"))

    assert turns.states["a"] == ("left", "stays")


async def test_too_much_at_once_is_refused_and_counted(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.turns.WAITING", 4)
    turns: Turns[Line] = Turns(database, fold=lambda event, line: (*line, event), announce=lambda *_: None)
    turns.hold("a", ())

    done = await asyncio.gather(*(turns.take("a", says(word)) for word in "uvwxyz"), return_exceptions=True)

    assert [type(one) for one in done] == [int] * 4 + [Busy] * 2
    assert (turns.states["a"], turns.refused_full) == (tuple("uvwx"), 2)
    await turns.close()


async def test_a_room_that_is_let_go_can_be_held_again(turns: Turns[Line]):
    await turns.take("a", says("before"))

    await turns.drop("a")
    with pytest.raises(KeyError):
        await turns.take("a", says("nobody hears"))
    turns.hold("a", ())

    assert await turns.take("a", says("again")) == 0


async def test_what_waits_when_a_room_is_let_go_is_refused(turns: Turns[Line]):
    waiting = [asyncio.create_task(turns.take("a", says(word))) for word in "xyz"]
    await asyncio.sleep(0)
    assert (turns.busy("a"), turns.busy("b")) == (True, False)

    await turns.drop("a")

    async with asyncio.timeout(10):
        done = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(one) for one in done] == [Busy] * 3


async def test_a_room_may_be_held_again_while_it_is_let_go(turns: Turns[Line]):
    going = asyncio.create_task(turns.drop("a"))
    await asyncio.sleep(0)
    turns.hold("a", ("anew",))

    await going

    assert await turns.take("a", says("here")) == 1
    assert turns.states["a"] == ("anew", "here")
