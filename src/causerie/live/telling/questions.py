"""Questions and votes, as they are told: to the room, to the desk, and to who asked or voted."""

from typing import Any

from causerie.floor.live import LiveRoom
from causerie.ids import QuestionId
from causerie.live import asked
from causerie.live import protocol as wire
from causerie.live.telling.announcement import Announcement
from causerie.questions import events as happened
from causerie.questions.state import UNSEEN
from causerie.rooms.events import RoomSet


def tell(said: Announcement, event: object, after: LiveRoom) -> None:
    match event:
        case happened.QuestionAsked(question=question):
            if after.questions.all[question].state not in UNSEEN:
                said.room.append(wire.QuestionAsked(**_told(after, question)))
            _apart(said, after, question)
        case happened.QuestionApproved(question) | happened.QuestionRestored(question):
            said.room.append(wire.QuestionAsked(**_told(after, question)))
            _apart(said, after, question, leaves=True)
            _one_with_it(said, after, question)
        case happened.QuestionParted(question, unread):
            if not unread:
                said.room.append(wire.QuestionAsked(**_told(after, question)))
            _apart(said, after, question, leaves=True)
        case happened.QuestionDismissed(question=question, unread=unread):
            if not unread:
                said.room.append(wire.QuestionGone(question=question, **_counts(after)))
            _apart(said, after, question)
            _one_with_it(said, after, question)
        case happened.QuestionWithdrawn(question, unread):
            if not unread:
                said.room.append(wire.QuestionChanged(**_told(after, question)))
            _apart(said, after, question, leaves=unread or after.questions.all[question].hidden_from != "nobody")
        case happened.QuestionNameHidden(question=question) | happened.QuestionHandedOn(question=question):
            _otherwise_asked(said, after, question)
        case happened.QuestionEdited(question=question):
            if after.questions.all[question].state not in UNSEEN:
                said.room.append(wire.QuestionChanged(**_told(after, question)))
            _apart(said, after, question)
        case (
            happened.QuestionNext(question)
            | happened.QuestionOnAir(question=question)
            | happened.QuestionAnswered(question=question)
            | happened.QuestionPutBack(question=question)
            | happened.QuestionReopened(question=question)
        ):
            said.room.append(wire.QuestionChanged(**_told(after, question)))
            _apart(said, after, question)
        case happened.QuestionsCarriedOver():
            said.room.append(wire.QuestionsCarriedOver())
        case happened.QuestionMerged():
            _merged(said, event, after)
        case happened.Voted(question=question, person=person) | happened.Unvoted(question=question, person=person):
            said.votes.add(question)
            value = after.questions.all[question].value_of(person)
            said.to(person, wire.MeVoted(question=question, value=value))
        case RoomSet(settings):
            said.desk.append(wire.DeskWords(words=list(settings.words)))
            said.votes |= {question.id for question in after.questions.all.values() if question.guests}


def _otherwise_asked(said: Announcement, after: LiveRoom, question: QuestionId) -> None:
    """Nobody, or somebody by another name, is seen to have asked it, where the room sees the question."""
    if after.questions.all[question].state not in UNSEEN | {"merged", "withdrawn"}:
        said.room.append(wire.QuestionChanged(**_told(after, question)))
    _apart(said, after, question)


def _merged(said: Announcement, event: happened.QuestionMerged, after: LiveRoom) -> None:
    """All who voted on it are told, and all who asked what is one with it now."""
    if not event.unread:
        said.room.append(wire.QuestionGone(question=event.question, into=event.into, **_counts(after)))
    same, stays = after.questions.all[event.question], after.questions.all[event.into]
    said.votes.add(event.into)
    for person in event.voters:
        said.to(person, wire.MeMerged(question=same.id, into=stays.id, value=stays.value_of(person)))
    if event.unread or same.hidden_from != "nobody":
        said.desk.append(wire.DeskQuestionGone(question=same.id, **asked.put_aside(after)))
    _one_with_it(said, after, event.into)


def _one_with_it(said: Announcement, after: LiveRoom, question: QuestionId) -> None:
    """Who asked what is one with this sees what has become of it."""
    for one in after.questions.merged_into(question):
        said.to(one.person, wire.MeQuestion(question=asked.for_asker(after, one)))


def _told(after: LiveRoom, question: QuestionId) -> dict[str, Any]:
    return {"question": asked.for_room(after, after.questions.all[question]), **_counts(after)}


def _counts(after: LiveRoom) -> dict[str, Any]:
    return {"open_count": len(after.questions.open), "answered_count": len(after.questions.answered)}


def _apart(said: Announcement, after: LiveRoom, question: QuestionId, *, leaves: bool = False) -> None:
    """What only the desk and its asker see of a question; `leaves`: they saw more until now."""
    one = after.questions.all[question]
    if asked.desk_apart(one):
        said.desk.append(wire.DeskQuestion(question=asked.for_desk(after, one), **asked.put_aside(after)))
    elif leaves:
        said.desk.append(wire.DeskQuestionGone(question=question, **asked.put_aside(after)))
    if asked.asker_apart(one):
        said.to(one.person, wire.MeQuestion(question=asked.for_asker(after, one)))
    elif leaves:
        said.to(one.person, wire.MeQuestionGone(question=question))
