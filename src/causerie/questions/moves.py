"""Each move of a question, decided on its present state: events, or a refusal."""

from causerie.clock import SECOND
from causerie.ids import PersonId, QuestionId
from causerie.questions import events as happened
from causerie.questions.errors import (
    NotOnAir,
    NotOpen,
    NotYours,
    OwnQuestion,
    QuestionLength,
    QuestionUnknown,
    TooFast,
    TooManyOpen,
)
from causerie.questions.events import Event
from causerie.questions.state import Question, Questions
from causerie.texts import one_line

SHORTEST, LONGEST = 2, 255
OPEN_AT_ONCE = 3
APART = 10 * SECOND


def ask(
    questions: Questions, asker: PersonId, name: str, *, id: QuestionId, text: str, myself: bool, now: int
) -> list[Event]:
    """Put a question to the room."""
    worded = one_line(text)
    if not SHORTEST <= len(worded) <= LONGEST:
        raise QuestionLength
    mine = questions.of(asker)
    if sum(question.state == "open" for question in mine) >= OPEN_AT_ONCE:
        raise TooManyOpen
    if any(now - question.asked_at < APART for question in mine):
        raise TooFast
    return [happened.QuestionAsked(id, asker, name, worded, myself, now)]


def vote(questions: Questions, voter: PersonId, question: QuestionId) -> list[Event]:
    """One vote a person, over all their devices; voting twice counts once."""
    wanted = _there(questions, question)
    if wanted.person == voter:
        raise OwnQuestion
    if wanted.state != "open":
        raise NotOpen
    return [] if voter in wanted.voters else [happened.Voted(question, voter)]


def unvote(questions: Questions, voter: PersonId, question: QuestionId) -> list[Event]:
    wanted = _there(questions, question)
    if wanted.state != "open":
        raise NotOpen
    return [happened.Unvoted(question, voter)] if voter in wanted.voters else []


def withdraw(questions: Questions, asker: PersonId, question: QuestionId) -> list[Event]:
    """Take one's own question back while it is open."""
    mine = _there(questions, question)
    if mine.person != asker:
        raise NotYours
    if mine.state == "withdrawn":
        return []
    if mine.state != "open":
        raise NotOpen
    return [happened.QuestionWithdrawn(question)]


def put_on_air(questions: Questions, question: QuestionId, *, now: int) -> list[Event]:
    """Answer this one now; the one on air until now is answered."""
    picked = _there(questions, question)
    if picked.state == "on_air":
        return []
    if picked.state != "open":
        raise NotOpen
    before = questions.on_air
    answered: list[Event] = [happened.QuestionAnswered(before.id, now)] if before else []
    return [*answered, happened.QuestionOnAir(question, now)]


def answer(questions: Questions, question: QuestionId, *, now: int) -> list[Event]:
    if _there(questions, question).state == "answered":
        return []
    return [happened.QuestionAnswered(_on_air(questions, question).id, now)]


def put_back(questions: Questions, question: QuestionId) -> list[Event]:
    """Back among the open ones, with all its votes."""
    if _there(questions, question).state == "open":
        return []
    return [happened.QuestionPutBack(_on_air(questions, question).id)]


def _there(questions: Questions, question: QuestionId) -> Question:
    found = questions.all.get(question)
    if found is None:
        raise QuestionUnknown
    return found


def _on_air(questions: Questions, question: QuestionId) -> Question:
    found = _there(questions, question)
    if found.state != "on_air":
        raise NotOnAir
    return found
