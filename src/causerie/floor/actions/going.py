"""Somebody goes for good: nothing of a room names them any more, and what others built on it stays."""

from collections.abc import Mapping

from causerie.db import Tx
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.questions import events as happened
from causerie.questions import moves as asking
from causerie.questions import store as questions
from causerie.questions.events import Event
from causerie.questions.state import OPEN, Question


async def leave_questions(tx: Tx, live: LiveRoom, nobody_of: Mapping[PersonId, PersonId]) -> None:
    """What waits is withdrawn; what was taken up stays without a name; votes are counted on. All of it is nobody's."""
    for id, nobody in nobody_of.items():
        gone = [event for one in live.questions.of(id) for event in _left(live, one, nobody)]
        counted = [event for one in live.questions.all.values() for event in _vote_left(one, id, nobody)]
        await questions.store(tx, live.room.id, [*gone, *counted])


def _left(live: LiveRoom, one: Question, nobody: PersonId) -> list[Event]:
    waits = one.state in OPEN | {"pending"}
    withdrawn = asking.withdraw(live.questions, one.person, one.id) if waits else []
    hidden: list[Event] = []
    if one.hidden_from != "everybody":
        hidden.append(happened.QuestionNameHidden(one.id, "everybody"))
    return [*withdrawn, *hidden, happened.QuestionHandedOn(one.id, nobody, "")]


def _vote_left(one: Question, id: PersonId, nobody: PersonId) -> list[Event]:
    value = one.value_of(id)
    if value == 0:
        return []
    return [happened.Unvoted(one.id, id), happened.Voted(one.id, nobody, value, id in one.guests)]
