"""The microphones of all rooms: each opens when it was told, and after its count-down where it has one."""

import asyncio
from collections.abc import Callable

from causerie.clock import SECOND, Clock
from causerie.ids import PersonId
from causerie.media import Media
from causerie.recordings.live import RecordedRoom


class Microphones:
    """Opens and shuts them as a room's state says; who was muted during their count-down, or has gone, stays shut."""

    def __init__(self, media: Media, clock: Clock, alive: Callable[[str], RecordedRoom | None]) -> None:
        self._media = media
        self._clock = clock
        self._alive = alive
        self._counted: set[tuple[str, PersonId]] = set()

    def shut(self, key: str, before: RecordedRoom, after: RecordedRoom) -> None:
        """Shut whose microphone is not where it was."""
        for person, lane in before.stage.lanes.items():
            if after.stage.lanes.get(person) != lane:
                self._media.shut(key, person)

    def open(self, key: str, before: RecordedRoom, after: RecordedRoom) -> None:
        """Open whose microphone was not open there before."""
        for person, lane in after.stage.lanes.items():
            if before.stage.lanes.get(person) != lane:
                self._open(key, person, after)

    def _open(self, key: str, person: PersonId, live: RecordedRoom) -> None:
        opens = live.floor.opens
        wait = opens.opens_at - self._clock.now() if opens and opens.person == person else 0
        if wait <= 0:
            self._media.open(key, person, backstage=live.stage.lanes.get(person) == "backstage")
            return
        self._counted.add((key, person))
        asyncio.get_running_loop().call_later(wait / SECOND, self.open_counted)

    def open_counted(self) -> None:
        """Open whose count-down is over."""
        for key, person in list(self._counted):
            self._counted.discard((key, person))
            live = self._alive(key)
            if live is not None and person in live.stage.lanes:
                self._open(key, person, live)

    def forget(self) -> None:
        """Nobody's count-down goes on."""
        self._counted.clear()
