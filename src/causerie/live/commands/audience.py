"""Reactions, and the pinned line."""

from causerie.floor import actions
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here


async def _react(here: Here, said: wire.React) -> None:
    """No turn: what lives five seconds is not written, and a thousand of them would delay a mute."""
    actions.may_react(here.rooms.state(here.key), here.person)
    here.hub.murmur.add(here.person.id, said.kind, here.rooms.clock.now())


async def _pin(here: Here, said: wire.RoomPin) -> None:
    await here.act(lambda tx, live: actions.pin(tx, live, here.person, text=said.text, link=said.link))


async def _unpin(here: Here, _: wire.RoomUnpin) -> None:
    await here.act(lambda tx, live: actions.unpin(tx, live, here.person))


COMMANDS: Commands = {
    wire.React: _react,
    wire.RoomPin: _pin,
    wire.RoomUnpin: _unpin,
}
