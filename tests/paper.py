"""Turns without a database, and evenings of chance that go the same way with one."""

import random
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from causerie.clock import SECOND
from causerie.db import Tx
from causerie.errors import Refusal
from causerie.floor import actions
from causerie.floor.live import LiveRoom, fold
from causerie.ids import QuestionId
from tests.hall import NOW, ada, ben, cho, dee, gus

Turn = Callable[[Tx, LiveRoom], Awaitable[Any]]
NUMBERS = {person.id: number for number, person in enumerate([ada, ben, cho, dee], 1)}


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


def turn_of_chance(chance: random.Random, number: int) -> Turn:
    """What somebody does next, allowed or not, eleven seconds after the turn before; the same for the same chance."""
    person, other = chance.choice([ada, ben, cho, dee]), chance.choice([ben, cho, dee])
    n, yes, kind = chance.randrange(4), chance.random() < 0.5, chance.randrange(32)

    async def turn(tx: Tx, live: LiveRoom) -> None:
        tx.now = NOW + number * 11 * SECOND
        ids = list(live.questions.all)
        id = ids[-1 - n % len(ids)] if ids else QuestionId("none")
        speaker_number = NUMBERS[person.id]
        doing: list[Callable[[], Awaitable[Any]]] = [
            lambda: actions.ask(tx, live, other, text=f"Question {number}?", myself=yes),
            lambda: actions.ask(tx, live, person, text=f"Question {number}?", myself=True),
            lambda: actions.vote(tx, live, person, question=id),
            lambda: actions.vote(tx, live, other, question=id),
            lambda: actions.unvote(tx, live, person, question=id),
            lambda: actions.withdraw(tx, live, person, question=id),
            lambda: actions.pick(tx, live, ada, question=id, here=yes),
            lambda: actions.answered(tx, live, ada, question=id),
            lambda: actions.put_back(tx, live, ada, question=id),
            lambda: actions.raise_hand(tx, live, person, note="sparrows" if yes else None),
            lambda: actions.invite(tx, live, ada, person=other.id, name=other.name or ""),
            lambda: actions.accept(tx, live, person, number=speaker_number),
            lambda: actions.mute(tx, live, ada, person=person.id),
            lambda: actions.unmute(tx, live, person, number=speaker_number),
            lambda: actions.lose_line(tx, live, person.id) if yes else actions.find_line(tx, live, person.id),
            lambda: actions.move_down(tx, live, ada, person=other.id) if yes else actions.step_down(tx, live, person),
            lambda: _time(tx, live) if yes else actions.decline(tx, live, person),
            lambda: actions.mute(tx, live, ada, person=other.id, hold=True),
            lambda: actions.release(tx, live, ada, person=other.id) if yes else actions.ask_to_speak(tx, live, other),
            lambda: actions.hush(tx, live, ada, on=yes and n == 0),
            lambda: actions.wish_unmuted(tx, live, ada, person=other.id) if yes else actions.mute_all(tx, live, ada),
            lambda: actions.take_away(tx, live, person, away=yes),
            lambda: actions.shortlist(tx, live, ada, entry=("question", id), on=yes),
            lambda: (
                actions.move(tx, live, ada, entry=("hand", person.id), before=None)
                if yes
                else actions.lower_all(tx, live, ada)
            ),
            lambda: (
                actions.set_room(tx, live, ada, backstage=yes)
                if n
                else actions.put_on_air(tx, live, ada, person=other.id)
            ),
            lambda: actions.note_guest(tx, live, ada, person=other.id, topic="rivers", note=None, ready=yes),
            lambda: actions.note_talk(tx, live, dict.fromkeys(live.stage.seats, 1000 + n)),
            lambda: actions.sweep_deck(tx, live, here=(ben.id, cho.id, dee.id) if yes else (person.id,)),
            lambda: actions.answer_deck(tx, live, other, answer="ready" if yes else "not_ready"),
            lambda: actions.ask(tx, live, gus, text=f"Question {number}?", myself=yes, anonymous=yes),
            lambda: actions.vote(tx, live, gus if yes else other, question=id, value=-1 if n else 1),
            lambda: actions.set_room(tx, live, ada, down_votes=True, anonymous="allowed", read_first=yes),
            lambda: (
                actions.approve(tx, live, ada, question=id)
                if yes
                else actions.merge(tx, live, ada, question=id, into=ids[n % len(ids)] if ids else id)
            ),
            lambda: _moderated(tx, live, id, n, yes=yes),
        ]
        await doing[kind]()

    return turn


def _moderated(tx: Tx, live: LiveRoom, id: QuestionId, n: int, *, yes: bool) -> Awaitable[Any]:
    """One of the other things that those who lead do with a question."""
    if n == 0:
        return actions.edit(tx, live, ada, question=id, text=f"Which way, {tx.now}?")
    if n == 1:
        return actions.reopen(tx, live, ada, question=id)
    return (
        actions.dismiss(tx, live, ada, question=id, reason="unclear")
        if yes
        else actions.restore(tx, live, ada, question=id)
    )


def _time(tx: Tx, live: LiveRoom) -> Awaitable[Any]:
    """A sweep; a host who is away comes back before it, or the evening would be over soon."""
    return actions.find_line(tx, live, ada.id) if ada.id in live.room.away else actions.sweep(tx, live)


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
