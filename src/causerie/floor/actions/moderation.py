"""What those who lead do with questions. Each is kept in the audit."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import box_open, permitted
from causerie.floor.live import LiveRoom
from causerie.ids import QuestionId
from causerie.questions import moderation
from causerie.questions import store as questions
from causerie.questions.events import Event, Reason


async def approve(tx: Tx, live: LiveRoom, by: Person, *, question: QuestionId) -> None:
    """A pending question is open."""
    _moderates(live, by)
    await _done(tx, live, by, "question.approve", question, moderation.approve(live.questions, question))


async def dismiss(tx: Tx, live: LiveRoom, by: Person, *, question: QuestionId, reason: Reason) -> None:
    """Never silently: its asker sees the reason."""
    _moderates(live, by)
    await _done(tx, live, by, "question.dismiss", question, moderation.dismiss(live.questions, question, reason))


async def restore(tx: Tx, live: LiveRoom, by: Person, *, question: QuestionId) -> None:
    _moderates(live, by)
    await _done(tx, live, by, "question.restore", question, moderation.restore(live.questions, question))


async def merge(tx: Tx, live: LiveRoom, by: Person, *, question: QuestionId, into: QuestionId) -> None:
    """Two that ask the same are one."""
    _moderates(live, by, "question.merge")
    await _done(tx, live, by, "question.merge", question, moderation.merge(live.questions, question, into=into))


async def edit(tx: Tx, live: LiveRoom, by: Person, *, question: QuestionId, text: str) -> None:
    _moderates(live, by)
    worded = moderation.edit(live.questions, question, text, now=tx.now)
    await _done(tx, live, by, "question.edit", question, worded)


async def reopen(tx: Tx, live: LiveRoom, by: Person, *, question: QuestionId) -> None:
    _moderates(live, by)
    await _done(tx, live, by, "question.reopen", question, moderation.reopen(live.questions, question))


def _moderates(live: LiveRoom, by: Person, verb: str = "question.moderate") -> None:
    permitted(live, by, verb)
    box_open(live)


async def _done(tx: Tx, live: LiveRoom, by: Person, verb: str, question: QuestionId, events: list[Event]) -> None:
    await questions.store(tx, live.room.id, events)
    if events:
        await tx.audit(verb, actor=by.id, room=live.room.id, subject=question)
