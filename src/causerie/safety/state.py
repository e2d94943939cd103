"""The bans and reports of a room as they stand, and how each event changes them."""

from dataclasses import dataclass, field, replace
from functools import singledispatch

from causerie.safety import events as happened
from causerie.safety.bans import Ban
from causerie.safety.comers import Comer
from causerie.safety.reports import Report


@dataclass(frozen=True)
class Safety:
    """Every ban that lasts, and every report that the desk has not dealt with, by its id."""

    bans: dict[str, Ban] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)

    def keeps_out(self, comer: Comer, now: int) -> bool:
        """Whether any ban hits them."""
        return any(ban.hits(comer, now) for ban in self.bans.values())


@singledispatch
def fold(_event: object, safety: Safety) -> Safety:
    """Bans and reports after an event; events of others leave them as they are."""
    return safety


@fold.register
def _(event: happened.Banned, safety: Safety) -> Safety:
    return replace(safety, bans={**safety.bans, event.ban.id: event.ban})


@fold.register
def _(event: happened.BanWidened, safety: Safety) -> Safety:
    ban = safety.bans[event.ban]
    return replace(safety, bans={**safety.bans, ban.id: replace(ban, ids=ban.ids | {event.person})})


@fold.register
def _(event: happened.BanLifted, safety: Safety) -> Safety:
    return replace(safety, bans={id: ban for id, ban in safety.bans.items() if id != event.ban})


@fold.register
def _(event: happened.Reported, safety: Safety) -> Safety:
    return replace(safety, reports={**safety.reports, event.report.id: event.report})


@fold.register
def _(event: happened.ReportDone, safety: Safety) -> Safety:
    return replace(safety, reports={id: one for id, one in safety.reports.items() if id != event.report})
