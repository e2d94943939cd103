"""What stands around an answer, in the room's language: whoever reads it may have no script and no choice."""

from datetime import UTC, datetime
from typing import Literal

from babel.dates import format_date

from causerie.i18n import count, locale, phrase, t

Word = Literal[
    "skip",
    "home",
    "sign_in",
    "from_room",
    "asked",
    "somebody",
    "answer",
    "play",
    "pause",
    "position",
    "speed",
    "follow",
    "share",
    "embed",
    "copy",
    "copied",
    "said",
    "who",
    "also",
    "whole",
    "moment",
    "later",
    "more",
    "gone",
]

WORDS: dict[Word, str] = {
    "skip": phrase("Skip to content"),
    "home": phrase("home"),
    "sign_in": phrase("Sign in"),
    "from_room": phrase("From the room"),
    "asked": phrase("{name} asked"),
    "somebody": phrase("Asked from the audience"),
    "answer": phrase("The answer"),
    "play": phrase("Play the answer, {length}"),
    "pause": phrase("Pause"),
    "position": phrase("Position"),
    "speed": phrase("Speed"),
    "follow": phrase("Follow the text"),
    "share": phrase("Share"),
    "embed": phrase("Put it on your page"),
    "copy": phrase("Copy"),
    "copied": phrase("Copied"),
    "said": phrase("What was said"),
    "who": phrase("Who answered"),
    "also": phrase("Also answered that evening"),
    "whole": phrase("Hear the whole room"),
    "moment": phrase("Hear it in the room"),
    "later": phrase("Answered after the room"),
    "more": phrase("More"),
    "gone": phrase("This answer is not here any more."),
}


def word(language: str, wanted: Word, **given: str) -> str:
    """In the room's language, in English where we do not speak it."""
    return t(language, WORDS[wanted], **given)


def wanted(language: str, votes: int) -> str | None:
    """How many others wanted to hear it; nothing where nobody said so."""
    if votes < 1:
        return None
    return count(language, votes, "and {n} other wanted to know", "and {n} others wanted to know")


def day(language: str, at: int) -> str:
    """The day of a moment, as it is written there."""
    return format_date(datetime.fromtimestamp(at / 1000, UTC).date(), "long", locale=locale(language))


def lasting(milliseconds: int) -> str:
    """As one says it: minutes and seconds, with hours once there are."""
    seconds = milliseconds // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
