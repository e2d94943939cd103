"""Who is asked ahead and who comes on air, as it is told. The order of the queue waits for the tick."""

from causerie.floor import events as happened
from causerie.floor.live import LiveRoom
from causerie.live import protocol as wire
from causerie.live import views
from causerie.live.telling.announcement import Announcement
from causerie.rooms.events import RoomSet


def tell(said: Announcement, event: object, after: LiveRoom) -> None:
    match event:
        case (
            happened.AskedAhead(person=person) | happened.DeckAnswered(person=person) | happened.DeckLeft(person=person)
        ):
            said.to(person, wire.MeOnDeck(on_deck=views.on_deck(after.floor.deck.get(person))))
        case happened.TopicOnAir(text=text):
            _topic(said, after)
            if text in after.room.settings.agenda:
                said.desk.append(wire.DeskAgenda(agenda=views.agenda(after)))
        case happened.TopicOver():
            _topic(said, after)
        case RoomSet():
            said.desk.append(wire.DeskAgenda(agenda=views.agenda(after)))
        case happened.CountedDown() as counted:
            if (opens := views.opens(counted)) is not None:
                said.room.append(wire.FloorOpens(opens=opens))


def _topic(said: Announcement, after: LiveRoom) -> None:
    """Once a turn, where one takes the place of another."""
    if not any(isinstance(event, wire.TopicChanged) for event in said.room):
        said.room.append(wire.TopicChanged(topic=views.topic(after.floor.topic)))
