"""Who is blocked by a host is out of the rooms they lead, and of those they come to lead.

Everybody is, of those that are not live, while the host is suspended.
"""

import asyncio
from typing import TYPE_CHECKING

from causerie.floor import actions
from causerie.floor.rules import leads
from causerie.ids import PersonId
from causerie.live.hub import Hub
from causerie.rooms.withheld import closed_by, is_withheld
from causerie.safety.comers import Comer, comer

if TYPE_CHECKING:  # they hold each other
    from causerie.live.rooms import Rooms

# As somebody who was removed: that they are blocked is not told, nor that anybody is suspended.
OUT = (4002, "You cannot come back to this room.")


class BlockedRooms:
    """Follows whom hosts block in those of their rooms that are alive."""

    def __init__(self, rooms: "Rooms", coming: asyncio.Lock) -> None:
        """`coming` is held by whoever brings a room to life."""
        self._rooms = rooms
        self._coming = coming

    async def changed(self, host: PersonId) -> None:
        """They have blocked somebody or let them be; they are suspended, or no longer."""
        async with self._coming:  # a room that comes to life meanwhile would not know of it
            for key, live in list(self._rooms.turns.states.items()):
                if live.room.host == host and (hub := self._rooms.hubs.get(key)) is not None:
                    await self._look(key, hub, host)

    async def follow(self, key: str, hub: Hub) -> None:
        """Where somebody else leads the room by now, whom they have blocked is out of it."""
        if (host := self._rooms.state(key).room.host) != hub.blocked_of:
            await self._look(key, hub, host)

    async def _look(self, key: str, hub: Hub, host: PersonId) -> None:
        rooms = self._rooms
        async with rooms.database.read() as connection:
            hub.blocked, hub.withheld_until = await closed_by(connection, host, now=rooms.clock.now())
            hub.blocked_of = host

        def goes(comer: Comer) -> bool:
            return not comer.ids.isdisjoint(hub.blocked)

        self._withhold(key, hub)
        live = rooms.state(key)
        out = hub.hit_by(goes, live) | {page.person.id for page in hub.at_door if goes(page.comer)}
        places = {one for one in actions.places_of(live) & hub.blocked if not leads(live, comer(one))}
        rooms.shut_out(key, out, *OUT)
        rooms.end_programs(key, goes)
        if out | places:
            await rooms.act(key, lambda tx, live: actions.out(tx, live, sorted(out | places)), closing=True)

    def _withhold(self, key: str, hub: Hub) -> None:
        """Nobody stays in a room that is not there just now; their places in it wait, as for who loses their line."""
        rooms, live = self._rooms, self._rooms.state(key)
        if is_withheld(live.room, hub.withheld_until, rooms.clock.now()):
            at_door = {page.person.id for page in hub.at_door}
            rooms.shut_out(key, hub.hit_by(lambda _: True, live) | at_door, *OUT)
