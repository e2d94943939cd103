"""Each move of a question, decided on its present state: events, or a refusal."""

from typing import Literal

from causerie.clock import SECOND
from causerie.ids import PersonId, QuestionId
from causerie.questions import events as happened
from causerie.questions.errors import (
    GuestsDoNotAsk,
    NoDownVotes,
    NotAnonymous,
    NotOnAir,
    NotOpen,
    NotYourName,
    NotYours,
    OwnQuestion,
    QuestionLength,
    QuestionUnknown,
    SlowMode,
    TooFast,
    TooManyOpen,
)
from causerie.questions.events import Event, Held, Hidden, Vote
from causerie.questions.state import OPEN, UNSEEN, WAITING, Question, Questions
from causerie.questions.words import listed
from causerie.rooms.settings import Anonymity, RoomSettings
from causerie.texts import one_line

SHORTEST, LONGEST = 2, 255
APART = 10 * SECOND
OPEN_EVENING = RoomSettings()


def ask(
    questions: Questions,
    asker: PersonId,
    name: str,
    *,
    id: QuestionId,
    text: str,
    myself: bool,
    now: int,
    guest: bool = False,
    anonymous: bool = False,
    settings: RoomSettings = OPEN_EVENING,
) -> list[Event]:
    """Put a question to the room; where nobody knows who asked it, it is read out."""
    said = worded(text)
    if guest and settings.guests_ask == "no":
        raise GuestsDoNotAsk
    hidden = hidden_from(settings.anonymous, wanted=anonymous)
    _in_measure(questions.of(asker), settings, now)
    comes_up = myself and hidden != "everybody"
    held = read_first(said, settings, guest=guest, hidden=hidden)
    return [happened.QuestionAsked(id, asker, name, said, comes_up, now, hidden, held)]


def worded(text: str) -> str:
    """A question's words as they are shown; or `QuestionLength`."""
    said = one_line(text)
    if not SHORTEST <= len(said) <= LONGEST:
        raise QuestionLength
    return said


def hidden_from(room: Anonymity, *, wanted: bool) -> Hidden:
    """Who does not see who asked; or `NotAnonymous`."""
    if room == "always":
        return "everybody"
    if wanted and room == "never":
        raise NotAnonymous
    return "audience" if wanted else "nobody"


def read_first(text: str, settings: RoomSettings, *, guest: bool, hidden: Hidden = "nobody") -> Held | None:
    """Why somebody reads it before the room does, if somebody does; always, where nobody answers for it by name."""
    if listed(text, settings.words):
        return "words"
    if settings.read_first or hidden == "everybody":
        return "room"
    return "guest" if guest and settings.guests_ask == "read_first" else None


def _in_measure(mine: list[Question], settings: RoomSettings, now: int) -> None:
    if sum(question.state in WAITING for question in mine) >= settings.questions_per_person:
        raise TooManyOpen
    last = max((question.asked_at for question in mine), default=None)
    if last is None:
        return
    if now - last < APART:
        raise TooFast
    if now - last < settings.slow * SECOND:
        raise SlowMode


def vote(
    questions: Questions,
    voter: PersonId,
    question: QuestionId,
    *,
    value: Literal[1, -1] = 1,
    guest: bool = False,
    settings: RoomSettings = OPEN_EVENING,
) -> list[Event]:
    """One vote a person, over all their devices; voting twice counts once, and the last one stands."""
    wanted = _seen(questions, question, voter)
    if wanted.person == voter:
        raise OwnQuestion
    if wanted.state not in OPEN:
        raise NotOpen
    if value == -1 and not settings.down_votes:
        raise NoDownVotes
    return [] if wanted.value_of(voter) == value else [happened.Voted(question, voter, value, guest)]


def unvote(questions: Questions, voter: PersonId, question: QuestionId) -> list[Event]:
    wanted = _seen(questions, question, voter)
    if wanted.state not in OPEN:
        raise NotOpen
    return [happened.Unvoted(question, voter)] if wanted.value_of(voter) else []


def withdraw(questions: Questions, asker: PersonId, question: QuestionId) -> list[Event]:
    """Take one's own question back while it waits. What was merged into it goes on with its votes."""
    mine = _seen(questions, question, asker)
    if mine.person != asker:
        raise NotYours
    if mine.state == "withdrawn":
        return []
    if mine.state not in OPEN | {"pending"}:
        raise NotOpen
    return [*_goes_on(questions, mine), happened.QuestionWithdrawn(question, unread=mine.state == "pending")]


def hide_name(
    questions: Questions, asker: PersonId, question: QuestionId, *, settings: RoomSettings = OPEN_EVENING
) -> list[Event]:
    """Take one's name off one's own question, whatever has become of it. Who leads still sees it, to call its asker.

    Where nobody is to know who asks, nobody does any more, unless its asker still wants to come on stage with it.
    """
    mine = _seen(questions, question, asker)
    if mine.person != asker:
        raise NotYourName
    if mine.hidden_from != "nobody":
        return []
    comes_up = mine.myself and mine.state in ("pending", "open", "next", "on_air")
    nobody_knows = settings.anonymous == "always" and not comes_up
    return [happened.QuestionNameHidden(question, "everybody" if nobody_knows else "audience")]


def _goes_on(questions: Questions, gone: Question) -> list[Event]:
    """Of those that were one with it the first takes its place, rather one that the room has seen before."""
    merged = questions.merged_into(gone.id)
    if not merged:
        return []
    heir = next((one for one in merged if one.held is None), merged[0])
    voters = tuple(vote.person for vote in gone.given)
    return [
        happened.QuestionParted(heir.id, unread=heir.held is not None),
        happened.QuestionMerged(gone.id, heir.id, carried(gone, heir), voters),
    ]


def carried(same: Question, stays: Question) -> tuple[Vote, ...]:
    """Votes that count there: of who has not voted there, and did not ask it."""

    def counts(person: PersonId) -> bool:
        return person != stays.person and not stays.value_of(person)

    return tuple(vote for vote in same.given if counts(vote.person))


def put_on_air(questions: Questions, question: QuestionId, *, now: int) -> list[Event]:
    """Answer this one now; the one on air until now is answered."""
    if there(questions, question).state == "on_air":
        return []
    return [*_clears(questions, question, now), happened.QuestionOnAir(question, now)]


def call(questions: Questions, question: QuestionId, *, now: int) -> list[Event]:
    """This one is next: its asker is called. The one on air until now is answered."""
    if there(questions, question).state in ("next", "on_air"):
        return []
    return [*_clears(questions, question, now), happened.QuestionNext(question, now)]


def _clears(questions: Questions, question: QuestionId, now: int) -> list[Event]:
    """What makes way for this one: the one on air is answered, another that was next is open again."""
    if there(questions, question).state not in ("open", "next"):
        raise NotOpen
    before, other = questions.on_air, questions.next
    answered: list[Event] = [happened.QuestionAnswered(before.id, now)] if before else []
    return [*answered, *([happened.QuestionPutBack(other.id)] if other and other.id != question else [])]


def answer(questions: Questions, question: QuestionId, *, now: int) -> list[Event]:
    if there(questions, question).state == "answered":
        return []
    return [happened.QuestionAnswered(_on_air(questions, question).id, now)]


def put_back(questions: Questions, question: QuestionId) -> list[Event]:
    """From on air, or from being next, back among the open ones, with all its votes."""
    found = there(questions, question)
    if found.state == "open":
        return []
    return [happened.QuestionPutBack(found.id if found.state == "next" else _on_air(questions, question).id)]


def carry_over(questions: Questions) -> list[Event]:
    """The room ends: what is still open, or next, can be answered later. Nothing is lost by the end."""
    called: list[Event] = [happened.QuestionPutBack(questions.next.id)] if questions.next else []
    return [*called, happened.QuestionsCarriedOver()] if called or questions.open else []


def there(questions: Questions, question: QuestionId) -> Question:
    """One of the room's questions; or `QuestionUnknown`."""
    found = questions.all.get(question)
    if found is None:
        raise QuestionUnknown
    return found


def _seen(questions: Questions, question: QuestionId, person: PersonId) -> Question:
    """One that this person may know of: what is pending or dismissed is not there for others."""
    found = there(questions, question)
    if found.person != person and found.state in UNSEEN:
        raise QuestionUnknown
    return found


def _on_air(questions: Questions, question: QuestionId) -> Question:
    found = there(questions, question)
    if found.state != "on_air":
        raise NotOnAir
    return found
