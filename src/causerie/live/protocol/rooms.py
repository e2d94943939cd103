"""Coming and going, hearing, the life of a room."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import SDP_MAX, Command, Id, Message, Millis, Number
from causerie.rooms.state import LENGTH, Visibility

Policy = Literal["votes", "in_turn", "fair", "by_hand"]
Alternate = Literal["1:1", "3:1", "questions_first", "hands_first"]
GentleClock = Literal[0, 3, 5, 10]
Anonymity = Literal["never", "allowed", "always"]
GuestsAsk = Literal["read_first", "open", "no"]
WhoAsks = Literal["everyone", "members"]
Joining = Literal["open", "request", "invited"]
RecordingRule = Literal["off", "each", "condition"]
CohostRight = Literal[
    "room.start", "room.extend", "room.end", "room.set", "room.ban", "room.record", "role.give", "floor.pick"
]
Slow = Annotated[Literal[0, 10, 30, 60], Number]
SafetyDelay = Annotated[Literal[0, 10, 20], Number]
# How long a room goes on at most where nobody extends it, in milliseconds.
ROOM_LASTS = LENGTH


Phase = Literal["draft", "scheduled", "backstage", "live", "ended", "cancelled", "missed"]


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


class RoomOpenBackstage(Command):
    """Let hosts and speakers meet before the room is live; the audience sees the door and a countdown."""

    do: Literal["room.open_backstage"] = "room.open_backstage"


class RoomCancel(Command):
    """The room will not take place. It is final."""

    do: Literal["room.cancel"] = "room.cancel"


class RoomMove(Command):
    """Have the room start at another time, before it has begun; planned by the clocks of `zone`, or as it was.

    `starts_at`: null has it start when its host is ready, at no time that is set.
    """

    do: Literal["room.move"] = "room.move"
    starts_at: Millis | None
    zone: Annotated[str, Field(max_length=64)] | None = None


class RoomAnnounce(Command):
    """Let people find a room that was a draft until now."""

    do: Literal["room.announce"] = "room.announce"


class RoomPlan(Command):
    """Call the room or describe it otherwise, or have others find it, before it has begun. Its address stays.

    `agenda`: what it means to speak of, at most 20 lines that can be topics; where it is left out it stays.
    """

    do: Literal["room.plan"] = "room.plan"
    title: Annotated[str, Field(min_length=1, max_length=2000)]
    description: Annotated[str, Field(max_length=20_000)] = ""
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    visibility: Visibility | None = None
    agenda: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=200)] | None = None


class RoomReopen(Command):
    """Begin after all, within a day, when the room did not take place."""

    do: Literal["room.reopen"] = "room.reopen"


class RoomExtend(Command):
    """Give a live room more time."""

    do: Literal["room.extend"] = "room.extend"
    minutes: Annotated[int, Field(ge=1, le=360)]


class RoomSettings(Message):
    """What hosts have set for the room. `alternate`: how questions and hands take turns under `votes`.

    `gentle_clock`: after so many minutes with the word a speaker gets a soft sign; 0 for none.
    `safety_delay`: so many seconds later than those on stage the audience hears and reads what is said.
    `who_asks`: everyone who listens, or of them the members of its group alone.
    `guests_speak`: guests raise hands and come on stage; by a speaker link of their own they do in any room.
    `slow`: seconds between a person's questions. `length`: how many minutes the room is expected to take.
    `cohosts_without`: what the host keeps from co-hosts.
    `recording`: nobody is recorded, those who say yes, or who does not say yes has no seat; `record_from_start`: as
    soon as the room is live.
    """

    policy: Policy
    reactions: bool
    most_listeners: int
    visible_list: bool
    alternate: Alternate
    gentle_clock: GentleClock
    safety_delay: SafetyDelay
    backstage: bool
    read_first: bool
    anonymous: Anonymity
    who_asks: WhoAsks
    guests_ask: GuestsAsk
    guests_speak: bool
    guests_vote_counts: bool
    down_votes: bool
    questions_per_person: int
    slow: Slow
    box_after_end: bool
    recording: RecordingRule
    record_from_start: bool
    cohosts_without: list[CohostRight]
    length: int


class Ending(Message):
    """When the room ends if nothing is done, and why: nobody leads it, or it has been as long as rooms are."""

    at: Millis
    why: Literal["no_chair", "length"]


class RoomEnding(Message):
    """The room ends soon if nothing is done; or, with none, it goes on."""

    is_: Literal["room.ending"] = Field("room.ending", alias="is")
    ending: Ending | None


class RoomSet(Command):
    """Set the room otherwise; what is left out stays as it is. Questions with one of `words` are read first.

    Only the host sets `cohosts_without`, and only who puts topics on air the `agenda`: what is on air stays there.
    """

    do: Literal["room.set"] = "room.set"
    policy: Policy | None = None
    reactions: bool | None = None
    most_listeners: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    visible_list: bool | None = None
    alternate: Alternate | None = None
    gentle_clock: GentleClock | None = None
    safety_delay: SafetyDelay | None = None
    backstage: bool | None = None
    read_first: bool | None = None
    anonymous: Anonymity | None = None
    who_asks: WhoAsks | None = None
    guests_ask: GuestsAsk | None = None
    guests_speak: bool | None = None
    guests_vote_counts: bool | None = None
    down_votes: bool | None = None
    questions_per_person: Annotated[int, Field(ge=1, le=20)] | None = None
    slow: Slow | None = None
    box_after_end: bool | None = None
    length: Annotated[int, Field(ge=15, le=360)] | None = None
    recording: RecordingRule | None = None
    record_from_start: bool | None = None
    cohosts_without: Annotated[list[CohostRight], Field(max_length=20)] | None = None
    words: Annotated[list[Annotated[str, Field(min_length=1, max_length=40)]], Field(max_length=200)] | None = None
    agenda: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=200)] | None = None


class RoomDump(Command):
    """Take out what was said within the safety delay: nobody in the audience hears it, and no copy has it."""

    do: Literal["room.dump"] = "room.dump"


class MediaOffer(Command):
    """Start hearing, or hear again over a new connection; the answer comes as an `answer` frame with this id."""

    do: Literal["media.offer"] = "media.offer"
    sdp: Annotated[str, Field(max_length=SDP_MAX)]


class MediaClose(Command):
    """Stop hearing; the page stays in the room."""

    do: Literal["media.close"] = "media.close"


class MediaLowestDelay(Command):
    """Hear the voices themselves (`on`) instead of the programme, a little sooner, or the programme again.

    It holds for this page, over every connection it offers, until its line is lost; where the room has no programme
    voices are heard anyway.
    """

    do: Literal["media.lowest_delay"] = "media.lowest_delay"
    on: bool


class RoomStarted(Message):
    """The room is live."""

    is_: Literal["room.started"] = Field("room.started", alias="is")
    at: Millis


class RoomEnded(Message):
    """The room is over: nobody speaks any more."""

    is_: Literal["room.ended"] = Field("room.ended", alias="is")
    at: Millis


class HeldIn(Message):
    """The group a room is held in, and how one joins it."""

    handle: str
    name: str
    joining: Joining


class RoomPlanned(Message):
    """The plan and the life of the room as they are now. `late_since`: since when its host is awaited.

    `zone`: by whose clocks it is planned, where that is known; it begins there at what they show at `starts_at`.
    `recordings`: between which ways to be recorded hosts can choose, as the charter of its group lets them.
    """

    is_: Literal["room.planned"] = Field("room.planned", alias="is")
    phase: Phase
    title: str
    description: str
    language: str
    visibility: Visibility
    starts_at: Millis | None
    zone: str | None
    tags: list[str]
    cover: str | None
    ends_at: Millis | None
    late_since: Millis | None
    recordings: list[RecordingRule]
    group: HeldIn | None


class SpeakerLinkTried(Message):
    """Somebody tried the speaker link of `name`, which another uses. Told to the desk."""

    is_: Literal["speaker_link.tried"] = Field("speaker_link.tried", alias="is")
    name: str
    by: str | None


class RoomChanged(Message):
    """Hosts set the room otherwise; all settings as they are now."""

    is_: Literal["room.changed"] = Field("room.changed", alias="is")
    settings: RoomSettings


class RoomDumped(Message):
    """What was said from `begins` to before `ends` was taken out; the audience hears nothing for the safety delay."""

    is_: Literal["room.dumped"] = Field("room.dumped", alias="is")
    begins: Millis
    ends: Millis


RoomCommands = (
    RoomEnter
    | RoomLeave
    | RoomStart
    | RoomEnd
    | RoomOpenBackstage
    | RoomCancel
    | RoomMove
    | RoomAnnounce
    | RoomPlan
    | RoomReopen
    | RoomExtend
    | RoomSet
    | RoomDump
    | MediaOffer
    | MediaClose
    | MediaLowestDelay
)
RoomEvents = RoomStarted | RoomEnded | RoomPlanned | SpeakerLinkTried | RoomChanged | RoomEnding | RoomDumped
