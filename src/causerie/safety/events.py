"""What happened to who may come in, and what was reported."""

from dataclasses import dataclass

from causerie.ids import PersonId
from causerie.safety.bans import Ban
from causerie.safety.reports import Report


@dataclass(frozen=True)
class Banned:
    """Somebody may not come to a room any more."""

    ban: Ban


@dataclass(frozen=True)
class BanWidened:
    """Whom it hits is known by one more id."""

    ban: str
    person: PersonId


@dataclass(frozen=True)
class BanLifted:
    """They may again: a host took the ban back, or (`by` nobody) it has run out."""

    ban: str
    at: int
    by: PersonId | None


@dataclass(frozen=True)
class Reported:
    """Somebody reported something."""

    report: Report


@dataclass(frozen=True)
class ReportDone:
    """The desk has dealt with a report; those who run this place still have it."""

    report: str
    at: int
    by: PersonId


Event = Banned | BanWidened | BanLifted | Reported | ReportDone
