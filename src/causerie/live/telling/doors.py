"""The door, as it is told: to the room, to hosts, and to who stands outside."""

from causerie.floor.live import LiveRoom
from causerie.live import protocol as wire
from causerie.live import views
from causerie.live.telling.announcement import Announcement
from causerie.rooms.audience import events as happened


def tell(said: Announcement, event: object, after: LiveRoom) -> None:
    match event:
        case happened.Locked():
            said.room.append(wire.RoomLocked(on=True))
        case happened.Unlocked():
            said.room.append(wire.RoomLocked(on=False))
            said.opens = True
        case happened.Knocked(person=person):
            said.desk.append(wire.KnockHeard(knock=views.knock(after.audience.knocks[person])))
        case happened.TurnedAway(person):
            said.desk.append(wire.KnockHeard(knock=views.knock(after.audience.knocks[person])))
            said.door[person] = False
        case happened.KnockOver(person):
            said.desk.append(wire.KnockOver(person=person))
        case happened.LetIn(person=person, knocked=knocked, raided=raided):
            if knocked:
                said.desk.append(wire.KnockOver(person=person))
            if raided:
                _raid(said, after)
            said.door[person] = True
        case happened.Raided():
            _raid(said, after)


def _raid(said: Announcement, after: LiveRoom) -> None:
    """Once a turn, however many were let back in."""
    if not any(isinstance(event, wire.RaidChanged) for event in said.desk):
        said.desk.append(wire.RaidChanged(people=views.raiders(after)))
