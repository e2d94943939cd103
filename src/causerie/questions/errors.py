"""What is refused about questions."""

from causerie.errors import Conflict, Forbidden, Invalid, Missing, TooMany


class QuestionLength(Invalid):
    code, text = "question.length", "A question has 2 to 255 characters."


class QuestionUnknown(Missing):
    code, text = "question.unknown", "This question is not here any more."


class BoxClosed(Conflict):
    code, text = "question.closed", "This room takes no more questions."


class TooManyOpen(TooMany):
    code, text = "question.too_many", "You have three open questions. Take one back to ask another."


class TooFast(TooMany):
    code, text = "question.too_fast", "One question in ten seconds. Try again in a moment."


class OwnQuestion(Conflict):
    code, text = "question.own", "This is your own question; others vote for it."


class NotOpen(Conflict):
    code, text = "question.not_open", "This question is not open any more."


class NotYours(Forbidden):
    code, text = "question.not_yours", "Only who asked it can take it back."


class NotOnAir(Conflict):
    code, text = "question.not_on_air", "This question is not on air."
