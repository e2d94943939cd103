"""Hands, invitations, seats, microphones."""

from causerie.floor import actions
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.live.commands.recordings import part_of
from causerie.recordings import coming as recordings
from causerie.stage.errors import NotHere


async def _raise_hand(here: Here, said: wire.HandRaise) -> None:
    await here.act(lambda tx, live: actions.raise_hand(tx, live, here.person, note=said.note))


async def _lower_hand(here: Here, _: wire.HandLower) -> None:
    await here.act(lambda tx, live: actions.lower_hand(tx, live, here.person))


async def _lower_all(here: Here, _: wire.HandsLower) -> None:
    await here.act(lambda tx, live: actions.lower_all(tx, live, here.person))


async def _invite(here: Here, said: wire.StageInvite) -> None:
    person = PersonId(said.person)
    found = here.hub.person_by_name(person)
    if found is None:
        raise NotHere
    await here.act(lambda tx, live: actions.invite_somebody(tx, live, here.person, found))


async def _accept(here: Here, said: wire.StageAccept) -> None:
    here.page.take_microphone()
    part, number = part_of(said.part), here.number
    await here.act(lambda tx, live: recordings.accept(tx, live, here.person, number=number, part=part))


async def _decline(here: Here, _: wire.StageDecline) -> None:
    await here.act(lambda tx, live: actions.decline(tx, live, here.person))


async def _more_time(here: Here, _: wire.StageMoreTime) -> None:
    await here.act(lambda tx, live: actions.more_time(tx, live, here.person))


async def _step_down(here: Here, _: wire.StageStepDown) -> None:
    here.shut(here.person.id)
    await here.act(lambda tx, live: actions.step_down(tx, live, here.person), closing=True)


async def _move_down(here: Here, said: wire.StageMoveDown) -> None:
    person = PersonId(said.person)
    here.shut(person, "stage.move_down")
    await here.act(lambda tx, live: actions.move_down(tx, live, here.person, person=person), closing=True)


async def _unmute(here: Here, _: wire.MicrophoneUnmute) -> None:
    here.page.take_microphone()
    await here.act(lambda tx, live: actions.unmute(tx, live, here.person, number=here.number))


COMMANDS: Commands = {
    wire.HandRaise: _raise_hand,
    wire.HandLower: _lower_hand,
    wire.HandsLower: _lower_all,
    wire.StageInvite: _invite,
    wire.StageAccept: _accept,
    wire.StageDecline: _decline,
    wire.StageMoreTime: _more_time,
    wire.StageStepDown: _step_down,
    wire.StageMoveDown: _move_down,
    wire.MicrophoneUnmute: _unmute,
}
