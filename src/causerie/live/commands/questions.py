"""Asking, voting, and what those who lead do with questions."""

from causerie.db import Tx
from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.floor.rules import can, desk_of
from causerie.ids import QuestionId
from causerie.live import asked, site
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.questions.state import UNSEEN, Question
from causerie.rooms.errors import MayNot


async def _ask(here: Here, said: wire.QuestionAsk) -> str:
    async def once(tx: Tx, live: LiveRoom) -> str:
        before = await tx.made_before(here.person.id, said.id)
        if before is not None:
            return before
        made = await actions.ask(tx, live, here.person, text=said.text, myself=said.myself, anonymous=said.anonymous)
        await tx.remember(here.person.id, said.id, made)
        return made

    return str(await here.act(once))


async def _vote(here: Here, said: wire.QuestionVote) -> None:
    here.hub.voting.take(here.person.id, here.rooms.clock.now())
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.vote(tx, live, here.person, question=question, value=said.value))


async def _unvote(here: Here, said: wire.QuestionUnvote) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.unvote(tx, live, here.person, question=question))


async def _withdraw(here: Here, said: wire.QuestionWithdraw) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.withdraw(tx, live, here.person, question=question))


async def _hide_name(here: Here, said: wire.QuestionHideName) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.hide_name(tx, live, here.person, question=question))


async def _approve(here: Here, said: wire.QuestionApprove) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.approve(tx, live, here.person, question=question))


async def _dismiss(here: Here, said: wire.QuestionDismiss) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.dismiss(tx, live, here.person, question=question, reason=said.reason))


async def _restore(here: Here, said: wire.QuestionRestore) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.restore(tx, live, here.person, question=question))


async def _merge(here: Here, said: wire.QuestionMerge) -> None:
    question, into = QuestionId(said.question), QuestionId(said.into)
    await here.act(lambda tx, live: actions.merge(tx, live, here.person, question=question, into=into))


async def _edit(here: Here, said: wire.QuestionEdit) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.edit(tx, live, here.person, question=question, text=said.text))


async def _reopen(here: Here, said: wire.QuestionReopen) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.reopen(tx, live, here.person, question=question))


async def _similar(here: Here, said: wire.QuestionSimilar) -> None:
    """No turn: it is asked while people write."""
    here.hub.writing.take(here.person.id, here.rooms.clock.now())
    live = here.rooms.state(here.key)
    here.page.say(wire.Similar(id=said.id, questions=asked.like(live, said.text)))


async def _page(here: Here, said: wire.QuestionPage) -> None:
    here.hub.writing.take(here.person.id, here.rooms.clock.now())
    live, now = here.rooms.state(here.key), here.rooms.clock.now()
    at_desk = can(live, here.person, "question.see_pending")
    if said.tab in asked.AT_DESK and not at_desk:
        raise MayNot
    names = desk_of(live, here.person) == "hosts"
    found, more = asked.page(live, said.tab, said.after, now)
    here.page.say(
        wire.QuestionsPage(
            id=said.id,
            questions=[asked.for_room(live, one) for one in found if one.state not in UNSEEN],
            desk=[_at_desk(live, one, names=names) for one in found if at_desk and asked.desk_apart(one)],
            more=more,
        )
    )


def _at_desk(live: LiveRoom, question: Question, *, names: bool) -> wire.Question:
    shown = asked.for_desk(live, question)
    return shown if names else site.question(shown)


COMMANDS: Commands = {
    wire.QuestionAsk: _ask,
    wire.QuestionVote: _vote,
    wire.QuestionUnvote: _unvote,
    wire.QuestionWithdraw: _withdraw,
    wire.QuestionHideName: _hide_name,
    wire.QuestionApprove: _approve,
    wire.QuestionDismiss: _dismiss,
    wire.QuestionRestore: _restore,
    wire.QuestionMerge: _merge,
    wire.QuestionEdit: _edit,
    wire.QuestionReopen: _reopen,
    wire.QuestionSimilar: _similar,
    wire.QuestionPage: _page,
}
