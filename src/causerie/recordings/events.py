"""What happened to the takes of a room, and what people said of their part in them."""

from dataclasses import dataclass
from typing import Literal

from causerie.ids import PersonId, QuestionId
from causerie.rooms.settings import RecordingRule

WhyPaused = Literal["host", "chair"]


@dataclass(frozen=True)
class RecordingRequested:
    """A take is wanted: everybody on stage is asked, and nothing is written before somebody says yes."""

    take: str
    rule: RecordingRule
    words: int
    at: int


@dataclass(frozen=True)
class PartBegan:
    """The take runs: from the first yes, after a pause, or since the program is back."""

    take: str
    part: int
    at: int


@dataclass(frozen=True)
class RecordingPaused:
    """Nothing is written until it goes on: a host wants that, or nobody leads the room (`chair`)."""

    take: str
    part: int
    why: WhyPaused
    at: int


@dataclass(frozen=True)
class RecordingStopped:
    """The take is over; what was said is brought to the disk."""

    take: str
    part: int
    at: int


@dataclass(frozen=True)
class TakeClosed:
    """Every log of the take is whole on the disk: a copy can be made of it. `empty`: nobody is in it."""

    take: str
    empty: bool
    at: int


@dataclass(frozen=True)
class TakeCopied:
    """The copy is made, or could not be."""

    take: str
    failed: bool
    at: int


@dataclass(frozen=True)
class CopyOutdated:
    """Somebody has left a take whose copy is made: it is made anew."""

    take: str
    at: int


@dataclass(frozen=True)
class TakeDropped:
    """The copy is deleted, and the take with it: its logs go from the disk."""

    take: str
    at: int


@dataclass(frozen=True)
class Consented:
    """Somebody said: keep my part."""

    take: str
    person: PersonId
    words: int
    at: int


@dataclass(frozen=True)
class LeftOut:
    """Somebody said: leave me out."""

    take: str
    person: PersonId
    words: int
    at: int


@dataclass(frozen=True)
class Withdrawn:
    """Somebody took back their yes: what was kept of them goes from every file."""

    take: str
    person: PersonId
    words: int
    at: int


@dataclass(frozen=True)
class TrackOpened:
    """What somebody says on stage is kept on a track of their own, under the name they had then."""

    take: str
    track: str
    person: PersonId
    name: str
    number: int
    at: int


@dataclass(frozen=True)
class TrackErased:
    """The log of somebody who took back their yes is gone from the disk."""

    take: str
    track: str
    at: int


@dataclass(frozen=True)
class MinorCame:
    """Somebody is here who is never recorded, whatever anybody says."""

    person: PersonId


@dataclass(frozen=True)
class CatchUpMade:
    """An answer can be heard while the room goes on. `begins`, `ends`: when it was given; `tracks`: who is in it."""

    question: QuestionId
    file: str
    begins: int
    ends: int
    length: int
    tracks: frozenset[str]


@dataclass(frozen=True)
class CatchUpGone:
    """It cannot be heard any more."""

    question: QuestionId


Event = (
    RecordingRequested
    | PartBegan
    | RecordingPaused
    | RecordingStopped
    | TakeClosed
    | TakeCopied
    | CopyOutdated
    | TakeDropped
    | Consented
    | LeftOut
    | Withdrawn
    | TrackOpened
    | TrackErased
    | MinorCame
    | CatchUpMade
    | CatchUpGone
)
