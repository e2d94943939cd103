"""What is refused about notices."""

from causerie.errors import Conflict, Invalid, Missing, TooMany


class NothingToRemind(Conflict):
    code, text = "remind.over", "This room has begun already or will not take place."


class DeviceUnusable(Invalid):
    code, text = "push.unusable", "This browser's keys for messages cannot be used."


class DeviceUnknown(Missing):
    code, text = "push.unknown", "Messages are not switched on in this browser."


class TooManyDevices(TooMany):
    code, text = "push.too_many", "You have messages switched on in ten browsers. Switch one off first."


class DeviceAddress(Invalid):
    code, text = "push.address", "Messages do not go to this address from here."


class ZoneUnknown(Invalid):
    code, text = "zone.unknown", "There is no time zone of this name."


class LetterLinkUnknown(Missing):
    code, text = "letter.unknown", "This link is used up or too old."


class LetterNotWaiting(Conflict):
    code = "letter.not_waiting"
    text = "This letter does not wait: it is on its way by mail, was handed over, or is too late. Load the list again."


class CalendarUnknown(Missing):
    code, text = "calendar.unknown", "There is no calendar at this address."
