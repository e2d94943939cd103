"""Recording, and one's own part in it. What closes is closed at the recorder before it is written."""

from collections.abc import Awaitable, Callable
from typing import Any

from causerie.copies import leaving
from causerie.db import Tx
from causerie.floor.rules import can
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.recordings import actions, coming
from causerie.recordings.coming import Part
from causerie.recordings.live import RecordedRoom

Action = Callable[[Tx, RecordedRoom], Awaitable[Any]]


async def _start(here: Here, _: wire.RecordingStart) -> None:
    await here.act(lambda tx, live: actions.start(tx, live, here.person))


async def _resume(here: Here, _: wire.RecordingResume) -> None:
    await here.act(lambda tx, live: actions.resume(tx, live, here.person))


async def _pause(here: Here, _: wire.RecordingPause) -> None:
    people = _recorded(here) if can(here.state, here.person, actions.RIGHT) else []
    await _closing(here, people, lambda tx, live: actions.pause(tx, live, here.person))


async def _stop(here: Here, _: wire.RecordingStop) -> None:
    people = _recorded(here) if can(here.state, here.person, actions.RIGHT) else []
    await _closing(here, people, lambda tx, live: actions.stop(tx, live, here.person))


async def _withdraw(here: Here, _: wire.RecordingWithdraw) -> None:
    if here.state.room.over:  # nothing is written any more, and the copy has to be looked at
        await here.act(lambda tx, live: leaving.withdraw(tx, live, here.person))
    else:
        await _closing(here, [here.person.id], lambda tx, live: leaving.withdraw(tx, live, here.person))


async def _consent(here: Here, said: wire.RecordingConsent) -> None:
    part = Part(said.keep, said.words)

    async def answered(tx: Tx, live: RecordedRoom) -> None:
        await coming.answer(tx, live, here.person, part)

    if said.keep:
        await here.act(answered)
    else:
        await _closing(here, [here.person.id], answered)


async def _closing(here: Here, people: list[PersonId], action: Action) -> None:
    """Nothing of these people is written from now on; where it is refused after all, it is again."""
    try:
        with here.rooms.recorder.silent(here.key, people):
            await here.act(action, closing=True)
    finally:
        here.rooms.record(here.key)


def part_of(said: wire.Consent | None) -> Part | None:
    """What somebody who comes up says of their part."""
    return Part(said.keep, said.words) if said is not None else None


def _recorded(here: Here) -> list[PersonId]:
    return list(here.state.recorded)


COMMANDS: Commands = {
    wire.RecordingStart: _start,
    wire.RecordingPause: _pause,
    wire.RecordingResume: _resume,
    wire.RecordingStop: _stop,
    wire.RecordingConsent: _consent,
    wire.RecordingWithdraw: _withdraw,
}
