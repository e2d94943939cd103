"""Bans and reports, as hosts are told of them."""

from causerie.floor.live import LiveRoom
from causerie.live import protocol as wire
from causerie.live import views
from causerie.live.telling.announcement import Announcement
from causerie.safety import events as happened


def tell(said: Announcement, event: object, _: LiveRoom) -> None:
    match event:
        case happened.Banned(ban):
            said.desk.append(wire.BanGiven(ban=views.ban(ban)))
        case happened.BanLifted(ban=id):
            said.desk.append(wire.BanLifted(ban=id))
        case happened.Reported(report) if not report.apart:
            said.desk.append(wire.ReportHeard(report=views.report(report)))
        case happened.ReportDone(report=id):
            said.desk.append(wire.ReportOver(report=id))
