"""Reactions, and the pinned line."""

from causerie.floor import actions
from causerie.floor.rules import may
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.live.roster import roster


async def _react(here: Here, said: wire.React) -> None:
    """No turn: what lives five seconds is not written, and a thousand of them would delay a mute."""
    actions.may_react(here.rooms.state(here.key), here.person)
    here.hub.murmur.add(here.person.id, said.kind, here.rooms.clock.now())


async def _pin(here: Here, said: wire.RoomPin) -> None:
    await here.act(lambda tx, live: actions.pin(tx, live, here.person, text=said.text, link=said.link))


async def _unpin(here: Here, _: wire.RoomUnpin) -> None:
    await here.act(lambda tx, live: actions.unpin(tx, live, here.person))


async def _silent(here: Here, said: wire.SoundSilent) -> None:
    here.hub.silence.says(here.person.id, silent=said.on)


async def _page(here: Here, said: wire.AudiencePage) -> None:
    actions.may_see_audience(here.state, here.person)
    listed = here.state.room.settings.visible_list
    if not listed and said.skip == 0 and not may(here.state, here.person.id, "audience.see"):
        await here.act(lambda tx, live: actions.note_look(tx, live, here.person))
    here.page.say(roster(here.hub, here.state, here.person, id=said.id, skip=said.skip))


COMMANDS: Commands = {
    wire.React: _react,
    wire.RoomPin: _pin,
    wire.RoomUnpin: _unpin,
    wire.SoundSilent: _silent,
    wire.AudiencePage: _page,
}
