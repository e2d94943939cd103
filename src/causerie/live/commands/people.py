"""Who leads with the host, and who helps."""

from causerie.accounts.queries import person_by_id
from causerie.floor import actions
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.stage.errors import NotHere


async def _give(here: Here, said: wire.RoleGive) -> None:
    person = PersonId(said.person)
    name = await _name(here, person)
    await here.act(lambda tx, live: actions.give_role(tx, live, here.person, person=person, name=name, role=said.role))


async def _take(here: Here, said: wire.RoleTake) -> None:
    person = PersonId(said.person)
    await here.act(lambda tx, live: actions.take_role(tx, live, here.person, person=person), closing=True)


async def _name(here: Here, person: PersonId) -> str:
    """What somebody is called who is here by name or has an account; or `NotHere`."""
    if (name := here.hub.name_of(person)) is not None:
        return name
    async with here.rooms.database.read() as connection:
        account = await person_by_id(connection, person)
    if account is None or account.guest or account.bot or account.name is None:
        raise NotHere
    return account.name


COMMANDS: Commands = {
    wire.RoleGive: _give,
    wire.RoleTake: _take,
}
