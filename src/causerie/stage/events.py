"""What happened on stage."""

from dataclasses import dataclass
from typing import Literal

from causerie.ids import PersonId, QuestionId

Why = Literal["accepted", "declined", "timed_out", "withdrawn"]


@dataclass(frozen=True)
class HandRaised:
    """Somebody wishes to speak. `lost_seat`: they were on stage, their line was gone too long, and they come first."""

    person: PersonId
    name: str
    note: str | None
    at: int
    lost_seat: bool = False


@dataclass(frozen=True)
class HandLowered:
    """A hand is down: by its person, by coming on stage, ten minutes after its person left, or `by_host`."""

    person: PersonId
    by_host: bool = False


@dataclass(frozen=True)
class HandLeft:
    """The person of a hand left the room (`at`) or is here again (None); the hand stays up for a while."""

    person: PersonId
    at: int | None


@dataclass(frozen=True)
class Invited:
    """Somebody has the first key. `question` is the one it was picked for."""

    person: PersonId
    name: str
    until: int
    question: QuestionId | None = None


@dataclass(frozen=True)
class InvitationClosed:
    """The first key is gone."""

    person: PersonId
    why: Why
    question: QuestionId | None = None


@dataclass(frozen=True)
class SpeakerCame:
    """Somebody has a seat on stage."""

    person: PersonId
    name: str
    number: int
    role: Literal["host", "cohost", "speaker"]
    muted: bool
    at: int
    portrait: str | None = None
    bot: bool = False
    invited: bool = False


@dataclass(frozen=True)
class SpeakerMuted:
    """A microphone is shut: by oneself or by a host."""

    person: PersonId
    by: PersonId


@dataclass(frozen=True)
class MuteKept:
    """A host keeps somebody muted, until a host lets go."""

    person: PersonId


@dataclass(frozen=True)
class MuteReleased:
    """Somebody who was kept muted may open their microphone again; they do that themselves."""

    person: PersonId


@dataclass(frozen=True)
class MicrophoneAsked:
    """Who is kept muted asks to speak again."""

    person: PersonId
    at: int


@dataclass(frozen=True)
class UnmuteWished:
    """A host asks somebody to open their microphone; nobody can do it for them."""

    person: PersonId


@dataclass(frozen=True)
class MicrophoneAway:
    """A microphone was taken by a call or unplugged (`away`), or is there again, muted."""

    person: PersonId
    away: bool


@dataclass(frozen=True)
class Hushed:
    """Nobody but hosts speaks (`on`), or those on stage may open their microphones again."""

    on: bool


@dataclass(frozen=True)
class SeatAwaited:
    """Somebody accepted while every seat was taken, and comes up by themselves when one is free."""

    person: PersonId
    name: str
    number: int
    invited: bool
    at: int


@dataclass(frozen=True)
class WaiterLeft:
    """Who waits for a seat left the room (`at`) or is here again (None)."""

    person: PersonId
    at: int | None


@dataclass(frozen=True)
class WaitOver:
    """Somebody waits for a seat no longer: they have one, or want none any more."""

    person: PersonId


@dataclass(frozen=True)
class SpeakerUnmuted:
    """Somebody opened their own microphone."""

    person: PersonId


@dataclass(frozen=True)
class SpeakerHeld:
    """A speaker's line is lost; the seat is kept until `until`."""

    person: PersonId
    until: int


@dataclass(frozen=True)
class SpeakerBack:
    """A speaker's line is there again; the microphone stays shut until they open it."""

    person: PersonId


@dataclass(frozen=True)
class SpeakerLeft:
    """Somebody has no seat any more."""

    person: PersonId
    why: Literal["stepped_down", "moved_down", "thanked", "removed", "lost", "ended"]


@dataclass(frozen=True)
class SpeakerCalled:
    """A seat is called otherwise: its person became a host or co-host, or is one no more."""

    person: PersonId
    role: Literal["host", "cohost", "speaker"]


@dataclass(frozen=True)
class BackstageCame:
    """Somebody accepted and is backstage: a host brings them on air."""

    person: PersonId
    name: str
    number: int
    invited: bool
    at: int


@dataclass(frozen=True)
class BackstageChanged:
    """Somebody backstage shut or opened their microphone, left (`left_at`) or is here again."""

    person: PersonId
    muted: bool
    left_at: int | None


@dataclass(frozen=True)
class BackstageNoted:
    """What the hosts are to know of somebody backstage, by who spoke with them."""

    person: PersonId
    topic: str | None
    note: str | None
    ready: bool


@dataclass(frozen=True)
class BackstageLeft:
    """Somebody is not backstage any more: on air, or gone."""

    person: PersonId


@dataclass(frozen=True)
class TalkedBackstage:
    """Somebody holds *Hold to talk backstage* (`on`): they are heard there and nowhere else; or let go of it."""

    person: PersonId
    on: bool


@dataclass(frozen=True)
class Talked:
    """How long people have spoken in this room by now, in milliseconds of measured voice."""

    totals: tuple[tuple[PersonId, int], ...]


Event = (
    HandRaised
    | HandLowered
    | HandLeft
    | Invited
    | InvitationClosed
    | SpeakerCame
    | SpeakerMuted
    | SpeakerUnmuted
    | SpeakerHeld
    | SpeakerBack
    | SpeakerLeft
    | SpeakerCalled
    | MuteKept
    | MuteReleased
    | MicrophoneAsked
    | UnmuteWished
    | MicrophoneAway
    | Hushed
    | SeatAwaited
    | WaiterLeft
    | WaitOver
    | Talked
    | BackstageCame
    | BackstageChanged
    | BackstageNoted
    | BackstageLeft
    | TalkedBackstage
)
