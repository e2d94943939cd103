"""What is refused about questions."""

from causerie.errors import Conflict, Forbidden, Invalid, Missing, TooMany


class QuestionLength(Invalid):
    code, text = "question.length", "A question has 2 to 255 characters."


class QuestionUnknown(Missing):
    code, text = "question.unknown", "This question is not here any more."


class BoxClosed(Conflict):
    code, text = "question.closed", "This room takes no more questions."


class GuestsDoNotAsk(Forbidden):
    code, text = "question.guests", "In this room guests do not ask. Sign in to ask."


class MembersAsk(Forbidden):
    code, text = "question.members", "In this room members of its group ask. You can listen and vote."


class NotAnonymous(Conflict):
    code, text = "question.not_anonymous", "In this room questions are asked by name."


class TooManyOpen(TooMany):
    code, text = "question.too_many", "You have asked as much as this room takes. Take one back to ask another."


class TooFast(TooMany):
    code, text = "question.too_fast", "One question in ten seconds. Try again in a moment."


class SlowMode(TooMany):
    code, text = "question.slow", "Slow mode: wait a little before your next question."


class VotesTooFast(TooMany):
    code, text = "question.votes_too_fast", "Ten votes a second. Try again in a moment."


class LookedTooOften(TooMany):
    code, text = "question.looked_too_often", "That was looked up too often. Try again in a moment."


class OwnQuestion(Conflict):
    code, text = "question.own", "This is your own question; others vote for it."


class NoDownVotes(Conflict):
    code, text = "question.no_down_votes", "This room takes no votes against a question."


class NotOpen(Conflict):
    code, text = "question.not_open", "This question is not open any more."


class NotYours(Forbidden):
    code, text = "question.not_yours", "Only who asked it can take it back."


class NotYourName(Forbidden):
    code, text = "question.not_your_name", "Only who asked it can take their name off."


class NotOnAir(Conflict):
    code, text = "question.not_on_air", "This question is not on air."


class NotPending(Conflict):
    code, text = "question.not_pending", "This question does not wait to be read."


class NotDismissed(Conflict):
    code, text = "question.not_dismissed", "This question is not dismissed."


class NotAnswered(Conflict):
    code, text = "question.not_answered", "This question has not been answered."


class MergedIntoItself(Conflict):
    code, text = "question.itself", "A question cannot be joined with itself."
