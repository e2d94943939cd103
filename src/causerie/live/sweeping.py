"""What time alone brings about in a room, once a second."""

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from causerie.errors import Refusal
from causerie.floor import actions
from causerie.ids import PersonId
from causerie.live.hub import Hub
from causerie.recordings.live import RecordedRoom

if TYPE_CHECKING:  # they hold each other
    from causerie.live.rooms import Rooms


class Sweeping:
    """Counts, writes down and runs out what waits for no press; lets a room go that nobody needs."""

    def __init__(self, rooms: "Rooms") -> None:
        self._rooms = rooms

    async def room(self, key: str, hub: Hub, now: int) -> None:
        rooms, live = self._rooms, self._rooms.state(key)
        hub.stays.forget(now, unless=live.audience.inside.__contains__)
        rooms.counting.hear(key, hub, live, now)
        if rooms.database.away:
            return  # what was closed meanwhile is known here alone: nobody's place runs out, and no room is let go
        await self._write_talk(key, hub, now)
        await rooms.counting.keep(key, live, now)
        await self._find(key, hub)
        await rooms.blocks.follow(key, hub)
        await rooms.groups.follow(key, hub)
        await self._miss(key, hub, now)
        hub.trouble = rooms.recorder.trouble(live)
        with contextlib.suppress(Refusal):  # tried again in a second
            await rooms.recorder.sweep(live, partial(rooms.act, key))
        if not await self._runs_out(key, hub, now) and self._needless(key, hub, rooms.state(key)):
            await rooms.let_go(key)

    async def _runs_out(self, key: str, hub: Hub, now: int) -> bool:
        """Whether somebody's time was up, of a place or of the deck."""
        rooms, live = self._rooms, self._rooms.state(key)
        if actions.time_is_up(live, now):
            with contextlib.suppress(Refusal):  # the database is away: tried again in a second
                await rooms.act(key, actions.sweep)
            return True
        if actions.deck_is_due(live, hub.here, now, soon := hub.soon_back(live, now)):
            with contextlib.suppress(Refusal):
                await rooms.act(key, lambda tx, live: actions.sweep_deck(tx, live, here=hub.here, soon=soon))
            return True
        return False

    def _needless(self, key: str, hub: Hub, live: RecordedRoom) -> bool:
        """Nobody is in the room, and nothing is going on there."""
        rooms = self._rooms
        somebody = hub.pages or hub.programs or hub.at_door
        busy = rooms.turns.busy(key) or rooms.recorder.busy(live) or key in rooms.counting.rooms
        return not (somebody or live.room.phase == "live" or busy)

    async def _find(self, key: str, hub: Hub) -> None:
        """Who came back while that could not be written is here, as long as they are."""
        found, hub.unfound = hub.unfound & hub.here, set()
        for person in found:
            await self._rooms.came(key, person)

    async def _miss(self, key: str, hub: Hub, now: int) -> None:
        """Hosts see nobody at the door who has gone from it."""
        at_door = {page.person.id for page in hub.at_door}
        knocks = self._rooms.state(key).audience.knocks.values()
        for person in hub.missing.gone(knocks, at_door, now):
            with contextlib.suppress(Refusal):
                await self._stops_knocking(key, person)

    async def _stops_knocking(self, key: str, person: PersonId) -> None:
        await self._rooms.act(key, lambda tx, live: actions.stop_knocking(tx, live, person))

    async def _write_talk(self, key: str, hub: Hub, now: int) -> None:
        """How long people spoke survives a restart, but for the last seconds."""
        if fresh := hub.talk.taken(now):
            try:
                await self._rooms.act(key, lambda tx, live: actions.note_talk(tx, live, fresh))
            except Refusal:
                hub.talk.given_back(fresh)
