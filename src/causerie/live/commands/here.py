"""Where a command is done."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.rules import can
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.hub import Hub
from causerie.live.pages import Page
from causerie.live.rooms import Rooms
from causerie.recordings.live import RecordedRoom
from causerie.rooms.errors import NotInRoom


class Speaker(Page, Protocol):
    """The page a command came from, as far as an action needs it."""

    def take_microphone(self) -> None: ...
    def say(self, frame: wire.Message) -> None: ...


@dataclass(frozen=True)
class Here:
    """Where a command is done: the room, its hub, the page."""

    rooms: Rooms
    key: str
    page: Speaker

    @property
    def hub(self) -> Hub:
        return self.rooms.hubs[self.key]

    @property
    def state(self) -> RecordedRoom:
        return self.rooms.state(self.key)

    @property
    def person(self) -> Person:
        return self.page.person

    @property
    def number(self) -> int:
        return self.hub.number(self.person.id)

    async def act(self, action: Callable[[Tx, RecordedRoom], Awaitable[Any]], *, closing: bool = False) -> Any:
        """Have it done in the room's turn, unless its person was sent out before that came."""

        async def still_here(tx: Tx, live: RecordedRoom) -> Any:
            if self.page not in self.hub.pages:
                raise NotInRoom
            return await action(tx, live)

        return await self.rooms.act(self.key, still_here, closing=closing)

    def shut(self, person: PersonId, verb: str = "stage.mute") -> None:
        """What closes, closes first: the sound is gone before anything is written."""
        own = person == self.person.id and verb == "stage.mute"
        if own or can(self.state, self.person, verb, on=person):
            self.rooms.media.shut(self.key, person)


Commands = dict[type[wire.Command], Callable[[Here, Any], Awaitable[str | None]]]
