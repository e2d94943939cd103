"""What hosts have made of the queue, and how each event changes it."""

from dataclasses import dataclass, field, replace
from functools import singledispatch

from causerie.floor import events as happened
from causerie.floor.events import CountedDown, Listed
from causerie.floor.order import Answer, Key
from causerie.ids import PersonId


@dataclass(frozen=True)
class OnDeck:
    """Somebody who was asked ahead, for this entry of the queue. `until`: how long their *Ready* is good."""

    person: PersonId
    entry: Listed
    after: tuple[Key, ...]
    at: int
    answer: Answer = "asked"
    until: int | None = None


@dataclass(frozen=True)
class Topic:
    """What those on stage speak of without a question, and since when."""

    id: str
    text: str
    at: int


@dataclass(frozen=True)
class Floor:
    """The queue as far as it does not follow from questions and hands. `placed`: the hosts' own order of the line.

    `topic` is on air; no question is, then. `spoken_of`: every topic that is or was.
    """

    shortlist: tuple[Listed, ...] = ()
    placed: tuple[Listed, ...] = ()
    deck: dict[PersonId, OnDeck] = field(default_factory=dict)
    opens: CountedDown | None = None
    topic: Topic | None = None
    spoken_of: frozenset[str] = frozenset()

    def ready(self, person: PersonId, now: int) -> bool:
        """Whether somebody has turned their key ahead of time."""
        asked = self.deck.get(person)
        return asked is not None and asked.answer == "ready" and (asked.until or 0) > now


@singledispatch
def fold(_event: object, floor: Floor) -> Floor:
    """The floor after an event; events of others leave it as it is."""
    return floor


@fold.register
def _(event: happened.ShortlistSet, floor: Floor) -> Floor:
    return replace(floor, shortlist=event.listed)


@fold.register
def _(event: happened.OrderedByHand, floor: Floor) -> Floor:
    return replace(floor, placed=event.placed)


@fold.register
def _(event: happened.AskedAhead, floor: Floor) -> Floor:
    return replace(floor, deck={**floor.deck, event.person: OnDeck(event.person, event.entry, event.after, event.at)})


@fold.register
def _(event: happened.DeckAnswered, floor: Floor) -> Floor:
    answered = replace(floor.deck[event.person], answer=event.answer, until=event.until)
    return replace(floor, deck={**floor.deck, event.person: answered})


@fold.register
def _(event: happened.DeckLeft, floor: Floor) -> Floor:
    return replace(floor, deck={person: asked for person, asked in floor.deck.items() if person != event.person})


@fold.register
def _(event: happened.CountedDown, floor: Floor) -> Floor:
    return replace(floor, opens=event)


@fold.register
def _(event: happened.TopicOnAir, floor: Floor) -> Floor:
    topic = Topic(event.topic, event.text, event.at)
    return replace(floor, topic=topic, spoken_of=floor.spoken_of | {event.text})


@fold.register
def _(_event: happened.TopicOver, floor: Floor) -> Floor:
    return replace(floor, topic=None)
