"""The queue over questions and hands."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import TOPIC_MAX, Command, Id, Message, Millis
from causerie.live.protocol.recordings import Consent


class Reason(Message):
    """Why an entry stands where it stands; `n` where it is counted: votes, the place on the shortlist, minutes."""

    why: Literal["on_deck", "shortlisted", "lost_seat", "votes", "in_turn", "first_time", "spoke", "placed", "waiting"]
    n: int | None = None


class Entry(Message):
    """One place of the floor queue and why it stands there."""

    kind: Literal["question", "hand"]
    id: Id
    person: Id | None
    name: str | None
    here: bool
    reasons: list[Reason]
    waiting_since: Millis
    votes: int = 0
    deck: Literal["asked", "ready", "not_ready"] | None = None


class Place(Message):
    """One's own place in the queue, from 1, and an honest estimate in minutes where there is one.

    `after_end`: the planned end, where it is probably not before that.
    """

    n: int
    minutes: int | None = None
    after_end: Millis | None = None


class Fell(Message):
    """Why one's place is further back: what `n` others did, or that the hosts changed the `rule` of the queue.

    They got more votes, were shortlisted, came back, took their kind's turn, were heard less, or were placed by hand.
    """

    why: Literal["rule", "shortlisted", "came_back", "votes", "turns", "heard_less", "placed"]
    n: int


class OnDeck(Message):
    """One is next, with this entry: *Ready?* `ready_until`: how long one's *Ready* is good."""

    kind: Literal["question", "hand"]
    id: Id
    answer: Literal["asked", "ready", "not_ready"]
    ready_until: Millis | None


class Opens(Message):
    """The last who came on air by a count-down, and when their microphone opens."""

    person: Id
    question: Id | None
    opens_at: Millis


class Topic(Message):
    """What those on stage speak of without a question, and since when."""

    text: str
    since: Millis


class AgendaLine(Message):
    """What the plan means to be spoken of, and whether it was on air as a topic."""

    text: str
    spoken_of: bool


class FloorPick(Command):
    """Put a question on air, or give the floor to a `hand` (by its person).

    Who wants to speak comes at once, after a count-down, where they are ready; otherwise they are invited, and their
    question is `next` until they come.
    """

    do: Literal["floor.pick"] = "floor.pick"
    question: Id | None = None
    hand: Id | None = None


class FloorReadOut(Command):
    """Put a question on air without its asker: somebody reads it out. Who was called for it is not any more."""

    do: Literal["floor.read_out"] = "floor.read_out"
    question: Id


class DeckReady(Command):
    """Say that one is ready, from this page, after the check: one's acceptance ahead of time, good for five minutes.

    `part`: where the room is recorded, what becomes of one's part. Nothing said is no.
    """

    do: Literal["deck.ready"] = "deck.ready"
    part: Consent | None = None


class DeckNotReady(Command):
    """Say that one is not ready, or not any more; the place stays."""

    do: Literal["deck.not_ready"] = "deck.not_ready"


class FloorAnswered(Command):
    """Mark the question on air as answered. Its asker stays on stage, or with `thanks` goes back to the audience."""

    do: Literal["floor.answered"] = "floor.answered"
    question: Id
    thanks: bool = False


class FloorPutBack(Command):
    """Put the question that is on air, or next, back among the open ones."""

    do: Literal["floor.put_back"] = "floor.put_back"
    question: Id


class Which(Message):
    """An entry of the queue: a question by its id, a hand by its person's."""

    kind: Literal["question", "hand"]
    id: Id


class FloorShortlist(Command):
    """Put an entry at the end of the shortlist, or take it off."""

    do: Literal["floor.shortlist"] = "floor.shortlist"
    entry: Which
    on: bool = True


class FloorMove(Command):
    """Put an entry on the shortlist before another of it; at its end where there is none."""

    do: Literal["floor.move"] = "floor.move"
    entry: Which
    before: Which | None = None


class FloorPlace(Command):
    """By hand: put an entry before another of the line that is not shortlisted; at its end where there is none."""

    do: Literal["floor.place"] = "floor.place"
    entry: Which
    before: Which | None = None


class FloorTopic(Command):
    """Put a topic on air instead of what is there, or take it down where no `text` is said."""

    do: Literal["floor.topic"] = "floor.topic"
    text: Annotated[str, Field(min_length=1, max_length=TOPIC_MAX)] | None = None


class FloorOrdered(Message):
    """The floor queue in its new order."""

    is_: Literal["floor.ordered"] = Field("floor.ordered", alias="is")
    entries: list[Entry]


class MePlaced(Message):
    """One's place in the floor queue, or none; where it is further back than one was last told, why it `fell`."""

    is_: Literal["me.placed"] = Field("me.placed", alias="is")
    place: Place | None
    fell: Fell | None = None


class FloorOpens(Message):
    """Somebody who was ready comes on air: 3, 2, 1, and their microphone opens."""

    is_: Literal["floor.opens"] = Field("floor.opens", alias="is")
    opens: Opens


class TopicChanged(Message):
    """What is spoken of without a question now, or nothing."""

    is_: Literal["topic.changed"] = Field("topic.changed", alias="is")
    topic: Topic | None


class DeskAgenda(Message):
    """The agenda as it is now: its lines, and which of them were on air."""

    is_: Literal["desk.agenda"] = Field("desk.agenda", alias="is")
    agenda: list[AgendaLine]


class MeOnDeck(Message):
    """One is asked ahead, or not any more."""

    is_: Literal["me.on_deck"] = Field("me.on_deck", alias="is")
    on_deck: OnDeck | None


FloorCommands = (
    FloorPick
    | FloorReadOut
    | FloorAnswered
    | FloorPutBack
    | FloorShortlist
    | FloorMove
    | FloorPlace
    | FloorTopic
    | DeckReady
    | DeckNotReady
)
FloorEvents = FloorOrdered | FloorOpens | TopicChanged | DeskAgenda | MePlaced | MeOnDeck
