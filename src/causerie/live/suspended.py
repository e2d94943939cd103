"""Who is suspended is nowhere any more: their pages and sound end with their sessions, and their places are free."""

from collections.abc import Iterable

from causerie.floor import actions
from causerie.ids import PersonId
from causerie.live.gateway import SIGNED_OUT, Gateway
from causerie.live.rooms import Rooms


async def put_out(gateway: Gateway, person: PersonId, sessions: Iterable[str]) -> None:
    """End it all, by whatever program it came. A room that they led they have left; it goes on without them."""
    for session in sessions:
        gateway.signed_out(session)
    for key in list(gateway.rooms.hubs):
        await _out_of(gateway.rooms, key, person)
    await gateway.rooms.blocks.changed(person)


async def _out_of(rooms: Rooms, key: str, person: PersonId) -> None:
    rooms.media.leave_person(key, person)
    for program in list(rooms.hubs[key].programs):
        if person in program.comer.ids:
            program.over(rooms.media)
    rooms.shut_out(key, [person], SIGNED_OUT, "signed out")
    if person in actions.places_of(rooms.state(key)):
        await rooms.act(key, lambda tx, live: actions.out(tx, live, [person]), closing=True)
    await rooms.went(key, person)
