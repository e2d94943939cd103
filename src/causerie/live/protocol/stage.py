"""Seats, hands, invitations."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import NOTE_MAX, Command, Id, Message, Millis
from causerie.live.protocol.recordings import Consent


class Seat(Message):
    """One person on stage. `number` is the speaker number that the sound carries as its CSRC (RFC 3550, 5.1).

    `kept`: a host keeps them muted. `wished`: a host asks them to unmute. `away`: a call has their microphone.
    `aside`: they speak backstage, and are not heard on stage meanwhile.
    """

    person: Id
    name: str
    number: int
    role: Literal["host", "cohost", "speaker"]
    muted: bool
    held: bool
    since: Millis
    portrait: str | None = None
    bot: bool = False
    kept: bool = False
    wished: bool = False
    away: bool = False
    aside: bool = False


class Waiting(Message):
    """Somebody who accepted while the stage was full, seen by hosts only."""

    person: Id
    name: str
    since: Millis
    here: bool


class Hand(Message):
    """A wish to speak, seen by hosts only."""

    person: Id
    name: str
    note: str | None
    raised_at: Millis
    here: bool


class Invitation(Message):
    """An open invitation to the stage; it lasts until `until`. `question` is the one it was picked for."""

    person: Id
    name: str
    until: Millis
    question: Id | None = None


class HandRaise(Command):
    """Wish to speak, with an optional private note for the hosts. Raising twice keeps the place."""

    do: Literal["hand.raise"] = "hand.raise"
    note: Annotated[str, Field(max_length=NOTE_MAX)] | None = None


class HandLower(Command):
    """Take the hand down."""

    do: Literal["hand.lower"] = "hand.lower"


class HandsLower(Command):
    """Take all hands down; whoever still wishes to speak raises theirs again."""

    do: Literal["hand.lower_all"] = "hand.lower_all"


class StageInvite(Command):
    """Invite a person to the stage."""

    do: Literal["stage.invite"] = "stage.invite"
    person: Id


class StageAccept(Command):
    """Accept the invitation one has; the second of the two keys that open a microphone.

    `part`: where the room is recorded, what becomes of one's part. Nothing said is no.
    """

    do: Literal["stage.accept"] = "stage.accept"
    part: Consent | None = None


class StageDecline(Command):
    """Say *Not now*; a hand that was up stays up."""

    do: Literal["stage.decline"] = "stage.decline"


class StageMoreTime(Command):
    """Add a minute to the invitation one has."""

    do: Literal["stage.more_time"] = "stage.more_time"


class StageStepDown(Command):
    """Leave the stage and go on listening."""

    do: Literal["stage.step_down"] = "stage.step_down"


class StageMoveDown(Command):
    """Move a speaker to the audience."""

    do: Literal["stage.move_down"] = "stage.move_down"
    person: Id


class SpeakerCame(Message):
    """Somebody came on stage."""

    is_: Literal["speaker.came"] = Field("speaker.came", alias="is")
    seat: Seat


class SpeakerChanged(Message):
    """A seat looks different now: muted, unmuted, kept, held after a lost line, back."""

    is_: Literal["speaker.changed"] = Field("speaker.changed", alias="is")
    seat: Seat


class SpeakerLeft(Message):
    """Somebody left the stage."""

    is_: Literal["speaker.left"] = Field("speaker.left", alias="is")
    person: Id
    why: Literal["stepped_down", "moved_down", "thanked", "removed", "lost", "ended"]


class HandRaised(Message):
    """Somebody wishes to speak, or changed the note, or left or came back."""

    is_: Literal["hand.raised"] = Field("hand.raised", alias="is")
    hand: Hand


class HandLowered(Message):
    """A hand is down."""

    is_: Literal["hand.lowered"] = Field("hand.lowered", alias="is")
    person: Id


class InvitationSent(Message):
    """Somebody has an invitation to the stage, or more time for it."""

    is_: Literal["invitation.sent"] = Field("invitation.sent", alias="is")
    invitation: Invitation


class InvitationClosed(Message):
    """An invitation is over."""

    is_: Literal["invitation.closed"] = Field("invitation.closed", alias="is")
    person: Id
    why: Literal["accepted", "declined", "timed_out", "withdrawn"]


class StageAwaited(Message):
    """Everybody who waits for a free seat, in their order."""

    is_: Literal["stage.awaited"] = Field("stage.awaited", alias="is")
    waiting: list[Waiting]


class MeWaiting(Message):
    """One's place before the full stage; none when one does not wait for a seat any more."""

    is_: Literal["me.waiting"] = Field("me.waiting", alias="is")
    place: int | None


class MeHand(Message):
    """One's own hand, or none; `by_host` where a host took all hands down.

    `lost_seat`: it went up because one's line was gone too long for the seat one had, and one comes first.
    """

    is_: Literal["me.hand"] = Field("me.hand", alias="is")
    raised_at: Millis | None
    note: str | None = None
    by_host: bool = False
    lost_seat: bool = False


class MeInvited(Message):
    """One is invited to the stage; the page runs the microphone check."""

    is_: Literal["me.invited"] = Field("me.invited", alias="is")
    invitation: Invitation


class MeUninvited(Message):
    """One's invitation is over."""

    is_: Literal["me.uninvited"] = Field("me.uninvited", alias="is")
    why: Literal["accepted", "declined", "timed_out", "withdrawn"]


StageCommands = (
    HandRaise
    | HandLower
    | HandsLower
    | StageInvite
    | StageAccept
    | StageDecline
    | StageMoreTime
    | StageStepDown
    | StageMoveDown
)
StageEvents = (
    SpeakerCame
    | SpeakerChanged
    | SpeakerLeft
    | HandRaised
    | HandLowered
    | InvitationSent
    | InvitationClosed
    | MeHand
    | MeInvited
    | MeUninvited
    | MeWaiting
    | StageAwaited
)
