"""One table: which command is which action. Identity comes from the page's session, never from the command."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.floor.rules import may_lead
from causerie.ids import PersonId, QuestionId
from causerie.live import protocol as wire
from causerie.live.hub import Hub
from causerie.live.rooms import Rooms
from causerie.stage.errors import NotHere


class Speaker(Protocol):
    """The page a command came from, as far as an action needs it."""

    person: Person

    def take_microphone(self) -> None: ...


@dataclass(frozen=True)
class Here:
    """Where a command is done: the room, its hub, the page."""

    rooms: Rooms
    key: str
    page: Speaker

    @property
    def hub(self) -> Hub:
        return self.rooms.hubs[self.key]

    @property
    def person(self) -> Person:
        return self.page.person

    @property
    def number(self) -> int:
        return self.hub.number(self.person.id)

    async def act(self, action: Callable[[Tx, LiveRoom], Awaitable[Any]], *, closing: bool = False) -> Any:
        return await self.rooms.act(self.key, action, closing=closing)

    def shut(self, person: PersonId) -> None:
        """What closes, closes first: the sound is gone before anything is written."""
        if person == self.person.id or may_lead(self.rooms.state(self.key), self.person):
            self.rooms.media.shut(self.key, person)


async def _start(here: Here, _: wire.RoomStart) -> None:
    await here.act(lambda tx, live: actions.start_room(tx, live, here.person, number=here.number))


async def _end(here: Here, _: wire.RoomEnd) -> None:
    await here.act(lambda tx, live: actions.end_room(tx, live, here.person), closing=True)


async def _raise_hand(here: Here, said: wire.HandRaise) -> None:
    await here.act(lambda tx, live: actions.raise_hand(tx, live, here.person, note=said.note))


async def _lower_hand(here: Here, _: wire.HandLower) -> None:
    await here.act(lambda tx, live: actions.lower_hand(tx, live, here.person))


async def _invite(here: Here, said: wire.StageInvite) -> None:
    person = PersonId(said.person)
    name = here.hub.name_of(person)
    if name is None:
        raise NotHere
    await here.act(lambda tx, live: actions.invite(tx, live, here.person, person=person, name=name))


async def _accept(here: Here, _: wire.StageAccept) -> None:
    here.page.take_microphone()
    await here.act(lambda tx, live: actions.accept(tx, live, here.person, number=here.number))


async def _decline(here: Here, _: wire.StageDecline) -> None:
    await here.act(lambda tx, live: actions.decline(tx, live, here.person))


async def _more_time(here: Here, _: wire.StageMoreTime) -> None:
    await here.act(lambda tx, live: actions.more_time(tx, live, here.person))


async def _step_down(here: Here, _: wire.StageStepDown) -> None:
    here.shut(here.person.id)
    await here.act(lambda tx, live: actions.step_down(tx, live, here.person), closing=True)


async def _mute_other(here: Here, said: wire.StageMute) -> None:
    person = PersonId(said.person)
    here.shut(person)
    await here.act(lambda tx, live: actions.mute(tx, live, here.person, person=person), closing=True)


async def _move_down(here: Here, said: wire.StageMoveDown) -> None:
    person = PersonId(said.person)
    here.shut(person)
    await here.act(lambda tx, live: actions.move_down(tx, live, here.person, person=person), closing=True)


async def _mute(here: Here, _: wire.MicrophoneMute) -> None:
    here.shut(here.person.id)
    await here.act(lambda tx, live: actions.mute(tx, live, here.person, person=here.person.id), closing=True)


async def _unmute(here: Here, _: wire.MicrophoneUnmute) -> None:
    here.page.take_microphone()
    await here.act(lambda tx, live: actions.unmute(tx, live, here.person, number=here.number))


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


async def _pick(here: Here, said: wire.FloorPick) -> None:
    question = QuestionId(said.question)
    asked = here.rooms.state(here.key).questions.all.get(question)
    is_here = asked is not None and bool(here.hub.pages_of(asked.person))
    await here.act(lambda tx, live: actions.pick(tx, live, here.person, question=question, here=is_here))


async def _answered(here: Here, said: wire.FloorAnswered) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.answered(tx, live, here.person, question=question))


async def _put_back(here: Here, said: wire.FloorPutBack) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.put_back(tx, live, here.person, question=question))


TABLE: dict[type[wire.Command], Callable[[Here, Any], Awaitable[str | None]]] = {
    wire.RoomStart: _start,
    wire.RoomEnd: _end,
    wire.HandRaise: _raise_hand,
    wire.HandLower: _lower_hand,
    wire.StageInvite: _invite,
    wire.StageAccept: _accept,
    wire.StageDecline: _decline,
    wire.StageMoreTime: _more_time,
    wire.StageStepDown: _step_down,
    wire.StageMute: _mute_other,
    wire.StageMoveDown: _move_down,
    wire.MicrophoneMute: _mute,
    wire.MicrophoneUnmute: _unmute,
    wire.QuestionAsk: _ask,
    wire.QuestionVote: _vote,
    wire.QuestionUnvote: _unvote,
    wire.QuestionWithdraw: _withdraw,
    wire.FloorPick: _pick,
    wire.FloorAnswered: _answered,
    wire.FloorPutBack: _put_back,
}
