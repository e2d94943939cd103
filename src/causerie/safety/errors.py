"""What is refused about bans and reports."""

from causerie.errors import Conflict, Invalid, Missing, TooMany


class ReasonLength(Invalid):
    code, text = "ban.reason", "A reason has at most 200 characters."


class BanLength(Invalid):
    code, text = "ban.hours", "A ban lasts from one hour to a year, or without end."


class NetworkUnknown(Conflict):
    code, text = "ban.network", "The network of this person is not known."


class BanUnknown(Missing):
    code, text = "ban.unknown", "This ban is over, or was never given."


class NoteLength(Invalid):
    code, text = "report.note", "A report has at most 500 characters."


class ReportUnknown(Missing):
    code, text = "report.unknown", "This is not here any more."


class TooManyReports(TooMany):
    code, text = "report.too_many", "You have reported as much as is read at once. It will be looked at."


class ReportSettled(Conflict):
    code, text = "report.settled", "Somebody has settled this already."


class AnswerLength(Invalid):
    code, text = "report.answer", "What you say to who reported it has at most 500 characters."
