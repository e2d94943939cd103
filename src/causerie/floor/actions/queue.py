"""What the desk does with the queue."""

from dataclasses import replace
from functools import reduce

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.deck import come_on_air, comes_at_once
from causerie.floor.actions.guards import allowed, on_air
from causerie.floor.actions.topics import asked_on_air
from causerie.floor.errors import NotWaiting
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId, QuestionId
from causerie.questions import moves as asking
from causerie.questions import store as questions
from causerie.stage import events as happened
from causerie.stage import moves as staging
from causerie.stage import store as stage
from causerie.stage.encoders import take_tokens_back
from causerie.stage.state import Stage, fold


async def pick(tx: Tx, live: LiveRoom, host: Person, *, question: QuestionId, here: bool, number: int = 0) -> None:
    """Take a question now. Where its asker wants to ask it and is here, it is on air when they are."""
    allowed(live, host, "floor.pick")
    on_air(live)
    picked = asking.there(live.questions, question)
    comes = picked.myself and here and picked.person not in live.stage.seats and picked.state == "open"
    waits = comes and not comes_at_once(live, picked.person, tx.now)
    taken = asking.call if waits else asking.put_on_air
    if picked.state != "next":
        await asked_on_air(tx, live, taken(live.questions, question, now=tx.now))
    on_stage = await _make_way(tx, live, question)
    if comes:
        then = replace(live, stage=on_stage)
        await _call(tx, then, picked.person, picked.name, question=question, number=number)
    await tx.audit("floor.pick", actor=host.id, room=live.room.id, subject=question)


async def read_out(tx: Tx, live: LiveRoom, host: Person, *, question: QuestionId) -> None:
    """On air without its asker, who was called or might be: somebody reads it out."""
    allowed(live, host, "floor.pick")
    on_air(live)
    await asked_on_air(tx, live, asking.put_on_air(live.questions, question, now=tx.now))
    await _uninvite(tx, live, question)
    await _make_way(tx, live, question)
    await tx.audit("floor.read_out", actor=host.id, room=live.room.id, subject=question)


async def _make_way(tx: Tx, live: LiveRoom, question: QuestionId) -> Stage:
    """Nobody is called any more for another question that was next; the stage as it is then."""
    called = live.questions.next
    return live.stage if called is None or called.id == question else await _uninvite(tx, live, called.id)


async def pick_hand(tx: Tx, live: LiveRoom, host: Person, *, person: PersonId, number: int) -> None:
    """Give somebody the floor whose hand is up: at once where they are ready, by an invitation otherwise."""
    allowed(live, host, "floor.pick")
    on_air(live)
    hand = live.stage.hands.get(person)
    if hand is None:
        raise NotWaiting
    await _call(tx, live, person, hand.name, question=None, number=number)
    await tx.audit("floor.pick", actor=host.id, room=live.room.id, subject=person)


async def _call(
    tx: Tx, live: LiveRoom, person: PersonId, name: str, *, question: QuestionId | None, number: int
) -> None:
    """To the stage: with a count-down, or by an invitation."""
    if comes_at_once(live, person, tx.now):
        await come_on_air(tx, live, person=person, name=name, number=number, question=question)
    else:
        invited = staging.invite(live.stage, person, name, now=tx.now, question=question)
        await stage.store(tx, live.room.id, invited)


async def answered(tx: Tx, live: LiveRoom, host: Person, *, question: QuestionId, thanks: bool = False) -> None:
    """Answered: its asker stays on stage, or goes back to the audience with thanks."""
    allowed(live, host, "floor.answer")
    done = asking.answer(live.questions, question, now=tx.now)
    await questions.store(tx, live.room.id, done)
    asker = live.questions.all[question].person
    if done and thanks and (left := staging.thank(live.stage, asker)):
        await stage.store(tx, live.room.id, left)
        await take_tokens_back(tx, live.room.id, asker)
        await tx.audit("floor.thank", actor=host.id, room=live.room.id, subject=asker)
    await tx.audit("floor.answered", actor=host.id, room=live.room.id, subject=question)


async def put_back(tx: Tx, live: LiveRoom, host: Person, *, question: QuestionId) -> None:
    """Back among the open ones; an invitation that was made for it is taken back."""
    allowed(live, host, "floor.answer")
    await questions.store(tx, live.room.id, asking.put_back(live.questions, question))
    await _uninvite(tx, live, question)
    await tx.audit("floor.put_back", actor=host.id, room=live.room.id, subject=question)


async def _uninvite(tx: Tx, live: LiveRoom, question: QuestionId) -> Stage:
    """An invitation that was made for this question is taken back; the stage as it is then."""
    given = [one for one in live.stage.invitations.values() if one.question == question]
    events = [happened.InvitationClosed(one.person, "withdrawn", question) for one in given]
    await stage.store(tx, live.room.id, [*events])
    return reduce(lambda so_far, event: fold(event, so_far), events, live.stage)
