"""Turns without a database."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from causerie.db import Tx
from causerie.errors import Refusal
from causerie.floor.live import LiveRoom, fold
from tests.hall import NOW

Turn = Callable[[Tx, LiveRoom], Awaitable[Any]]


class PaperTx:
    """A turn that writes nowhere: its events are what is looked at."""

    def __init__(self, now: int) -> None:
        self.now = now
        self.events: list[object] = []
        self.audited: list[str] = []

    async def run(self, *_: Any, **__: Any) -> None: ...

    put = run

    async def audit(self, verb: str, **_: Any) -> None:
        self.audited.append(verb)

    def emit(self, *events: object) -> None:
        self.events.extend(events)


def done(action: Coroutine[Any, Any, Any]) -> Any:
    """What an action gives; on paper it never waits."""
    try:
        action.send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("an action waited")


class OnPaper:
    """A room on paper whose turns are taken one after another."""

    live: LiveRoom
    now: int

    def turn(self, action: Any, *given: Any, **more: Any) -> Any:
        """Have something done in a turn; what it gives."""
        tx = PaperTx(self.now)
        result = done(action(tx, self.live, *given, **more))
        for event in tx.events:
            self.live = fold(event, self.live)
        return result

    def turn_unless(self, refused: bool, action: Any, *given: Any, **more: Any) -> bool:
        """Whether it was done is as expected, and what is refused changes nothing."""
        if not refused:
            self.turn(action, *given, **more)
            return True
        with pytest.raises(Refusal):
            done(action(PaperTx(self.now), self.live, *given, **more))
        return False


class Story(OnPaper):
    """What happens in one room, told from its beginning."""

    def __init__(self, live: LiveRoom) -> None:
        self.live, self.now = live, NOW

    does = OnPaper.turn


def on_paper(live: LiveRoom, turn: Turn) -> tuple[LiveRoom, list[str]]:
    """The room after a turn, and what the audit says of it; a refused turn changes nothing."""
    tx = PaperTx(NOW)
    try:
        done(turn(tx, live))  # type: ignore[arg-type]  # a Tx as far as actions need one
    except Refusal:
        return live, []
    for event in tx.events:
        live = fold(event, live)
    return live, tx.audited
