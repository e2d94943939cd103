"""A room's questions as they stand, and how each event changes them."""

from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import Any, Literal

from causerie.ids import PersonId, QuestionId
from causerie.questions import events as happened
from causerie.questions.events import Held, Hidden, Reason, Vote

State = Literal["pending", "open", "next", "on_air", "answered", "carried_over", "dismissed", "merged", "withdrawn"]
WAITING: frozenset[State] = frozenset({"pending", "open", "next", "carried_over"})
OPEN: frozenset[State] = frozenset({"open", "carried_over"})
UNSEEN: frozenset[State] = frozenset({"pending", "dismissed"})


@dataclass(frozen=True)
class Question:
    """One question and who voted on it: `voters` for it, `against` it; `guests` says which of both are guests."""

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
    against: frozenset[PersonId] = frozenset()
    guests: frozenset[PersonId] = frozenset()
    hidden_from: Hidden = "nobody"
    held: Held | None = None
    reason: Reason | None = None
    merged_into: QuestionId | None = None
    edited_at: int | None = None
    called_at: int | None = None

    @property
    def votes(self) -> int:
        """Votes of accounts: for it, less those against."""
        return len(self.voters - self.guests) - len(self.against - self.guests)

    @property
    def guest_votes(self) -> int:
        """The same of guests."""
        return len(self.voters & self.guests) - len(self.against & self.guests)

    @property
    def given(self) -> list[Vote]:
        """Each vote on it."""
        return [Vote(person, 1, person in self.guests) for person in sorted(self.voters)] + [
            Vote(person, -1, person in self.guests) for person in sorted(self.against)
        ]

    def value_of(self, person: PersonId) -> Literal[-1, 0, 1]:
        """What a person wants of it."""
        return 1 if person in self.voters else -1 if person in self.against else 0


@dataclass(frozen=True)
class Questions:
    """All questions of a room, in the order they were asked."""

    all: dict[QuestionId, Question] = field(default_factory=dict)

    @property
    def on_air(self) -> Question | None:
        """The one that is being answered; there is at most one."""
        return next((question for question in self.all.values() if question.state == "on_air"), None)

    @property
    def next(self) -> Question | None:
        """The one whose asker is called; there is at most one."""
        return next((question for question in self.all.values() if question.state == "next"), None)

    @property
    def open(self) -> list[Question]:
        """Those that wait for an answer, also when the room has ended first."""
        return [question for question in self.all.values() if question.state in OPEN]

    @property
    def answered(self) -> list[Question]:
        return [question for question in self.all.values() if question.state == "answered"]

    def merged_into(self, question: QuestionId) -> list[Question]:
        """What is one with this one, in the order it was asked."""
        return [one for one in self.all.values() if one.merged_into == question]

    def of(self, person: PersonId) -> list[Question]:
        return [question for question in self.all.values() if question.person == person]


@singledispatch
def fold(_event: object, questions: Questions) -> Questions:
    """The questions after an event; events of others leave them as they are."""
    return questions


@fold.register
def _(event: happened.QuestionAsked, questions: Questions) -> Questions:
    asked = Question(
        event.question,
        event.person,
        event.name,
        event.text,
        event.myself,
        event.at,
        state="pending" if event.held else "open",
        hidden_from=event.hidden_from,
        held=event.held,
    )
    return Questions({**questions.all, event.question: asked})


@fold.register
def _(event: happened.QuestionApproved, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="open")


@fold.register
def _(event: happened.QuestionDismissed, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="dismissed", reason=event.reason)


@fold.register
def _(event: happened.QuestionRestored, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="open", reason=None)


@fold.register
def _(event: happened.QuestionMerged, questions: Questions) -> Questions:
    """Its votes are the other's now; what was merged into it before is one with the other too."""
    nobody: frozenset[PersonId] = frozenset()
    merged = {"state": "merged", "merged_into": event.into, "voters": nobody, "against": nobody, "guests": nobody}
    after = _changed(questions, event.question, **merged)
    for before in questions.all.values():
        if before.merged_into == event.question:
            after = _changed(after, before.id, merged_into=event.into)
    for vote in event.carried:
        after = _voted(after, event.into, vote)
    return after


@fold.register
def _(event: happened.QuestionParted, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="pending" if event.unread else "open", merged_into=None)


@fold.register
def _(event: happened.QuestionEdited, questions: Questions) -> Questions:
    return _changed(questions, event.question, text=event.text, edited_at=event.at)


@fold.register
def _(event: happened.QuestionReopened, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="open", on_air_at=None, answered_at=None)


@fold.register
def _(event: happened.QuestionWithdrawn, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="withdrawn", merged_into=None)


@fold.register
def _(event: happened.QuestionNameHidden, questions: Questions) -> Questions:
    """Where nobody knows who asked it, it is read out."""
    comes_up = questions.all[event.question].myself and event.hidden_from != "everybody"
    return _changed(questions, event.question, hidden_from=event.hidden_from, myself=comes_up)


@fold.register
def _(event: happened.QuestionHandedOn, questions: Questions) -> Questions:
    return _changed(questions, event.question, person=event.person, name=event.name)


@fold.register
def _(event: happened.QuestionNext, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="next", called_at=event.at)


@fold.register
def _(event: happened.QuestionOnAir, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="on_air", on_air_at=event.at, called_at=None)


@fold.register
def _(event: happened.QuestionAnswered, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="answered", answered_at=event.at)


@fold.register
def _(event: happened.QuestionPutBack, questions: Questions) -> Questions:
    return _changed(questions, event.question, state="open", on_air_at=None, called_at=None)


@fold.register
def _(_event: happened.QuestionsCarriedOver, questions: Questions) -> Questions:
    carried = {one.id: replace(one, state="carried_over") for one in questions.open}
    return Questions({**questions.all, **carried})


@fold.register
def _(event: happened.Voted, questions: Questions) -> Questions:
    return _voted(questions, event.question, Vote(event.person, event.value, event.guest))


@fold.register
def _(event: happened.Unvoted, questions: Questions) -> Questions:
    return _without(questions, event.question, event.person)


def _voted(questions: Questions, question: QuestionId, vote: Vote) -> Questions:
    after = _without(questions, question, vote.person)
    mine, wanted = {vote.person}, after.all[question]
    guests = wanted.guests | mine if vote.guest else wanted.guests
    if vote.value == 1:
        return _changed(after, question, voters=wanted.voters | mine, guests=guests)
    return _changed(after, question, against=wanted.against | mine, guests=guests)


def _without(questions: Questions, question: QuestionId, person: PersonId) -> Questions:
    before, gone = questions.all[question], {person}
    return _changed(
        questions,
        question,
        voters=before.voters - gone,
        against=before.against - gone,
        guests=before.guests - gone,
    )


def _changed(questions: Questions, question: QuestionId, **changed: Any) -> Questions:
    after = replace(questions.all[question], **changed)
    return Questions({**questions.all, question: after})
