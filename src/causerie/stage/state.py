"""The stage as it stands, and how each event changes it."""

from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import Any, Literal, TypeVar

from causerie.ids import PersonId, QuestionId
from causerie.stage import events as happened

K = TypeVar("K")
V = TypeVar("V")

SEATS = 50
Lane = Literal["stage", "backstage"]


@dataclass(frozen=True)
class Seat:
    """One of the fifty. A held one, whose person's line is lost, counts among them.

    `invited`: by a host, not out of the queue. `wished`: a host asks them to unmute. `away`: a call has the microphone.
    """

    person: PersonId
    name: str
    number: int
    role: Literal["host", "cohost", "speaker"]
    muted: bool
    since: int
    held_until: int | None = None
    portrait: str | None = None
    bot: bool = False
    invited: bool = False
    wished: bool = False
    away: bool = False

    @property
    def sounds(self) -> bool:
        """Whether this microphone is open."""
        return not self.muted and self.held_until is None

    @property
    def hosts(self) -> bool:
        return self.role in ("host", "cohost")


@dataclass(frozen=True)
class Hand:
    """A wish to speak. `left_at`: since when its person is away. `lost_seat`: a lost line cost them their seat."""

    person: PersonId
    name: str
    note: str | None
    raised_at: int
    left_at: int | None = None
    lost_seat: bool = False


@dataclass(frozen=True)
class Invitation:
    """The first key, good until `until`."""

    person: PersonId
    name: str
    until: int
    question: QuestionId | None = None


@dataclass(frozen=True)
class Waiting:
    """Who accepted while the stage was full. `left_at`: since when they are away."""

    person: PersonId
    name: str
    number: int
    invited: bool
    since: int
    left_at: int | None = None


@dataclass(frozen=True)
class Guest:
    """Somebody backstage, and what the hosts are to know of them."""

    person: PersonId
    name: str
    number: int
    invited: bool
    since: int
    muted: bool = False
    left_at: int | None = None
    topic: str | None = None
    note: str | None = None
    ready: bool = False


@dataclass(frozen=True)
class Stage:
    """Everything on and before the stage.

    `spoken`: who has had a seat before, and is not *first time* any more. `waiting`: in the order they accepted.
    `kept`: whom a host keeps muted, and when they asked to speak again. `hushed`: nobody but hosts speaks.
    `talked`: milliseconds of measured voice, by person. `aside`: who holds *Hold to talk backstage*.
    """

    seats: dict[PersonId, Seat] = field(default_factory=dict)
    hands: dict[PersonId, Hand] = field(default_factory=dict)
    invitations: dict[PersonId, Invitation] = field(default_factory=dict)
    spoken: frozenset[PersonId] = frozenset()
    waiting: dict[PersonId, Waiting] = field(default_factory=dict)
    kept: dict[PersonId, int | None] = field(default_factory=dict)
    hushed: bool = False
    talked: dict[PersonId, int] = field(default_factory=dict)
    backstage: dict[PersonId, Guest] = field(default_factory=dict)
    aside: frozenset[PersonId] = frozenset()

    @property
    def lanes(self) -> dict[PersonId, Lane]:
        """Whose microphone is open now, and where it is heard: never in two places."""
        stage: dict[PersonId, Lane] = {seat.person: "stage" for seat in self.seats.values() if seat.sounds}
        guests = (guest for guest in self.backstage.values() if not guest.muted and guest.left_at is None)
        return stage | {guest.person: "backstage" for guest in guests} | dict.fromkeys(self.aside, "backstage")

    @property
    def full(self) -> bool:
        return len(self.seats) >= SEATS


@singledispatch
def fold(_event: object, stage: Stage) -> Stage:
    """The stage after an event; events of others leave it as it is."""
    return stage


@fold.register
def _(event: happened.HandRaised, stage: Stage) -> Stage:
    hand = Hand(event.person, event.name, event.note, event.at, lost_seat=event.lost_seat)
    return replace(stage, hands={**stage.hands, event.person: hand})


@fold.register
def _(event: happened.HandLowered, stage: Stage) -> Stage:
    return replace(stage, hands=without(stage.hands, event.person))


@fold.register
def _(event: happened.HandLeft, stage: Stage) -> Stage:
    hand = replace(stage.hands[event.person], left_at=event.at)
    return replace(stage, hands={**stage.hands, event.person: hand})


@fold.register
def _(event: happened.Invited, stage: Stage) -> Stage:
    invitation = Invitation(event.person, event.name, event.until, event.question)
    return replace(stage, invitations={**stage.invitations, event.person: invitation})


@fold.register
def _(event: happened.InvitationClosed, stage: Stage) -> Stage:
    return replace(stage, invitations=without(stage.invitations, event.person))


@fold.register
def _(event: happened.SpeakerCame, stage: Stage) -> Stage:
    seat = Seat(
        event.person,
        event.name,
        event.number,
        event.role,
        event.muted,
        event.at,
        portrait=event.portrait,
        bot=event.bot,
        invited=event.invited,
    )
    return replace(stage, seats={**stage.seats, event.person: seat}, spoken=stage.spoken | {event.person})


@fold.register
def _(event: happened.SpeakerMuted, stage: Stage) -> Stage:
    return _seated(stage, event.person, muted=True)


@fold.register
def _(event: happened.SpeakerUnmuted, stage: Stage) -> Stage:
    return _seated(stage, event.person, muted=False, wished=False, away=False)


@fold.register
def _(event: happened.SpeakerHeld, stage: Stage) -> Stage:
    return _seated(stage, event.person, held_until=event.until, muted=True)


@fold.register
def _(event: happened.SpeakerBack, stage: Stage) -> Stage:
    return _seated(stage, event.person, held_until=None, muted=True)


@fold.register
def _(event: happened.SpeakerLeft, stage: Stage) -> Stage:
    return replace(stage, seats=without(stage.seats, event.person))


@fold.register
def _(event: happened.SpeakerCalled, stage: Stage) -> Stage:
    return _seated(stage, event.person, role=event.role)


@fold.register
def _(event: happened.BackstageCame, stage: Stage) -> Stage:
    guest = Guest(event.person, event.name, event.number, event.invited, event.at)
    return replace(stage, backstage={**stage.backstage, event.person: guest})


@fold.register
def _(event: happened.BackstageChanged, stage: Stage) -> Stage:
    return _guest(stage, event.person, muted=event.muted, left_at=event.left_at)


@fold.register
def _(event: happened.BackstageNoted, stage: Stage) -> Stage:
    return _guest(stage, event.person, topic=event.topic, note=event.note, ready=event.ready)


@fold.register
def _(event: happened.BackstageLeft, stage: Stage) -> Stage:
    return replace(stage, backstage=without(stage.backstage, event.person))


@fold.register
def _(event: happened.TalkedBackstage, stage: Stage) -> Stage:
    holding = stage.aside | {event.person} if event.on else stage.aside - {event.person}
    return replace(stage, aside=holding)


@fold.register
def _(event: happened.Talked, stage: Stage) -> Stage:
    return replace(stage, talked={**stage.talked, **dict(event.totals)})


@fold.register
def _(event: happened.MuteKept, stage: Stage) -> Stage:
    return replace(stage, kept={**stage.kept, event.person: None})


@fold.register
def _(event: happened.MuteReleased, stage: Stage) -> Stage:
    return replace(stage, kept=without(stage.kept, event.person))


@fold.register
def _(event: happened.MicrophoneAsked, stage: Stage) -> Stage:
    return replace(stage, kept={**stage.kept, event.person: event.at})


@fold.register
def _(event: happened.UnmuteWished, stage: Stage) -> Stage:
    return _seated(stage, event.person, wished=True)


@fold.register
def _(event: happened.MicrophoneAway, stage: Stage) -> Stage:
    return _seated(stage, event.person, away=event.away, muted=True)


@fold.register
def _(event: happened.Hushed, stage: Stage) -> Stage:
    return replace(stage, hushed=event.on)


@fold.register
def _(event: happened.SeatAwaited, stage: Stage) -> Stage:
    waiting = Waiting(event.person, event.name, event.number, event.invited, event.at)
    return replace(stage, waiting={**stage.waiting, event.person: waiting})


@fold.register
def _(event: happened.WaiterLeft, stage: Stage) -> Stage:
    waiting = replace(stage.waiting[event.person], left_at=event.at)
    return replace(stage, waiting={**stage.waiting, event.person: waiting})


@fold.register
def _(event: happened.WaitOver, stage: Stage) -> Stage:
    return replace(stage, waiting=without(stage.waiting, event.person))


def _guest(stage: Stage, person: PersonId, **changed: Any) -> Stage:
    guest = replace(stage.backstage[person], **changed)
    return replace(stage, backstage={**stage.backstage, person: guest})


def _seated(stage: Stage, person: PersonId, **changed: Any) -> Stage:
    seat = replace(stage.seats[person], **changed)
    return replace(stage, seats={**stage.seats, person: seat})


def without(mapping: dict[K, V], key: K) -> dict[K, V]:
    return {k: v for k, v in mapping.items() if k != key}
