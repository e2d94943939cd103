"""What happened to questions."""

from dataclasses import dataclass
from typing import Literal

from causerie.ids import PersonId, QuestionId

# From whom a question hides who asked it.
Hidden = Literal["nobody", "audience", "everybody"]
# Why somebody reads a question first: the room does so, a guest asked, a word of the list is in it.
Held = Literal["room", "guest", "words"]
Reason = Literal["answered_before", "off_topic", "unclear", "not_a_question", "against_the_rules", "no_time"]


@dataclass(frozen=True)
class Vote:
    """What one person wants of a question: to hear it (1), or rather not (-1)."""

    person: PersonId
    value: Literal[1, -1] = 1
    guest: bool = False


@dataclass(frozen=True)
class QuestionAsked:
    """A question is open, or pending where it is `held`. `myself`: its asker wants to come on stage with it."""

    question: QuestionId
    person: PersonId
    name: str
    text: str
    myself: bool
    at: int
    hidden_from: Hidden = "nobody"
    held: Held | None = None


@dataclass(frozen=True)
class QuestionApproved:
    """It was read, and is open."""

    question: QuestionId


@dataclass(frozen=True)
class QuestionDismissed:
    """It is not taken; its asker sees the reason. `unread`: the room had never seen it."""

    question: QuestionId
    reason: Reason
    unread: bool = False


@dataclass(frozen=True)
class QuestionRestored:
    """It was dismissed and is open, with all its votes."""

    question: QuestionId


@dataclass(frozen=True)
class QuestionMerged:
    """It is one with another now. `voters`: who voted on it; `carried` are their votes that count there."""

    question: QuestionId
    into: QuestionId
    carried: tuple[Vote, ...] = ()
    voters: tuple[PersonId, ...] = ()
    unread: bool = False


@dataclass(frozen=True)
class QuestionParted:
    """It is one of its own again, since what it was merged into is taken back; `unread`: once more to be read first."""

    question: QuestionId
    unread: bool = False


@dataclass(frozen=True)
class QuestionEdited:
    """Who leads the room worded it otherwise, and everybody sees that."""

    question: QuestionId
    text: str
    at: int


@dataclass(frozen=True)
class QuestionReopened:
    """It was answered and is open again."""

    question: QuestionId


@dataclass(frozen=True)
class QuestionWithdrawn:
    """Its asker took it back. `unread`: the room had never seen it."""

    question: QuestionId
    unread: bool = False


@dataclass(frozen=True)
class QuestionNameHidden:
    """Its asker took their name off it, from whom they are hidden now."""

    question: QuestionId
    hidden_from: Hidden


@dataclass(frozen=True)
class QuestionHandedOn:
    """Its asker was a guest and came in by their account: it is that person's now."""

    question: QuestionId
    person: PersonId
    name: str


@dataclass(frozen=True)
class QuestionNext:
    """Its asker is called to ask it; it is shown, and not on air yet."""

    question: QuestionId
    at: int


@dataclass(frozen=True)
class QuestionOnAir:
    """It is being answered now."""

    question: QuestionId
    at: int


@dataclass(frozen=True)
class QuestionAnswered:
    """It has been answered."""

    question: QuestionId
    at: int


@dataclass(frozen=True)
class QuestionPutBack:
    """It was on air, or next, and is open again, with all its votes."""

    question: QuestionId


@dataclass(frozen=True)
class QuestionsCarriedOver:
    """The room has ended first: each question that was open then stays so, and can be answered later."""


@dataclass(frozen=True)
class Voted:
    """Somebody wants to hear it answered, or rather not; it takes the place of what they wanted before."""

    question: QuestionId
    person: PersonId
    value: Literal[1, -1] = 1
    guest: bool = False


@dataclass(frozen=True)
class Unvoted:
    """Somebody took a vote back."""

    question: QuestionId
    person: PersonId


Event = (
    QuestionAsked
    | QuestionApproved
    | QuestionDismissed
    | QuestionRestored
    | QuestionMerged
    | QuestionParted
    | QuestionEdited
    | QuestionReopened
    | QuestionWithdrawn
    | QuestionNameHidden
    | QuestionHandedOn
    | QuestionNext
    | QuestionOnAir
    | QuestionAnswered
    | QuestionPutBack
    | QuestionsCarriedOver
    | Voted
    | Unvoted
)
