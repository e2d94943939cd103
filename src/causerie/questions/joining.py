"""Somebody was here as a guest, and comes in by the account they have: what they asked and voted for goes with them."""

from causerie.ids import PersonId
from causerie.questions import events as happened
from causerie.questions.events import Event
from causerie.questions.state import Question, Questions


def join(questions: Questions, guest: PersonId, account: PersonId, name: str) -> list[Event]:
    """Questions move; of two votes the account's stays; a vote on what is now one's own question falls."""
    moved: list[Event] = [happened.QuestionHandedOn(one.id, account, name) for one in questions.of(guest)]
    votes = (_votes(one, guest, account) for one in questions.all.values())
    return [*moved, *(event for events in votes for event in events)]


def _votes(question: Question, guest: PersonId, account: PersonId) -> list[Event]:
    own, said, stays = question.person in (guest, account), question.value_of(guest), question.value_of(account)
    fall = [person for person, falls in ((guest, said), (account, own and stays)) if falls]
    gone: list[Event] = [happened.Unvoted(question.id, person) for person in fall]
    if said == 0 or own or stays:
        return gone
    return [*gone, happened.Voted(question.id, account, said)]
