"""What happened to questions."""

from dataclasses import dataclass

from causerie.ids import PersonId, QuestionId


@dataclass(frozen=True)
class QuestionAsked:
    """A question is open. `myself`: its asker wants to come on stage with it."""

    question: QuestionId
    person: PersonId
    name: str
    text: str
    myself: bool
    at: int


@dataclass(frozen=True)
class QuestionWithdrawn:
    """Its asker took it back."""

    question: QuestionId


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
    """It was on air and is open again, with all its votes."""

    question: QuestionId


@dataclass(frozen=True)
class Voted:
    """Somebody wants to hear it answered."""

    question: QuestionId
    person: PersonId


@dataclass(frozen=True)
class Unvoted:
    """Somebody took a vote back."""

    question: QuestionId
    person: PersonId


Event = QuestionAsked | QuestionWithdrawn | QuestionOnAir | QuestionAnswered | QuestionPutBack | Voted | Unvoted
