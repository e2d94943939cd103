"""Who has which part of the host's authority, as it is told."""

from causerie.floor.live import LiveRoom
from causerie.live import protocol as wire
from causerie.live import views
from causerie.live.telling.announcement import Announcement
from causerie.rooms import events as happened
from causerie.rooms.leading import WITHOUT_CHAIR


def tell(said: Announcement, event: object, after: LiveRoom) -> None:
    match event:
        case happened.RoleGiven(person=person):
            if (helper := after.room.helpers.get(person)) is not None:
                said.desk.append(wire.RoleGiven(helper=views.helper(helper)))
            said.rights.add(person)
        case happened.RoleTaken(person):
            said.desk.append(wire.RoleTaken(person=person))
            said.rights.add(person)
        case happened.HostAsked(person, name, by_name=by):
            said.desk.append(wire.HostAsked(asked=wire.Asked(person=person, name=name), why="asked"))
            said.to(person, wire.MeAskedToHost(by=by))
        case happened.HostUnasked(person, why):
            said.desk.append(wire.HostAsked(asked=None, why=why))
            said.to(person, wire.MeAskedToHost(by=None))
        case happened.HostChanged(to, why):
            said.room.append(wire.HostChanged(person=to.person, name=to.name, why=why))
            said.rights |= {to.person, *after.room.leaders}
        case happened.ChairEmpty(at):
            said.room.append(wire.ChairEmpty(since=at, ends_at=at + WITHOUT_CHAIR))
            said.everybody = True
        case happened.ChairFilled():
            said.room.append(wire.ChairFilled())
            said.everybody = True
