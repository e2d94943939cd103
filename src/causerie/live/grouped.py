"""The rooms of groups: who may not hear them any more is out of them, and what goes with a group goes with it."""

import asyncio
import contextlib
from functools import partial
from typing import TYPE_CHECKING

from causerie.accounts.people import Person
from causerie.errors import Refusal
from causerie.floor import actions
from causerie.floor.rules import leads
from causerie.groups import actions as grouping
from causerie.groups.queries import due, records_of
from causerie.groups.roll import keepers, roll
from causerie.groups.rules import lets_in
from causerie.live.hub import Hub
from causerie.rooms import queries
from causerie.rooms.closed import circle_of
from causerie.rooms.state import Room
from causerie.safety.comers import Comer, comer

if TYPE_CHECKING:  # they hold each other
    from causerie.live.rooms import Rooms

# As somebody who was removed: the page goes to the room's door, where there is no room for them.
OUT_OF_GROUP = (4002, "You cannot come back to this room.")


def closed_as(room: Room) -> object:
    """What, of a room that is alive, says whom it is for; another means that it has to be looked at anew."""
    among = (frozenset(room.expected), frozenset(room.leaders)) if room.visibility == "invited" else ()
    return room.visibility, room.group_id, among


class GroupRooms:
    """Follows what becomes of groups in those of their rooms that are alive."""

    def __init__(self, rooms: "Rooms", coming: asyncio.Lock) -> None:
        """`coming` is held by whoever brings a room to life."""
        self._rooms = rooms
        self._coming = coming

    async def changed(self, group: str) -> None:
        """Who is in a group, looks after it or is banned from it is not who was: rights in its rooms change with that.

        Who may not hear them any more is out of them.
        """
        rooms = self._rooms
        async with self._coming:  # a room that comes to life meanwhile would not know of it
            keys = [key for key, live in rooms.turns.states.items() if live.room.group_id == group]
            if not keys:
                return
            asked = [key for key in keys if self._rooms.state(key).room.askers is not None]
            async with rooms.database.read() as connection:
                kept, records = await keepers(connection, group), await records_of(connection, group)
                members = await roll(connection, group) if asked else None
            for key in keys:
                if (hub := rooms.hubs.get(key)) is None:
                    continue  # let go meanwhile
                anew = partial(actions.look_after_anew, keepers=kept, records=records)
                await rooms.act(key, anew, closing=True)
                if key in asked:
                    await rooms.act(key, partial(actions.ask_among_anew, members=members), closing=True)
                await self._look(key, hub)

    async def hold(self, key: str, host: Person, group: str | None) -> None:
        """A room is held in another group, or in none: who may not hear it there is out of it."""

        async with self._coming:  # nobody is in it by who was let in before
            await self._rooms.act(key, partial(actions.hold_in, host=host, group=group))
            await self._look(key, self._rooms.hubs[key])

    async def invited(self, key: str) -> None:
        """Somebody is invited into a room, or no more: of one that is for invited people, who may be in it changes."""
        async with self._coming:
            if (hub := self._rooms.hubs.get(key)) is not None and self._rooms.state(key).room.visibility == "invited":
                await self._look(key, hub)

    async def follow(self, key: str, hub: Hub) -> None:
        """Where it is for others by now than when it was looked at, whoever is no more among them is out of it."""
        if closed_as(self._rooms.state(key).room) != hub.circle_as:
            async with self._coming:
                await self._look(key, hub)

    async def _look(self, key: str, hub: Hub) -> None:
        room = self._rooms.state(key).room
        async with self._rooms.database.read() as connection:
            circle = await circle_of(connection, room)
        if hub.circle != circle or hub.circle_as != closed_as(room):
            hub.circle, hub.circle_as = circle, closed_as(room)
            await self._empty_of_strangers(key, hub)

    async def _empty_of_strangers(self, key: str, hub: Hub) -> None:
        """Nobody stays in a room of a group, or keeps a place there, who would not be let into it now."""

        def stranger(comer: Comer) -> bool:
            return not lets_in(hub.circle, comer.ids)

        rooms, live = self._rooms, self._rooms.state(key)
        at_door = {page.person.id for page in hub.at_door if stranger(page.comer)}
        out = hub.hit_by(stranger, live) | at_door
        rooms.shut_out(key, out, *OUT_OF_GROUP)
        rooms.end_programs(key, stranger)
        places = actions.places_of(live)
        out |= {one for one in places if stranger(comer(one)) and not leads(live, comer(one))}
        if out:
            await rooms.act(key, lambda tx, live: actions.out(tx, live, sorted(out)), closing=True)

    async def let_go(self, now: int) -> None:
        """Groups whose week is over; with those that go with their rooms, what was still to come."""
        async with self._rooms.database.read() as connection:
            gone = await due(connection, now=now)
        for group in gone:
            with contextlib.suppress(Refusal):  # the database is away: tried again in a minute
                await self._rooms.database.write(partial(grouping.let_go, group=group))
                await self.changed(group)
        async with self._rooms.database.read() as connection:
            never = await queries.going_with_their_group(connection)
        for room in never:
            with contextlib.suppress(Refusal):  # it went live meanwhile, and ends as rooms do
                await self._rooms.act_in(room, actions.cancel_with_group)
