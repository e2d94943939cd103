"""Who leads with the host, and who helps."""

from causerie.accounts.queries import person_by_id
from causerie.floor import actions
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.rooms.roles import Leader
from causerie.stage.errors import NotHere


async def _give(here: Here, said: wire.RoleGive) -> None:
    to = await _somebody(here, PersonId(said.person))
    present = to.person in here.hub.here
    await here.act(lambda tx, live: actions.give_role(tx, live, here.person, to=to, role=said.role, here=present))


async def _take(here: Here, said: wire.RoleTake) -> None:
    person = PersonId(said.person)
    await here.act(lambda tx, live: actions.take_role(tx, live, here.person, person=person), closing=True)


async def _hand_over(here: Here, said: wire.RoomHandOver) -> None:
    person = PersonId(said.person) if said.person else None
    name = here.hub.name_of(person) if person else ""
    if name is None:
        raise NotHere
    await here.act(lambda tx, live: actions.hand_over(tx, live, here.person, person=person, name=name))


async def _accept(here: Here, _: wire.HostAccept) -> None:
    await here.act(lambda tx, live: actions.accept_host(tx, live, here.person))


async def _decline(here: Here, _: wire.HostDecline) -> None:
    await here.act(lambda tx, live: actions.decline_host(tx, live, here.person))


async def _take_chair(here: Here, _: wire.ChairTake) -> None:
    await here.act(lambda tx, live: actions.take_chair(tx, live, here.person))


async def _somebody(here: Here, person: PersonId) -> Leader:
    """Somebody who is here by name or has an account; or `NotHere`."""
    found = here.hub.person_by_name(person)
    if found is None:
        async with here.rooms.database.read() as connection:
            account = await person_by_id(connection, person)
        found = account if account is not None and not account.guest and not account.bot else None
    if found is None or found.name is None:
        raise NotHere
    return Leader(person, found.name, found.portrait)


COMMANDS: Commands = {
    wire.RoleGive: _give,
    wire.RoleTake: _take,
    wire.RoomHandOver: _hand_over,
    wire.HostAccept: _accept,
    wire.HostDecline: _decline,
    wire.ChairTake: _take_chair,
}
