"""What is refused about a copy."""

from causerie.errors import Conflict, Forbidden, Invalid, Missing


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


class LaterUnreadable(Invalid):
    code, text = "later.unreadable", "This sound cannot be read. Record it anew, as WebM, M4A or WAV."


class LaterTooLong(Invalid):
    code, text = "later.too_long", "An answer lasts ten minutes at most."


class LaterSilent(Invalid):
    code, text = "later.silent", "Nothing can be heard in this. Look whether the microphone was on."


class LaterLength(Invalid):
    code, text = "later.length", "An answer has 1 to 5,000 characters."


class LaterKind(Invalid):
    code, text = "later.kind", "An answer is written, or a sound."


class LaterTooLarge(Invalid):
    code, text = "later.too_large", "A sound has 64 megabytes at most."


class LaterAnswered(Conflict):
    code, text = "later.answered", "This question has its answer already."


class CopyUnknown(Missing):
    code, text = "copy.unknown", "There is no copy at this address."


class FileUnknown(Missing):
    code, text = "file.unknown", "There is no file at this address, or its link is over."


class CopyMayNot(Forbidden):
    code, text = "copy.may_not", "Only those who lead the room do this with its copy."


class CopyNotReady(Conflict):
    code, text = "copy.not_ready", "The copy is still being made."


class CopyNotMade(Conflict):
    code, text = "copy.not_made", "The copy could not be made. It is tried again."


class ChapterUnknown(Missing):
    code, text = "copy.chapter", "This copy has no such chapter."


class ChapterTitle(Invalid):
    code, text = "copy.title", "A chapter's title has 1 to 255 characters."


class ChapterPlace(Invalid):
    code, text = "copy.place", "A chapter begins after the one before it, and before the next."


class ChapterFirst(Invalid):
    code, text = "copy.first", "Nothing is before this chapter that it could be joined with."


class TooManyChapters(Conflict):
    code, text = "copy.chapters", "A copy has at most 500 chapters."


class TrimOutside(Invalid):
    code, text = "copy.trim", "A copy begins and ends within what was recorded, and is a second long at least."


class NotInIt(Conflict):
    code, text = "copy.not_in_it", "Nothing of you is in this copy."


class WithdrawalUnknown(Missing):
    code, text = "copy.withdrawal", "Nobody waits for an answer to this."


class ClipTitle(Invalid):
    code, text = "clip.title", "A clip's title has 1 to 255 characters."


class ClipUnknown(Missing):
    code, text = "clip.unknown", "There is no clip at this address."


class TooManyClips(Conflict):
    code, text = "clip.too_many", "A copy has at most 100 clips. Take one away first."


class ClipNotMade(Conflict):
    code, text = "clip.not_made", "The clip could not be made. Take it away and cut it again."


class ClipShort(Invalid):
    code, text = "clip.short", "A clip is 15 seconds long at least."


class ClipLong(Invalid):
    code, text = "clip.long", "A clip is two minutes long at most."


class ClipOutside(Invalid):
    code, text = "clip.outside", "This part is not in the copy."


class ClipSilent(Invalid):
    code, text = "clip.silent", "Nobody speaks in this part."
