"""Banning, letting in again and reporting, decided on how things stand: events, or a refusal."""

from causerie.clock import HOUR
from causerie.ids import PersonId, new_id
from causerie.safety import events as happened
from causerie.safety.bans import Ban
from causerie.safety.comers import Comer
from causerie.safety.errors import (
    BanLength,
    BanUnknown,
    NetworkUnknown,
    NoteLength,
    ReasonLength,
    ReportUnknown,
    TooManyReports,
)
from causerie.safety.events import Event
from causerie.safety.reports import Report
from causerie.safety.state import Safety
from causerie.texts import one_line

LONGEST_REASON = 200
LONGEST_NOTE = 500
OPEN_REPORTS, OPEN_REPORTS_OF_ONE = 200, 5
MOST_HOURS = 366 * 24


def new_ban(
    person: PersonId,
    name: str | None,
    comer: Comer,
    *,
    by: PersonId,
    reason: str,
    hours: int | None,
    network: bool,
    now: int,
) -> Ban:
    """A ban that may be given: for so many hours or without end, of a person or of their whole network too."""
    reason = one_line(reason)
    if len(reason) > LONGEST_REASON:
        raise ReasonLength
    if hours is not None and not 1 <= hours <= MOST_HOURS:
        raise BanLength
    if network and comer.network is None:
        raise NetworkUnknown
    until = now + hours * HOUR if hours is not None else None
    return Ban(new_id(), person, name, comer.ids | {person}, comer.network if network else None, reason, by, now, until)


def ban(ban: Ban) -> list[Event]:
    return [happened.Banned(ban)]


def lift(safety: Safety, id: str, *, by: PersonId, now: int) -> list[Event]:
    """Let somebody in again."""
    if id not in safety.bans:
        raise BanUnknown
    return [happened.BanLifted(id, now, by)]


def join(safety: Safety, guest: PersonId, account: PersonId) -> list[Event]:
    """A guest and an account are one person: who is banned as the one is banned as the other."""
    both = frozenset({guest, account})
    hit = [ban for ban in safety.bans.values() if ban.ids & both]
    return [happened.BanWidened(ban.id, person) for ban in hit for person in sorted(both - ban.ids)]


def sweep(safety: Safety, now: int) -> list[Event]:
    """Bans that have run out."""
    return [happened.BanLifted(ban.id, now, None) for ban in safety.bans.values() if not ban.lasts(now)]


def report(safety: Safety, made: Report) -> list[Event]:
    """Something is reported; the same by the same person, while it waits to be read, is one report."""
    if len(made.note) > LONGEST_NOTE:
        raise NoteLength
    theirs = [one for one in safety.reports.values() if one.reporter == made.reporter]
    if any((one.about, one.subject) == (made.about, made.subject) for one in theirs):
        return []
    if len(theirs) >= OPEN_REPORTS_OF_ONE or len(safety.reports) >= OPEN_REPORTS:
        raise TooManyReports
    return [happened.Reported(made)]


def done(safety: Safety, id: str, *, by: PersonId, now: int, apart: bool = False) -> list[Event]:
    """The desk has dealt with it; what is about who leads the room is not there for it, but for others (`apart`)."""
    found = safety.reports.get(id)
    if found is None or (found.apart and not apart) or found.subject == by:
        raise ReportUnknown
    return [happened.ReportDone(id, now, by)]
