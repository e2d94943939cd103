"""What is refused about the audience."""

from causerie.errors import Conflict, Forbidden, Invalid, Missing, TooMany


class PinLength(Invalid):
    code, text = "pin.length", "A pinned line has 1 to 200 characters."


class PinLink(Invalid):
    code, text = "pin.link", "A link begins with https:// or http:// and has at most 500 characters."


class RoomLocked(Forbidden):
    code, text = "room.locked", "This room is locked. Knock, and hosts can let you in."


class RoomFull(Conflict):
    code, text = "room.full", "This room is full. Try again when somebody has left."


class DoorOpen(Conflict):
    code, text = "knock.open", "The door is open. Come in."


class KnockUnknown(Missing):
    code, text = "knock.unknown", "This person does not knock any more."


class KnockNote(Invalid):
    code, text = "knock.note", "What you say at the door has at most 120 characters."


class TooManyKnocks(TooMany):
    code, text = "knock.too_many", "Too many people are knocking. Try again in a minute."


class RaidLength(Invalid):
    code, text = "raid.minutes", "Choose from 1 to 60 minutes."


class ReactionsOff(Conflict):
    code, text = "reaction.off", "This room takes no reactions."


class ReactionTooFast(TooMany):
    code, text = "reaction.too_fast", "One reaction a second."
