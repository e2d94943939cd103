"""A room and its people, ready made for stories: `ada` leads it, `ben`, `cho` and `dee` came to hear her."""

from dataclasses import replace

from causerie.accounts.people import Person
from causerie.clock import HandClock
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId, QuestionId, RoomId
from causerie.questions.state import Question, Questions
from causerie.rooms.state import Room

NOW = HandClock().now()

ADA, BEN, CHO, DEE = (PersonId(name) for name in ("ada", "ben", "cho", "dee"))
ada = Person(ADA, "Ada", guest=False, may_open_rooms=True)
ben, cho, dee = (Person(id, id.title(), guest=False) for id in (BEN, CHO, DEE))
gus = Person(PersonId("gus"), "Gus")
visitor = Person(PersonId("eve"))

scheduled = Room(RoomId("room"), "sparrows", "Sparrows", "", "public", "en", ADA, "Ada")
live = replace(scheduled, started_at=NOW)
ended = replace(live, ended_at=NOW)


def asked(id: str, by: PersonId, **changed: object) -> Question:
    """A question that is open and has no votes, unless something else is said."""
    return replace(Question(QuestionId(id), by, by.title(), f"What of {id}?", True, NOW), **changed)


def box(*questions: Question) -> Questions:
    """These questions and no others."""
    return Questions({question.id: question for question in questions})


def room(*questions: Question, phase: Room = live) -> LiveRoom:
    """A live room with an empty stage."""
    return LiveRoom(phase, questions=box(*questions))
