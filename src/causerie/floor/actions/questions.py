"""Asking and voting."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import going_on, named
from causerie.floor.live import LiveRoom
from causerie.ids import QuestionId, new_id
from causerie.questions import moves as asking
from causerie.questions import store as questions
from causerie.questions.errors import BoxClosed


async def ask(tx: Tx, live: LiveRoom, asker: Person, *, text: str, myself: bool) -> QuestionId:
    """Put a question to the room, before it begins or while it is live."""
    if live.room.over or live.room.phase == "missed":
        raise BoxClosed
    id = QuestionId(new_id())
    name = named(asker)
    await questions.store(
        tx,
        live.room.id,
        asking.ask(live.questions, asker.id, name, id=id, text=text, myself=myself, now=tx.now),
    )
    return id


async def vote(tx: Tx, live: LiveRoom, voter: Person, *, question: QuestionId) -> None:
    going_on(live)
    named(voter)
    await questions.store(tx, live.room.id, asking.vote(live.questions, voter.id, question))


async def unvote(tx: Tx, live: LiveRoom, voter: Person, *, question: QuestionId) -> None:
    going_on(live)
    await questions.store(tx, live.room.id, asking.unvote(live.questions, voter.id, question))


async def withdraw(tx: Tx, live: LiveRoom, asker: Person, *, question: QuestionId) -> None:
    await questions.store(tx, live.room.id, asking.withdraw(live.questions, asker.id, question))
