"""A room begins and ends, and is set otherwise; what was said just now is taken out."""

from causerie.floor import actions
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here


async def _start(here: Here, _: wire.RoomStart) -> None:
    around = here.hub.here
    number, openers = here.number, here.rooms.openers
    await here.act(
        lambda tx, live: actions.start_room(tx, live, here.person, number=number, here=around, openers=openers)
    )


async def _end(here: Here, _: wire.RoomEnd) -> None:
    await here.act(lambda tx, live: actions.end_room(tx, live, here.person), closing=True)


async def _set(here: Here, said: wire.RoomSet) -> None:
    changed = said.model_dump(exclude={"do", "id"}, exclude_none=True)
    await here.act(lambda tx, live: actions.set_room(tx, live, here.person, **changed))


async def _dump(here: Here, _: wire.RoomDump) -> None:
    actions.may_dump(here.state, here.person)
    here.rooms.media.dump(here.key)
    at = here.rooms.clock.now()
    here.hub.said.dump(at)
    await here.act(lambda tx, live: actions.dump(tx, live, here.person, at=at), closing=True)


async def _open_backstage(here: Here, _: wire.RoomOpenBackstage) -> None:
    await here.act(lambda tx, live: actions.open_backstage(tx, live, here.person))


async def _cancel(here: Here, _: wire.RoomCancel) -> None:
    await here.act(lambda tx, live: actions.cancel_room(tx, live, here.person), closing=True)


async def _move(here: Here, said: wire.RoomMove) -> None:
    await here.act(lambda tx, live: actions.move_room(tx, live, here.person, starts_at=said.starts_at, zone=said.zone))


async def _announce(here: Here, _: wire.RoomAnnounce) -> None:
    await here.act(lambda tx, live: actions.announce_room(tx, live, here.person))


async def _plan(here: Here, said: wire.RoomPlan) -> None:
    planned = said.model_dump(exclude={"do", "id"})
    await here.act(lambda tx, live: actions.reword_room(tx, live, here.person, **planned))
    await here.rooms.groups.follow(here.key, here.rooms.hubs[here.key])


async def _reopen(here: Here, _: wire.RoomReopen) -> None:
    await here.act(lambda tx, live: actions.reopen_room(tx, live, here.person))


async def _extend(here: Here, said: wire.RoomExtend) -> None:
    await here.act(lambda tx, live: actions.extend_room(tx, live, here.person, minutes=said.minutes))


COMMANDS: Commands = {
    wire.RoomStart: _start,
    wire.RoomEnd: _end,
    wire.RoomOpenBackstage: _open_backstage,
    wire.RoomCancel: _cancel,
    wire.RoomMove: _move,
    wire.RoomAnnounce: _announce,
    wire.RoomPlan: _plan,
    wire.RoomReopen: _reopen,
    wire.RoomExtend: _extend,
    wire.RoomSet: _set,
    wire.RoomDump: _dump,
}
