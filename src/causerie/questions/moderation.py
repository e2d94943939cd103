"""What those who lead do with questions: read first, dismiss, restore, join, word otherwise, open again."""

from causerie.ids import QuestionId
from causerie.questions import events as happened
from causerie.questions.errors import MergedIntoItself, NotAnswered, NotDismissed, NotOpen, NotPending
from causerie.questions.events import Event, Reason
from causerie.questions.moves import carried, there, worded
from causerie.questions.state import OPEN, WAITING, Questions


def approve(questions: Questions, question: QuestionId) -> list[Event]:
    """It was read, and the room may see it."""
    read = there(questions, question)
    if read.state == "open":
        return []
    if read.state != "pending":
        raise NotPending
    return [happened.QuestionApproved(question)]


def dismiss(questions: Questions, question: QuestionId, reason: Reason) -> list[Event]:
    """Not taken, for a reason that its asker sees."""
    read = there(questions, question)
    if read.state == "dismissed" and read.reason == reason:
        return []
    if read.state not in OPEN | {"pending"}:
        raise NotOpen
    return [happened.QuestionDismissed(question, reason, unread=read.state == "pending")]


def restore(questions: Questions, question: QuestionId) -> list[Event]:
    """Taken after all: open, with all its votes."""
    dismissed = there(questions, question)
    if dismissed.state == "open":
        return []
    if dismissed.state != "dismissed":
        raise NotDismissed
    return [happened.QuestionRestored(question)]


def merge(questions: Questions, question: QuestionId, *, into: QuestionId) -> list[Event]:
    """Two that ask the same are one; who voted on both counts once, and as they voted on the one that stays."""
    same, stays = there(questions, question), there(questions, into)
    if question == into:
        raise MergedIntoItself
    if same.merged_into == into:
        return []
    if same.state not in OPEN | {"pending"} or stays.state not in OPEN | {"next", "on_air"}:
        raise NotOpen
    voters = tuple(vote.person for vote in same.given)
    unread = same.state == "pending"
    return [happened.QuestionMerged(question, into, carried(same, stays), voters, unread)]


def edit(questions: Questions, question: QuestionId, text: str, *, now: int) -> list[Event]:
    """Word it otherwise; everybody sees that it was."""
    before, said = there(questions, question), worded(text)
    if before.state not in WAITING | {"on_air"}:
        raise NotOpen
    return [] if said == before.text else [happened.QuestionEdited(question, said, now)]


def reopen(questions: Questions, question: QuestionId) -> list[Event]:
    """Answered, and open again."""
    answered = there(questions, question)
    if answered.state == "open":
        return []
    if answered.state != "answered":
        raise NotAnswered
    return [happened.QuestionReopened(question)]
