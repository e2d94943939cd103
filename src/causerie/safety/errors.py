"""What is refused about bans."""

from causerie.errors import Conflict, Invalid, Missing


class ReasonLength(Invalid):
    code, text = "ban.reason", "A reason has at most 200 characters."


class BanLength(Invalid):
    code, text = "ban.hours", "A ban lasts from one hour to a year, or without end."


class NetworkUnknown(Conflict):
    code, text = "ban.network", "The network of this person is not known."


class BanUnknown(Missing):
    code, text = "ban.unknown", "This ban is over, or was never given."
