"""The lock and the raid button, from inside; who knocks speaks before they are here (`live/socket.py`)."""

from causerie.floor import actions
from causerie.floor.actions.guards import allowed
from causerie.floor.rules import leads
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.live.commands.safety import REMOVED
from causerie.live.commands.silence import shut_all
from causerie.rooms.audience.doors import raid_minutes
from causerie.rooms.audience.errors import RoomLocked
from causerie.rooms.audience.events import Raider


async def _lock(here: Here, said: wire.RoomLock) -> None:
    if not said.on:
        await here.act(lambda tx, live: actions.unlock(tx, live, here.person))
        return
    allowed(here.state, here.person, "room.lock")
    inside = here.hub.inside(here.rooms.clock.now())
    with here.hub.closing(lambda comer: inside.isdisjoint(comer.ids), RoomLocked):
        await here.act(lambda tx, live: actions.lock(tx, live, here.person, inside=inside), closing=True)


async def _answer(here: Here, said: wire.KnockAnswer) -> None:
    person = PersonId(said.person)
    await here.act(lambda tx, live: actions.answer_knock(tx, live, here.person, person=person, let_in=said.let_in))
    if said.let_in:
        here.hub.stays.let_in(person, here.rooms.clock.now())


async def _raid(here: Here, said: wire.RoomRaid) -> None:
    """What closes, closes first: all of them are silent and out before anything is written."""
    allowed(here.state, here.person, "room.raid")
    now = here.rooms.clock.now()
    since = now - raid_minutes(said.minutes)
    raiders = _came_since(here, since, now)
    inside = here.hub.inside(now, since=since)
    shut_all(here, "room.raid")
    with here.hub.closing(lambda comer: inside.isdisjoint(comer.ids), RoomLocked):
        here.rooms.shut_out(here.key, [one.person for one in raiders], *REMOVED)
        here.rooms.end_programs(here.key, lambda comer: inside.isdisjoint(comer.ids))
        await here.act(
            lambda tx, live: actions.raid(tx, live, here.person, people=raiders, inside=inside), closing=True
        )


def _came_since(here: Here, since: int, now: int) -> list[Raider]:
    """Who came since then and is here, but for those with authority or a seat, and those who run this place."""
    live, hub = here.state, here.hub
    came = [stay for stay in hub.stays.all.values() if stay.since >= since and hub.pages_of(stay.person.id)]
    return [
        Raider(stay.person.id, stay.person.name, stay.comer.ids, now)
        for stay in came
        if not (leads(live, stay.comer) or stay.person.admin) and stay.comer.ids.isdisjoint(live.stage.seats)
    ]


async def _undo(here: Here, said: wire.RaidUndo) -> None:
    person = PersonId(said.person) if said.person is not None else None
    await here.act(lambda tx, live: actions.undo_raid(tx, live, here.person, person=person))


COMMANDS: Commands = {
    wire.RoomLock: _lock,
    wire.KnockAnswer: _answer,
    wire.RoomRaid: _raid,
    wire.RaidUndo: _undo,
}
