"""What is refused about the audience."""

from causerie.errors import Conflict, Invalid, TooMany


class PinLength(Invalid):
    code, text = "pin.length", "A pinned line has 1 to 200 characters."


class PinLink(Invalid):
    code, text = "pin.link", "A link begins with https:// or http:// and has at most 500 characters."


class ReactionsOff(Conflict):
    code, text = "reaction.off", "This room takes no reactions."


class ReactionTooFast(TooMany):
    code, text = "reaction.too_fast", "One reaction a second."
