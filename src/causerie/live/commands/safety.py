"""Removing people, banning them, letting them in again. The sound ends first, then it is written, then told."""

import contextlib

from causerie.accounts.people import Person
from causerie.accounts.queries import person_by_id
from causerie.errors import Away
from causerie.floor import actions
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.live.stays import Stay
from causerie.rooms.errors import RoomUnknown
from causerie.safety import moves as keeping_out
from causerie.safety.comers import Comer
from causerie.stage.errors import NotHere

REMOVED = (4001, "You were removed from this room.")
BANNED = (4002, "You cannot come back to this room.")


async def _remove(here: Here, said: wire.RoomRemove) -> None:
    person = PersonId(said.person)
    actions.may_remove(here.state, here.person, person)
    stay = here.hub.stays.of(person)
    ids = stay.comer.ids if stay else frozenset({person})
    here.rooms.shut_out(here.key, [person], *REMOVED)
    await here.act(lambda tx, live: actions.remove(tx, live, here.person, person=person, ids=ids), closing=True)


async def _ban(here: Here, said: wire.RoomBan) -> None:
    person = PersonId(said.person)
    actions.may_remove(here.state, here.person, person, "room.ban")
    stay = await _known(here, person)
    given = keeping_out.new_ban(
        person,
        stay.person.name,
        stay.comer,
        by=here.person.id,
        reason=said.reason,
        hours=said.hours,
        network=said.network,
        now=here.rooms.clock.now(),
    )
    hit = [person, *(given.ids), *here.hub.hit_by(given.hits_network, here.state)]
    with here.hub.closing(lambda comer: given.hits(comer, given.at), RoomUnknown):
        here.rooms.shut_out(here.key, hit, *BANNED)
        here.rooms.end_programs(here.key, lambda comer: given.hits(comer, given.at))
        await here.act(lambda tx, live: actions.ban(tx, live, here.person, given=given, hit=hit), closing=True)


async def _preview(here: Here, said: wire.BanPreview) -> None:
    person = PersonId(said.person)
    actions.may_remove(here.state, here.person, person, "room.ban")
    network = (await _known(here, person)).comer.network
    hit = here.hub.hit_by(lambda comer: network is not None and comer.network == network, here.state)
    on_stage = hit & here.state.stage.seats.keys()
    here.page.say(wire.Reach(id=said.id, network=network is not None, people=len(hit), on_stage=len(on_stage)))


async def _unban(here: Here, said: wire.RoomUnban) -> None:
    await here.act(lambda tx, live: actions.unban(tx, live, here.person, ban=said.ban))


async def _report_done(here: Here, said: wire.ReportDone) -> None:
    await here.act(lambda tx, live: actions.report_done(tx, live, here.person, report=said.report))


async def _known(here: Here, person: PersonId) -> Stay:
    """Somebody who is here, left lately, listens without a page, or has a place that waits for them; or `NotHere`."""
    stay = here.hub.stays.of(person)
    if stay is not None:
        return stay
    waits = here.state.stage.seats.get(person) or here.state.stage.hands.get(person)
    comes = here.hub.programs.comer(person)
    if waits is None and comes is None:
        raise NotHere
    who = Person(person, waits.name) if waits else await _whoever(here, person)
    return Stay(who, comes or Comer(frozenset({person})), here.rooms.clock.now())


async def _whoever(here: Here, person: PersonId) -> Person:
    """Somebody who listens by another program: visitors have no name there either."""
    with contextlib.suppress(Away):
        async with here.rooms.database.read() as connection:
            return await person_by_id(connection, person) or Person(person)
    return Person(person)


COMMANDS: Commands = {
    wire.RoomRemove: _remove,
    wire.RoomBan: _ban,
    wire.BanPreview: _preview,
    wire.RoomUnban: _unban,
    wire.ReportDone: _report_done,
}
