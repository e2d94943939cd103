"""How each event of a question is written, and how a room's questions are read back."""

from collections import defaultdict
from functools import singledispatch
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.ids import PersonId, QuestionId, RoomId
from causerie.questions import events as happened
from causerie.questions.events import Vote
from causerie.questions.models import question_terms, questions, votes
from causerie.questions.state import Question, Questions
from causerie.terms import kept


async def store(tx: Tx, room: RoomId, events: list[happened.Event]) -> None:
    """Write what happened, and announce it."""
    for event in events:
        await _write(event, tx, room)
    tx.emit(*events)


async def read(connection: AsyncConnection, room: RoomId) -> Questions:
    """A room's questions with their votes, in two statements however many there are."""
    mine = select(questions).where(questions.c.room == room).order_by(questions.c.id)
    given = select(votes).join(questions, questions.c.id == votes.c.question).where(questions.c.room == room)
    cast: dict[str, list[Vote]] = defaultdict(list)
    for question, person, value, guest in await connection.execute(given):
        cast[question].append(Vote(PersonId(person), value, guest))
    rows = [
        {key: value for key, value in row.items() if key != "room"}
        for row in (await connection.execute(mine)).mappings()
    ]
    return Questions({QuestionId(row["id"]): Question(**row, **_votes(cast[row["id"]])) for row in rows})


def _votes(given: list[Vote]) -> dict[str, Any]:
    return {
        "voters": frozenset(vote.person for vote in given if vote.value == 1),
        "against": frozenset(vote.person for vote in given if vote.value == -1),
        "guests": frozenset(vote.person for vote in given if vote.guest),
    }


@singledispatch
async def _write(event: object, _tx: Tx, _room: RoomId) -> None:
    raise TypeError(f"{type(event).__name__} is no event of a question")


@_write.register
async def _(event: happened.QuestionAsked, tx: Tx, room: RoomId) -> None:
    await tx.put(
        questions,
        id=event.question,
        room=room,
        person=event.person,
        name=event.name,
        text=event.text,
        myself=event.myself,
        asked_at=event.at,
        state="pending" if event.held else "open",
        hidden_from=event.hidden_from,
        held=event.held,
    )
    await tx.put(question_terms, question=event.question, text=kept(event.text))


@_write.register
async def _(event: happened.QuestionApproved, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="open")


@_write.register
async def _(event: happened.QuestionDismissed, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="dismissed", reason=event.reason)


@_write.register
async def _(event: happened.QuestionRestored, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="open", reason=None)


@_write.register
async def _(event: happened.QuestionMerged, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="merged", merged_into=event.into)
    earlier = update(questions).where(questions.c.merged_into == event.question)
    await tx.run(earlier.values(merged_into=event.into))
    await tx.run(delete(votes).where(votes.c.question == event.question))
    for vote in event.carried:
        await _vote(tx, event.into, vote)


@_write.register
async def _(event: happened.QuestionParted, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="pending" if event.unread else "open", merged_into=None)


@_write.register
async def _(event: happened.QuestionEdited, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, text=event.text, edited_at=event.at)
    await tx.put(question_terms, question=event.question, text=kept(event.text))


@_write.register
async def _(event: happened.QuestionReopened, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="open", on_air_at=None, answered_at=None)


@_write.register
async def _(event: happened.QuestionWithdrawn, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="withdrawn", merged_into=None)


@_write.register
async def _(event: happened.QuestionNameHidden, tx: Tx, _room: RoomId) -> None:
    read_out = {"myself": False} if event.hidden_from == "everybody" else {}
    await _changed(tx, event.question, hidden_from=event.hidden_from, **read_out)


@_write.register
async def _(event: happened.QuestionHandedOn, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, person=event.person, name=event.name)


@_write.register
async def _(event: happened.QuestionNext, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="next", called_at=event.at)


@_write.register
async def _(event: happened.QuestionOnAir, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="on_air", on_air_at=event.at, called_at=None)


@_write.register
async def _(event: happened.QuestionAnswered, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="answered", answered_at=event.at)


@_write.register
async def _(event: happened.QuestionPutBack, tx: Tx, _room: RoomId) -> None:
    await _changed(tx, event.question, state="open", on_air_at=None, called_at=None)


@_write.register
async def _(_event: happened.QuestionsCarriedOver, tx: Tx, room: RoomId) -> None:
    still_open = update(questions).where(questions.c.room == room, questions.c.state == "open")
    await tx.run(still_open.values(state="carried_over"))


@_write.register
async def _(event: happened.Voted, tx: Tx, _room: RoomId) -> None:
    await _vote(tx, event.question, Vote(event.person, event.value, event.guest))


@_write.register
async def _(event: happened.Unvoted, tx: Tx, _room: RoomId) -> None:
    await tx.run(delete(votes).where(votes.c.question == event.question, votes.c.person == event.person))


async def _vote(tx: Tx, question: QuestionId, vote: Vote) -> None:
    await tx.put(votes, question=question, person=vote.person, value=vote.value, guest=vote.guest)


async def _changed(tx: Tx, question: QuestionId, **values: object) -> None:
    await tx.run(update(questions).where(questions.c.id == question).values(values))
