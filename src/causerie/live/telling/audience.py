"""What goes on before the stage, as it is told."""

from causerie.floor.live import LiveRoom
from causerie.live import protocol as wire
from causerie.live import views
from causerie.live.telling.announcement import Announcement
from causerie.rooms.audience import events as happened


def tell(said: Announcement, event: object, after: LiveRoom) -> None:
    match event:
        case happened.Pinned() | happened.Unpinned():
            said.room.append(wire.RoomPinned(pin=views.pin(after.audience.pinned)))
