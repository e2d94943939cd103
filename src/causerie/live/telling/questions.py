"""Questions and votes, as they are told."""

from causerie.floor.live import LiveRoom
from causerie.live import protocol as wire
from causerie.live import views
from causerie.live.telling.announcement import Announcement
from causerie.questions import events as happened


def tell(said: Announcement, event: object, after: LiveRoom) -> None:
    match event:
        case happened.QuestionAsked(question=question):
            said.room.append(wire.QuestionAsked(question=views.question(after.questions.all[question])))
        case (
            happened.QuestionWithdrawn(question=question)
            | happened.QuestionOnAir(question=question)
            | happened.QuestionAnswered(question=question)
            | happened.QuestionPutBack(question=question)
        ):
            said.room.append(wire.QuestionChanged(question=views.question(after.questions.all[question])))
        case happened.Voted(question, person):
            said.votes.add(question)
            said.to(person, wire.MeVoted(question=question, voted=True))
        case happened.Unvoted(question, person):
            said.votes.add(question)
            said.to(person, wire.MeVoted(question=question, voted=False))
