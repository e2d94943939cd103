"""What the desk does with the queue."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, on_air
from causerie.floor.live import LiveRoom
from causerie.ids import QuestionId
from causerie.questions import moves as asking
from causerie.questions import store as questions
from causerie.stage import events as happened
from causerie.stage import moves as staging
from causerie.stage import store as stage


async def pick(tx: Tx, live: LiveRoom, host: Person, *, question: QuestionId, here: bool) -> None:
    """Put a question on air; its asker is invited where they want to ask it themselves and are here."""
    allowed(live, host, "floor.pick")
    on_air(live)
    await questions.store(tx, live.room.id, asking.put_on_air(live.questions, question, now=tx.now))
    picked = live.questions.all[question]
    if picked.myself and here and picked.person not in live.stage.seats and picked.state == "open":
        invited = staging.invite(live.stage, picked.person, picked.name, now=tx.now, question=question)
        await stage.store(tx, live.room.id, invited)
    await tx.audit("floor.pick", actor=host.id, room=live.room.id, subject=question)


async def answered(tx: Tx, live: LiveRoom, host: Person, *, question: QuestionId) -> None:
    allowed(live, host, "floor.answer")
    await questions.store(tx, live.room.id, asking.answer(live.questions, question, now=tx.now))


async def put_back(tx: Tx, live: LiveRoom, host: Person, *, question: QuestionId) -> None:
    """Back among the open ones; an invitation that was made for it is taken back."""
    allowed(live, host, "floor.answer")
    await questions.store(tx, live.room.id, asking.put_back(live.questions, question))
    for invitation in live.stage.invitations.values():
        if invitation.question == question:
            closed = happened.InvitationClosed(invitation.person, "withdrawn", question)
            await stage.store(tx, live.room.id, [closed])
