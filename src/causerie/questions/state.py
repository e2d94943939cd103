"""A room's questions as they stand, and how each event changes them."""

from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import Literal

from causerie.ids import PersonId, QuestionId
from causerie.questions import events as happened

State = Literal["open", "on_air", "answered", "withdrawn"]


@dataclass(frozen=True)
class Question:
    """One question and who voted for it."""

    id: QuestionId
    person: PersonId
    name: str
    text: str
    myself: bool
    asked_at: int
    state: State = "open"
    voters: frozenset[PersonId] = frozenset()
    on_air_at: int | None = None
    answered_at: int | None = None

    @property
    def votes(self) -> int:
        return len(self.voters)


@dataclass(frozen=True)
class Questions:
    """All questions of a room, in the order they were asked."""

    all: dict[QuestionId, Question] = field(default_factory=dict)

    @property
    def on_air(self) -> Question | None:
        """The one that is being answered; there is at most one."""
        return next((question for question in self.all.values() if question.state == "on_air"), None)

    @property
    def open(self) -> list[Question]:
        return [question for question in self.all.values() if question.state == "open"]

    @property
    def answered(self) -> list[Question]:
        return [question for question in self.all.values() if question.state == "answered"]

    def of(self, person: PersonId) -> list[Question]:
        return [question for question in self.all.values() if question.person == person]


@singledispatch
def fold(_event: object, questions: Questions) -> Questions:
    """The questions after an event; events of others leave them as they are."""
    return questions


@fold.register
def _(event: happened.QuestionAsked, questions: Questions) -> Questions:
    asked = Question(event.question, event.person, event.name, event.text, event.myself, event.at)
    return Questions({**questions.all, event.question: asked})


@fold.register
def _(event: happened.QuestionWithdrawn, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="withdrawn")


@fold.register
def _(event: happened.QuestionOnAir, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="on_air", on_air_at=event.at)


@fold.register
def _(event: happened.QuestionAnswered, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="answered", answered_at=event.at)


@fold.register
def _(event: happened.QuestionPutBack, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="open", on_air_at=None)


@fold.register
def _(event: happened.Voted, questions: Questions) -> Questions:
    voters = questions.all[event.question].voters | {event.person}
    return _changed(questions, event.question, voters=voters)


@fold.register
def _(event: happened.Unvoted, questions: Questions) -> Questions:
    voters = questions.all[event.question].voters - {event.person}
    return _changed(questions, event.question, voters=voters)


def _changed(questions: Questions, question: QuestionId, **changed: object) -> Questions:
    after = replace(questions.all[question], **changed)  # type: ignore[arg-type]  # fields of Question, named above
    return Questions({**questions.all, question: after})
