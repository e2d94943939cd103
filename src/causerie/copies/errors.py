"""What is refused about a copy."""

from causerie.errors import Invalid


class CopyEmpty(Invalid):
    code, text = "copy.empty", "Nothing is left of this room: all of it is trimmed or hidden."


class CopyTooLong(Invalid):
    code, text = "copy.too_long", "A copy is 24 hours long at most."


class CopyPlanUnread(Invalid):
    code, text = "copy.plan", "This is no plan of a copy."


class CopyOther(Invalid):
    code, text = "copy.other", "Another copy is being kept in this folder."


class TakeUnreadable(Invalid):
    code, text = "take.unreadable", "A speaker's log cannot be read."


class CoverRefused(Invalid):
    code, text = "cover.unreadable", "This picture cannot be read: a JPEG, PNG or WebP of at most 40 megapixels can."
