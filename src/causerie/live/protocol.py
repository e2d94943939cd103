"""Every message between a page and the room, as one tagged union each way.

Commands come in (`do`, imperative), frames go out (`type`); events inside numbered frames look back (`is`).
Times are milliseconds since 1970 (UTC); durations are seconds. The browser's types are generated from this module.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

QUESTION_MIN, QUESTION_MAX = 2, 255
NOTE_MAX = 120
SDP_MAX = 64 * 1024

CommandId = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[\w-]+$")]
Id = Annotated[str, Field(min_length=1, max_length=26, pattern=r"^[\w-]+$")]
Millis = int


class Message(BaseModel):
    """Plain data on the wire; a field nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


# ---- what people see of each other ---------------------------------------------------------------------------------


class Seat(Message):
    """One person on stage. `number` is the speaker number that the sound carries as its CSRC (RFC 3550, 5.1)."""

    person: Id
    name: str
    number: int
    role: Literal["host", "cohost", "speaker"]
    muted: bool
    held: bool
    since: Millis
    portrait: str | None = None
    bot: bool = False


class Question(Message):
    """A written question as the whole room sees it. `person` and `name` are absent where it is anonymous."""

    id: Id
    text: str
    person: Id | None
    name: str | None
    myself: bool
    state: Literal["open", "next", "on_air", "answered", "withdrawn"]
    votes: int
    asked_at: Millis
    on_air_at: Millis | None = None
    answered_at: Millis | None = None


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


class Entry(Message):
    """One place of the floor queue and why it stands there."""

    kind: Literal["question", "hand"]
    id: Id
    person: Id | None
    name: str | None
    here: bool
    reasons: list[Literal["votes", "first_time", "waiting", "in_turn"]]
    waiting_since: Millis
    votes: int = 0


class Place(Message):
    """One's own place in the queue, from 1, and an honest estimate in minutes where there is one."""

    n: int
    minutes: int | None = None


# ---- commands ------------------------------------------------------------------------------------------------------


class Command(Message):
    """What a page asks for; `id` comes back in `ack` or `refused`. Creating commands are unique per person and id."""

    id: CommandId


class Since(Message):
    """Where a page stood before its line was lost, and as whom: another person gets a snapshot."""

    epoch: str
    person: Id | None = None
    room: int
    desk: int = 0
    me: int = 0


class RoomEnter(Command):
    """Come to a room by its public name; the answer is a `snapshot`, or the missed events. An offer may ride along."""

    do: Literal["room.enter"] = "room.enter"
    room: Annotated[str, Field(min_length=1, max_length=120)]
    since: Since | None = None
    sdp: Annotated[str, Field(max_length=SDP_MAX)] | None = None


class RoomLeave(Command):
    """Leave quietly."""

    do: Literal["room.leave"] = "room.leave"


class RoomStart(Command):
    """Go live: the host opens the stage to the audience."""

    do: Literal["room.start"] = "room.start"


class RoomEnd(Command):
    """End the room for everyone. It is final."""

    do: Literal["room.end"] = "room.end"


class MediaOffer(Command):
    """Start hearing, or hear again over a new connection; the answer comes as an `answer` frame with this id."""

    do: Literal["media.offer"] = "media.offer"
    sdp: Annotated[str, Field(max_length=SDP_MAX)]


class MediaClose(Command):
    """Stop hearing; the page stays in the room."""

    do: Literal["media.close"] = "media.close"


class HandRaise(Command):
    """Wish to speak, with an optional private note for the hosts. Raising twice keeps the place."""

    do: Literal["hand.raise"] = "hand.raise"
    note: Annotated[str, Field(max_length=NOTE_MAX)] | None = None


class HandLower(Command):
    """Take the hand down."""

    do: Literal["hand.lower"] = "hand.lower"


class StageInvite(Command):
    """Invite a person to the stage."""

    do: Literal["stage.invite"] = "stage.invite"
    person: Id


class StageAccept(Command):
    """Accept the invitation one has; the second of the two keys that open a microphone."""

    do: Literal["stage.accept"] = "stage.accept"


class StageDecline(Command):
    """Say *Not now*; a hand that was up stays up."""

    do: Literal["stage.decline"] = "stage.decline"


class StageMoreTime(Command):
    """Add a minute to the invitation one has."""

    do: Literal["stage.more_time"] = "stage.more_time"


class StageStepDown(Command):
    """Leave the stage and go on listening."""

    do: Literal["stage.step_down"] = "stage.step_down"


class StageMute(Command):
    """Mute somebody on stage. Nobody can unmute another."""

    do: Literal["stage.mute"] = "stage.mute"
    person: Id


class StageMoveDown(Command):
    """Move a speaker to the audience."""

    do: Literal["stage.move_down"] = "stage.move_down"
    person: Id


class MicrophoneMute(Command):
    """Mute oneself."""

    do: Literal["microphone.mute"] = "microphone.mute"


class MicrophoneUnmute(Command):
    """Unmute oneself, from this page."""

    do: Literal["microphone.unmute"] = "microphone.unmute"


class QuestionAsk(Command):
    """Put a question to the room; `myself` makes it a ticket to the stage."""

    do: Literal["question.ask"] = "question.ask"
    text: Annotated[str, Field(min_length=QUESTION_MIN, max_length=QUESTION_MAX)]
    myself: bool = True


class QuestionVote(Command):
    """Vote for a question of somebody else; voting twice counts once."""

    do: Literal["question.vote"] = "question.vote"
    question: Id


class QuestionUnvote(Command):
    """Take one's vote back."""

    do: Literal["question.unvote"] = "question.unvote"
    question: Id


class QuestionWithdraw(Command):
    """Take one's own question back while it is open."""

    do: Literal["question.withdraw"] = "question.withdraw"
    question: Id


class FloorPick(Command):
    """Put a question on air; its asker is invited to the stage where they want to ask it themselves."""

    do: Literal["floor.pick"] = "floor.pick"
    question: Id


class FloorAnswered(Command):
    """Mark the question on air as answered."""

    do: Literal["floor.answered"] = "floor.answered"
    question: Id


class FloorPutBack(Command):
    """Put the question on air back among the open ones."""

    do: Literal["floor.put_back"] = "floor.put_back"
    question: Id


AnyCommand = Annotated[
    RoomEnter
    | RoomLeave
    | RoomStart
    | RoomEnd
    | MediaOffer
    | MediaClose
    | HandRaise
    | HandLower
    | StageInvite
    | StageAccept
    | StageDecline
    | StageMoreTime
    | StageStepDown
    | StageMute
    | StageMoveDown
    | MicrophoneMute
    | MicrophoneUnmute
    | QuestionAsk
    | QuestionVote
    | QuestionUnvote
    | QuestionWithdraw
    | FloorPick
    | FloorAnswered
    | FloorPutBack,
    Field(discriminator="do"),
]


# ---- events of the room channel ------------------------------------------------------------------------------------


class RoomStarted(Message):
    """The room is live."""

    is_: Literal["room.started"] = Field("room.started", alias="is")
    at: Millis


class RoomEnded(Message):
    """The room is over: nobody speaks any more."""

    is_: Literal["room.ended"] = Field("room.ended", alias="is")
    at: Millis


class SpeakerCame(Message):
    """Somebody came on stage."""

    is_: Literal["speaker.came"] = Field("speaker.came", alias="is")
    seat: Seat


class SpeakerChanged(Message):
    """A seat looks different now: muted, unmuted, held after a lost line, back."""

    is_: Literal["speaker.changed"] = Field("speaker.changed", alias="is")
    seat: Seat


class SpeakerLeft(Message):
    """Somebody left the stage."""

    is_: Literal["speaker.left"] = Field("speaker.left", alias="is")
    person: Id
    why: Literal["stepped_down", "moved_down", "lost", "ended"]


class QuestionAsked(Message):
    """A new question is open."""

    is_: Literal["question.asked"] = Field("question.asked", alias="is")
    question: Question


class QuestionChanged(Message):
    """A question moved: next, on air, answered, put back, withdrawn. Absolute, like all numbered events."""

    is_: Literal["question.changed"] = Field("question.changed", alias="is")
    question: Question


class VotesCounted(Message):
    """New tallies, once a tick: votes by question id."""

    is_: Literal["votes.counted"] = Field("votes.counted", alias="is")
    tallies: dict[str, int]


# ---- events of the desk channel (hosts) ----------------------------------------------------------------------------


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


class FloorOrdered(Message):
    """The floor queue in its new order."""

    is_: Literal["floor.ordered"] = Field("floor.ordered", alias="is")
    entries: list[Entry]


# ---- events of the me channel --------------------------------------------------------------------------------------


class MeNamed(Message):
    """One goes by a name now."""

    is_: Literal["me.named"] = Field("me.named", alias="is")
    name: str


class MeHand(Message):
    """One's own hand, or none."""

    is_: Literal["me.hand"] = Field("me.hand", alias="is")
    raised_at: Millis | None
    note: str | None = None


class MeInvited(Message):
    """One is invited to the stage; the page runs the microphone check."""

    is_: Literal["me.invited"] = Field("me.invited", alias="is")
    invitation: Invitation


class MeUninvited(Message):
    """One's invitation is over."""

    is_: Literal["me.uninvited"] = Field("me.uninvited", alias="is")
    why: Literal["accepted", "declined", "timed_out", "withdrawn"]


class MeVoted(Message):
    """One's vote on a question, from whichever device."""

    is_: Literal["me.voted"] = Field("me.voted", alias="is")
    question: Id
    voted: bool


class MePlaced(Message):
    """One's place in the floor queue, or none."""

    is_: Literal["me.placed"] = Field("me.placed", alias="is")
    place: Place | None


class MeRights(Message):
    """What one may do from now on."""

    is_: Literal["me.rights"] = Field("me.rights", alias="is")
    role: Literal["host", "cohost", "speaker", "listener"]
    rights: list[str]


AnyEvent = Annotated[
    RoomStarted
    | RoomEnded
    | SpeakerCame
    | SpeakerChanged
    | SpeakerLeft
    | QuestionAsked
    | QuestionChanged
    | VotesCounted
    | HandRaised
    | HandLowered
    | InvitationSent
    | InvitationClosed
    | FloorOrdered
    | MeNamed
    | MeHand
    | MeInvited
    | MeUninvited
    | MeVoted
    | MePlaced
    | MeRights,
    Field(discriminator="is_"),
]


# ---- what a page is told when it enters ----------------------------------------------------------------------------


class RoomView(Message):
    """The room as everybody sees it. `questions`: the 50 most wanted, the 50 last answered, those on their way."""

    room: str
    title: str
    description: str
    visibility: Literal["public", "unlisted"]
    phase: Literal["scheduled", "backstage", "live", "ended"]
    language: str
    starts_at: Millis | None
    started_at: Millis | None
    ended_at: Millis | None
    host: str
    seats: list[Seat]
    stage_size: int
    questions: list[Question]
    open_count: int
    answered_count: int
    listeners: int
    policy: Literal["votes"]
    cover: str | None = None


class DeskView(Message):
    """What hosts see besides."""

    hands: list[Hand]
    invitations: list[Invitation]
    entries: list[Entry]


class MeView(Message):
    """What one sees of oneself."""

    person: Id
    name: str | None
    number: int
    role: Literal["host", "cohost", "speaker", "listener"]
    rights: list[str]
    hand_at: Millis | None
    note: str | None
    invitation: Invitation | None
    voted: list[Id]
    place: Place | None


class At(Message):
    """The number of the last event in each channel."""

    room: int
    desk: int
    me: int


# ---- frames --------------------------------------------------------------------------------------------------------


class Ack(Message):
    """The command was done. `made` is the id of what it created."""

    type: Literal["ack"] = "ack"
    id: str
    made: str | None = None


class Refused(Message):
    """The command was not done and changed nothing: a stable code and a sentence."""

    type: Literal["refused"] = "refused"
    id: str | None
    code: str
    text: str


class Answer(Message):
    """The SDP answer to `media.offer` (or to the offer inside `room.enter`)."""

    type: Literal["answer"] = "answer"
    id: str
    sdp: str


class Snapshot(Message):
    """Everything one may see now; events after `at` follow."""

    type: Literal["snapshot"] = "snapshot"
    epoch: str
    now: Millis
    at: At
    room: RoomView
    desk: DeskView | None
    me: MeView


class Events(Message):
    """Numbered events of one channel. `n` is the number of the last of them; numbers have no holes."""

    type: Literal["events"] = "events"
    channel: Literal["room", "desk", "me"]
    n: int
    events: list[AnyEvent]


class Tick(Message):
    """What may be lost: how many listen and which speaker numbers sound now. Comes at least every two seconds."""

    type: Literal["tick"] = "tick"
    now: Millis
    listeners: int
    speaking: list[int]


class Sound(Message):
    """What became of one's sound at the server: `up`, `lost` (offer again), `gone`."""

    type: Literal["sound"] = "sound"
    link: Literal["up", "lost", "gone"]
    reason: str | None = None


AnyFrame = Annotated[Ack | Refused | Answer | Snapshot | Events | Tick | Sound, Field(discriminator="type")]
