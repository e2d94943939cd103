"""Who leads with the host, and who helps."""

from causerie.accounts.queries import person_by_id
from causerie.floor import actions
from causerie.floor.actions.guards import allowed
from causerie.floor.rules import can
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.rooms.roles import Leader
from causerie.stage.errors import NotHere


async def _give(here: Here, said: wire.RoleGive) -> None:
    to = await _somebody(here, PersonId(said.person))
    present = to.person in here.hub.here
    guest = _is_guest(here, to.person)
    await here.act(
        lambda tx, live: actions.give_role(tx, live, here.person, to=to, role=said.role, here=present, guest=guest)
    )


async def _preview(here: Here, said: wire.RolePreview) -> None:
    """What can be made of somebody: nothing is offered that would be refused."""
    person = PersonId(said.person)
    allowed(here.state, here.person, "role.give")
    guest = _is_guest(here, person)
    roles = actions.givable(here.state, here.person, person, guest=guest, now=here.rooms.clock.now())
    leads = can(here.state, here.person, "room.hand_over") and not guest and person != here.state.room.host
    here.page.say(wire.Roles(id=said.id, roles=roles, leads=leads))


async def _take(here: Here, said: wire.RoleTake) -> None:
    person = PersonId(said.person)
    await here.act(lambda tx, live: actions.take_role(tx, live, here.person, person=person), closing=True)


async def _hand_over(here: Here, said: wire.RoomHandOver) -> None:
    person = PersonId(said.person) if said.person else None
    name = here.hub.name_of(person) if person else ""
    if name is None:
        raise NotHere
    guest = person is not None and _is_guest(here, person)
    await here.act(lambda tx, live: actions.hand_over(tx, live, here.person, person=person, name=name, guest=guest))


async def _accept(here: Here, _: wire.HostAccept) -> None:
    await here.act(lambda tx, live: actions.accept_host(tx, live, here.person))


async def _decline(here: Here, _: wire.HostDecline) -> None:
    await here.act(lambda tx, live: actions.decline_host(tx, live, here.person))


async def _take_chair(here: Here, _: wire.ChairTake) -> None:
    await here.act(lambda tx, live: actions.take_chair(tx, live, here.person))


def _is_guest(here: Here, person: PersonId) -> bool:
    """Whether somebody here has no account."""
    found = here.hub.person_by_name(person)
    return found is not None and found.guest


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
    wire.RolePreview: _preview,
    wire.RoomHandOver: _hand_over,
    wire.HostAccept: _accept,
    wire.HostDecline: _decline,
    wire.ChairTake: _take_chair,
}
