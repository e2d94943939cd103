"""A room begins and ends."""

from causerie.floor import actions
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here


async def _start(here: Here, _: wire.RoomStart) -> None:
    await here.act(lambda tx, live: actions.start_room(tx, live, here.person, number=here.number))


async def _end(here: Here, _: wire.RoomEnd) -> None:
    await here.act(lambda tx, live: actions.end_room(tx, live, here.person), closing=True)


async def _set(here: Here, said: wire.RoomSet) -> None:
    changed = said.model_dump(exclude={"do", "id"}, exclude_none=True)
    await here.act(lambda tx, live: actions.set_room(tx, live, here.person, **changed))


COMMANDS: Commands = {
    wire.RoomStart: _start,
    wire.RoomEnd: _end,
    wire.RoomSet: _set,
}
