"""The life of a room, as it is told."""

from causerie.floor.live import LiveRoom
from causerie.live import protocol as wire
from causerie.live import views
from causerie.live.telling.announcement import Announcement
from causerie.rooms import events as happened


def tell(said: Announcement, event: object, after: LiveRoom) -> None:
    match event:
        case happened.RoomStarted(at):
            said.room += [wire.RoomStarted(at=at), views.planned(after.room)]
            said.everybody = True
        case happened.RoomEnded(at):
            said.room.append(wire.RoomEnded(at=at))
            said.everybody = True
        case happened.RoomCancelled() | happened.RoomMissed() | happened.RoomReopened():
            said.room.append(views.planned(after.room))
            said.everybody = True
        case (
            happened.BackstageOpened()
            | happened.RoomAnnounced()
            | happened.RoomReworded()
            | happened.VisibilityChanged()
            | happened.RoomMoved()
            | happened.RoomHeld()
            | happened.RoomTagged()
            | happened.RoomCovered()
            | happened.RoomExtended()
            | happened.HostLate()
            | happened.HostArrived()
            | happened.RecordsAgreed()
        ):
            said.room.append(views.planned(after.room))
        case happened.EndNear(at, why):
            said.room.append(wire.RoomEnding(ending=wire.Ending(at=at, why=why)))
        case happened.LinkTried(name, by):
            said.desk.append(wire.SpeakerLinkTried(name=name, by=by))
        case happened.EndLifted():
            said.room.append(wire.RoomEnding(ending=None))
        case happened.MomentDumped(begins, ends):
            said.room.append(wire.RoomDumped(begins=begins, ends=ends))
        case happened.RoomSet(settings):
            said.room.append(wire.RoomChanged(settings=views.settings(settings)))
