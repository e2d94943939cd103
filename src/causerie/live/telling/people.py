"""Who has which part of the host's authority, as it is told."""

from causerie.floor.live import LiveRoom
from causerie.live import protocol as wire
from causerie.live import views
from causerie.live.telling.announcement import Announcement
from causerie.rooms import events as happened


def tell(said: Announcement, event: object, after: LiveRoom) -> None:
    match event:
        case happened.RoleGiven(person=person):
            if (helper := after.room.helpers.get(person)) is not None:
                said.desk.append(wire.RoleGiven(helper=views.helper(helper)))
            said.rights.add(person)
        case happened.RoleTaken(person):
            said.desk.append(wire.RoleTaken(person=person))
            said.rights.add(person)
