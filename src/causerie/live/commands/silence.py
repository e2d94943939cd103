"""Muting, keeping muted, hushing. The sound is gone before anything is written."""

from causerie.floor import actions
from causerie.floor.rules import can
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here


async def _mute_other(here: Here, said: wire.StageMute) -> None:
    person = PersonId(said.person)
    here.shut(person)
    await here.act(
        lambda tx, live: actions.mute(tx, live, here.person, person=person, hold=said.hold),
        closing=True,
    )


async def _mute_all(here: Here, _: wire.StageMuteAll) -> None:
    shut_all(here, "stage.mute_all")
    await here.act(lambda tx, live: actions.mute_all(tx, live, here.person), closing=True)


async def _hush(here: Here, said: wire.StageHush) -> None:
    if said.on:
        shut_all(here, "stage.hush")
    await here.act(lambda tx, live: actions.hush(tx, live, here.person, on=said.on), closing=said.on)


async def _release(here: Here, said: wire.StageRelease) -> None:
    await here.act(lambda tx, live: actions.release(tx, live, here.person, person=PersonId(said.person)))


async def _ask_unmute(here: Here, said: wire.StageAskUnmute) -> None:
    await here.act(lambda tx, live: actions.wish_unmuted(tx, live, here.person, person=PersonId(said.person)))


async def _mute(here: Here, _: wire.MicrophoneMute) -> None:
    here.shut(here.person.id)
    await here.act(lambda tx, live: actions.mute(tx, live, here.person, person=here.person.id), closing=True)


async def _ask(here: Here, _: wire.MicrophoneAsk) -> None:
    await here.act(lambda tx, live: actions.ask_to_speak(tx, live, here.person))


async def _away(here: Here, said: wire.MicrophoneAway) -> None:
    if said.on:
        here.shut(here.person.id)
    await here.act(lambda tx, live: actions.take_away(tx, live, here.person, away=said.on), closing=said.on)


def shut_all(here: Here, verb: str) -> None:
    """Every lane but the hosts' is shut, where this person may do that."""
    live = here.rooms.state(here.key)
    if can(live, here.person, verb):
        for seat in live.stage.seats.values():
            if not seat.hosts and seat.person != here.person.id:
                here.rooms.media.shut(here.key, seat.person)


COMMANDS: Commands = {
    wire.StageMute: _mute_other,
    wire.StageMuteAll: _mute_all,
    wire.StageHush: _hush,
    wire.StageRelease: _release,
    wire.StageAskUnmute: _ask_unmute,
    wire.MicrophoneMute: _mute,
    wire.MicrophoneAsk: _ask,
    wire.MicrophoneAway: _away,
}
