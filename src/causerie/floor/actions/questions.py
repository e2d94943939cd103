"""Asking and voting."""

from typing import Literal

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import among_askers, box_open, named
from causerie.floor.live import LiveRoom
from causerie.floor.rules import may_come_up
from causerie.ids import QuestionId, new_id
from causerie.questions import moves as asking
from causerie.questions import store as questions


async def ask(tx: Tx, live: LiveRoom, asker: Person, *, text: str, myself: bool, anonymous: bool = False) -> QuestionId:
    """Put a question to the room, before it begins or while it is live, and after its end where the host wants that."""
    box_open(live)
    among_askers(live, asker)
    id = QuestionId(new_id())
    name = named(asker)
    asked = asking.ask(
        live.questions,
        asker.id,
        name,
        id=id,
        text=text,
        myself=myself and may_come_up(live, asker),
        now=tx.now,
        guest=asker.guest,
        anonymous=anonymous,
        settings=live.room.settings,
    )
    await questions.store(tx, live.room.id, asked)
    return id


async def vote(tx: Tx, live: LiveRoom, voter: Person, *, question: QuestionId, value: Literal[1, -1] = 1) -> None:
    """For a question of somebody else, or against it where the room takes that."""
    box_open(live)
    named(voter)
    given = asking.vote(live.questions, voter.id, question, value=value, guest=voter.guest, settings=live.room.settings)
    await questions.store(tx, live.room.id, given)


async def unvote(tx: Tx, live: LiveRoom, voter: Person, *, question: QuestionId) -> None:
    box_open(live)
    named(voter)
    await questions.store(tx, live.room.id, asking.unvote(live.questions, voter.id, question))


async def hide_name(tx: Tx, live: LiveRoom, asker: Person, *, question: QuestionId) -> None:
    """The room sees no more who asked it, in no list; also after the end."""
    hidden = asking.hide_name(live.questions, asker.id, question, settings=live.room.settings)
    await questions.store(tx, live.room.id, hidden)


async def withdraw(tx: Tx, live: LiveRoom, asker: Person, *, question: QuestionId) -> None:
    await questions.store(tx, live.room.id, asking.withdraw(live.questions, asker.id, question))
