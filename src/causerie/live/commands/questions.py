"""Asking and voting."""

from causerie.db import Tx
from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.ids import QuestionId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here


async def _ask(here: Here, said: wire.QuestionAsk) -> str:
    async def once(tx: Tx, live: LiveRoom) -> str:
        before = await tx.made_before(here.person.id, said.id)
        if before is not None:
            return before
        made = await actions.ask(tx, live, here.person, text=said.text, myself=said.myself)
        await tx.remember(here.person.id, said.id, made)
        return made

    return str(await here.act(once))


async def _vote(here: Here, said: wire.QuestionVote) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.vote(tx, live, here.person, question=question))


async def _unvote(here: Here, said: wire.QuestionUnvote) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.unvote(tx, live, here.person, question=question))


async def _withdraw(here: Here, said: wire.QuestionWithdraw) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.withdraw(tx, live, here.person, question=question))


COMMANDS: Commands = {
    wire.QuestionAsk: _ask,
    wire.QuestionVote: _vote,
    wire.QuestionUnvote: _unvote,
    wire.QuestionWithdraw: _withdraw,
}
