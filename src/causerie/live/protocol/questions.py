"""Asking, voting, and what those who lead do with questions."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import QUESTION_MAX, QUESTION_MIN, Command, Id, Message, Millis, Number

Dismissal = Literal["answered_before", "off_topic", "unclear", "not_a_question", "against_the_rules", "no_time"]
Text = Annotated[str, Field(min_length=QUESTION_MIN, max_length=QUESTION_MAX)]


class Question(Message):
    """A written question as one may see it. `person` and `name` are absent where it is anonymous to this viewer.

    `votes` are those that count, `guest_votes` those that stand apart. `held`: why it is read first, for the desk.
    `reason`: why it was dismissed, for the desk and its asker. `into`: what it was joined with. `called_at`: since when
    it is next.
    """

    id: Id
    text: str
    person: Id | None
    name: str | None
    anonymous: bool
    myself: bool
    state: Literal["pending", "open", "next", "on_air", "answered", "carried_over", "dismissed", "merged", "withdrawn"]
    votes: int
    guest_votes: int = 0
    asked_at: Millis
    on_air_at: Millis | None = None
    answered_at: Millis | None = None
    called_at: Millis | None = None
    edited: bool = False
    held: Literal["room", "guest", "words"] | None = None
    reason: Dismissal | None = None
    into: Id | None = None


class QuestionAsk(Command):
    """Put a question to the room; `myself` makes it a ticket to the stage, `anonymous` hides the name where allowed."""

    do: Literal["question.ask"] = "question.ask"
    text: Text
    myself: bool = True
    anonymous: bool = False


class QuestionVote(Command):
    """Vote for a question of somebody else (1), or against it (-1) where the room takes that; the last one stands."""

    do: Literal["question.vote"] = "question.vote"
    question: Id
    value: Annotated[Literal[1, -1], Number] = 1


class QuestionUnvote(Command):
    """Take one's vote back."""

    do: Literal["question.unvote"] = "question.unvote"
    question: Id


class QuestionWithdraw(Command):
    """Take one's own question back while it is pending or open."""

    do: Literal["question.withdraw"] = "question.withdraw"
    question: Id


class QuestionHideName(Command):
    """Take one's name off one's own question, whatever has become of it, also after the end of the room."""

    do: Literal["question.hide_name"] = "question.hide_name"
    question: Id


class QuestionApprove(Command):
    """A pending question was read: it is open."""

    do: Literal["question.approve"] = "question.approve"
    question: Id


class QuestionDismiss(Command):
    """Do not take a question, for a reason that its asker sees."""

    do: Literal["question.dismiss"] = "question.dismiss"
    question: Id
    reason: Dismissal


class QuestionRestore(Command):
    """Take a dismissed question after all: it is open, with all its votes."""

    do: Literal["question.restore"] = "question.restore"
    question: Id


class QuestionMerge(Command):
    """Join a question with another that asks the same; the votes of both count there, each person's once."""

    do: Literal["question.merge"] = "question.merge"
    question: Id
    into: Id


class QuestionEdit(Command):
    """Word a question otherwise; everybody sees that it was."""

    do: Literal["question.edit"] = "question.edit"
    question: Id
    text: Text


class QuestionReopen(Command):
    """An answered question is open again."""

    do: Literal["question.reopen"] = "question.reopen"
    question: Id


class QuestionSimilar(Command):
    """What has been asked like this already, while one writes; the answer is a `similar` frame. Four a second."""

    do: Literal["question.similar"] = "question.similar"
    text: Annotated[str, Field(max_length=QUESTION_MAX)]


class QuestionPage(Command):
    """More questions than a snapshot shows: the fifty after this one; the answer is a `questions` frame.

    What waits to be read and what was dismissed is for the desk.
    """

    do: Literal["question.page"] = "question.page"
    tab: Literal["wanted", "new", "answered", "pending", "dismissed"]
    after: Id | None = None


class Similar(Message):
    """The open questions most like a text, at most three, the most like first."""

    type: Literal["similar"] = "similar"
    id: str
    questions: list[Question]


class QuestionsPage(Message):
    """Questions of a tab in its order as the room sees them, what only the `desk` sees, and whether there are more."""

    type: Literal["questions"] = "questions"
    id: str
    questions: list[Question]
    desk: list[Question]
    more: bool


class Told(Message):
    """A question in its new state, and how many are open and answered now."""

    question: Question
    open_count: int
    answered_count: int


class QuestionAsked(Told):
    """A question is open that was not there before."""

    is_: Literal["question.asked"] = Field("question.asked", alias="is")


class QuestionChanged(Told):
    """A question moved: next, on air, answered, put back, withdrawn. Absolute, like all numbered events."""

    is_: Literal["question.changed"] = Field("question.changed", alias="is")


class QuestionsCarriedOver(Message):
    """The room has ended first: each question that was open is carried over, with its votes. It counts as open."""

    is_: Literal["questions.carried_over"] = Field("questions.carried_over", alias="is")


class QuestionGone(Message):
    """A question is not before the room any more; `into`: it was joined with this one."""

    is_: Literal["question.gone"] = Field("question.gone", alias="is")
    question: Id
    into: Id | None = None
    open_count: int
    answered_count: int


class VotesCounted(Message):
    """New tallies, once a tick, by question id: votes that count; those of guests that stand apart, where not none."""

    is_: Literal["votes.counted"] = Field("votes.counted", alias="is")
    tallies: dict[str, int]
    guests: dict[str, int]


class PutAside(Message):
    """How many wait to be read and how many were dismissed, by now."""

    pending_count: int
    dismissed_count: int


class DeskQuestion(PutAside):
    """A question as only the desk sees it: pending, dismissed, or with an asker whom the room does not see."""

    is_: Literal["desk.question"] = Field("desk.question", alias="is")
    question: Question


class DeskQuestionGone(PutAside):
    """The desk sees of this question what everybody sees."""

    is_: Literal["desk.question_gone"] = Field("desk.question_gone", alias="is")
    question: Id


class FromOne(Message):
    """How many `votes` guests gave to a question, for it or against it, and how many come `from_one` network."""

    votes: int
    from_one: int


class DeskOneNetwork(Message):
    """Waiting questions of whose guests' votes at least three, and at least half, come from one network. Not which."""

    is_: Literal["desk.one_network"] = Field("desk.one_network", alias="is")
    one_network: dict[Id, FromOne]


class DeskWords(Message):
    """The words list as it is now."""

    is_: Literal["desk.words"] = Field("desk.words", alias="is")
    words: list[str]


class MeQuestion(Message):
    """One's own question as the room does not see it: pending, dismissed, joined with another, or anonymous."""

    is_: Literal["me.question"] = Field("me.question", alias="is")
    question: Question


class MeQuestionGone(Message):
    """The room sees of one's question what oneself sees, or it is taken back."""

    is_: Literal["me.question_gone"] = Field("me.question_gone", alias="is")
    question: Id


class MeVoted(Message):
    """One's vote on a question, from whichever device: for it (1), against it (-1), none (0)."""

    is_: Literal["me.voted"] = Field("me.voted", alias="is")
    question: Id
    value: Literal[-1, 0, 1]


class MeMerged(Message):
    """A question one voted on was joined with another; `value` is one's vote there now."""

    is_: Literal["me.merged"] = Field("me.merged", alias="is")
    question: Id
    into: Id
    value: Literal[-1, 0, 1]


QuestionCommands = (
    QuestionAsk
    | QuestionVote
    | QuestionUnvote
    | QuestionWithdraw
    | QuestionHideName
    | QuestionApprove
    | QuestionDismiss
    | QuestionRestore
    | QuestionMerge
    | QuestionEdit
    | QuestionReopen
    | QuestionSimilar
    | QuestionPage
)
QuestionEvents = (
    QuestionAsked
    | QuestionChanged
    | QuestionsCarriedOver
    | QuestionGone
    | VotesCounted
    | DeskQuestion
    | DeskQuestionGone
    | DeskOneNetwork
    | DeskWords
    | MeQuestion
    | MeQuestionGone
    | MeVoted
    | MeMerged
)
