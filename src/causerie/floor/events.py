"""What happened to the queue itself."""

from dataclasses import dataclass

from causerie.floor.order import Answer, Key
from causerie.ids import PersonId, QuestionId


@dataclass(frozen=True)
class Listed:
    """Something on the shortlist. `since` tells a hand from the next one of the same person."""

    key: Key
    since: int


@dataclass(frozen=True)
class ShortlistSet:
    """The shortlist as it is now, in the host's order."""

    listed: tuple[Listed, ...]


@dataclass(frozen=True)
class OrderedByHand:
    """The line as the hosts put it; what is not among these stands behind."""

    placed: tuple[Listed, ...]


@dataclass(frozen=True)
class AskedAhead:
    """Somebody was asked whether they are ready: *You are next*. `after`: what stood before them then."""

    person: PersonId
    entry: Listed
    after: tuple[Key, ...]
    at: int


@dataclass(frozen=True)
class DeckAnswered:
    """What somebody on deck says; `asked` where their *Ready* has run out and they are asked again."""

    person: PersonId
    answer: Answer
    until: int | None = None


@dataclass(frozen=True)
class DeckLeft:
    """Somebody is not on deck any more."""

    person: PersonId


@dataclass(frozen=True)
class CountedDown:
    """Somebody who was ready comes on air: 3, 2, 1, and at `opens_at` their microphone opens."""

    person: PersonId
    question: QuestionId | None
    opens_at: int


@dataclass(frozen=True)
class TopicOnAir:
    """Those on stage speak of this now, without a question."""

    topic: str
    text: str
    at: int


@dataclass(frozen=True)
class TopicOver:
    """They speak of it no longer: a host took it down, or something else is on air."""

    topic: str
    at: int


Event = ShortlistSet | OrderedByHand | AskedAhead | DeckAnswered | DeckLeft | CountedDown | TopicOnAir | TopicOver
