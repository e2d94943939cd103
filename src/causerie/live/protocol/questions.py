"""Asking and voting."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import QUESTION_MAX, QUESTION_MIN, Command, Id, Message, Millis


class Question(Message):
    """A written question as the whole room sees it. `person` and `name` are absent where it is anonymous."""

    id: Id
    text: str
    person: Id | None
    name: str | None
    myself: bool
    state: Literal["open", "next", "on_air", "answered", "withdrawn"]
    votes: int
    asked_at: Millis
    on_air_at: Millis | None = None
    answered_at: Millis | None = None


class QuestionAsk(Command):
    """Put a question to the room; `myself` makes it a ticket to the stage."""

    do: Literal["question.ask"] = "question.ask"
    text: Annotated[str, Field(min_length=QUESTION_MIN, max_length=QUESTION_MAX)]
    myself: bool = True


class QuestionVote(Command):
    """Vote for a question of somebody else; voting twice counts once."""

    do: Literal["question.vote"] = "question.vote"
    question: Id


class QuestionUnvote(Command):
    """Take one's vote back."""

    do: Literal["question.unvote"] = "question.unvote"
    question: Id


class QuestionWithdraw(Command):
    """Take one's own question back while it is open."""

    do: Literal["question.withdraw"] = "question.withdraw"
    question: Id


class QuestionAsked(Message):
    """A new question is open."""

    is_: Literal["question.asked"] = Field("question.asked", alias="is")
    question: Question


class QuestionChanged(Message):
    """A question moved: next, on air, answered, put back, withdrawn. Absolute, like all numbered events."""

    is_: Literal["question.changed"] = Field("question.changed", alias="is")
    question: Question


class VotesCounted(Message):
    """New tallies, once a tick: votes by question id."""

    is_: Literal["votes.counted"] = Field("votes.counted", alias="is")
    tallies: dict[str, int]


class MeVoted(Message):
    """One's vote on a question, from whichever device."""

    is_: Literal["me.voted"] = Field("me.voted", alias="is")
    question: Id
    voted: bool


QuestionCommands = QuestionAsk | QuestionVote | QuestionUnvote | QuestionWithdraw
QuestionEvents = QuestionAsked | QuestionChanged | VotesCounted | MeVoted
