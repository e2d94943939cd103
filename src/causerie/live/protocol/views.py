"""What a page is told when it enters."""

from typing import Literal

from pydantic import Field

from causerie.live.protocol.audience import Pin
from causerie.live.protocol.backstage import Guest, OwnBackstage
from causerie.live.protocol.captions import CaptionLine
from causerie.live.protocol.doors import Knock, Raider
from causerie.live.protocol.floor import AgendaLine, Entry, OnDeck, Opens, Place, Topic
from causerie.live.protocol.ground import Grade, Id, Message, Millis, Role
from causerie.live.protocol.people import Asked, Helper
from causerie.live.protocol.questions import FromOne, Question
from causerie.live.protocol.recordings import CatchUpAnswer, LeftOut, OwnPart, Recording, Trouble
from causerie.live.protocol.rooms import Ending, HeldIn, Phase, RecordingRule, RoomSettings
from causerie.live.protocol.safety import Ban, Report
from causerie.live.protocol.stage import Hand, Invitation, Seat, Waiting
from causerie.rooms.state import Visibility


class RoomView(Message):
    """The room as everybody sees it. `questions`: the 50 most wanted, the 50 last answered, those on their way."""

    room: str
    title: str
    description: str
    visibility: Visibility
    phase: Phase
    language: str
    starts_at: Millis | None
    zone: str | None
    tags: list[str]
    started_at: Millis | None
    ended_at: Millis | None
    ends_at: Millis | None
    late_since: Millis | None
    host: str
    host_person: Id
    chair_empty_since: Millis | None
    ending: Ending | None
    seats: list[Seat]
    stage_size: int
    hushed: bool
    questions: list[Question]
    open_count: int
    answered_count: int
    listeners: int
    stepped_forward: int
    settings: RoomSettings
    recordings: list[RecordingRule]
    pinned: Pin | None
    locked: bool
    captions: list[CaptionLine]
    opens: Opens | None
    topic: Topic | None
    recording: Recording
    catch_up: list[CatchUpAnswer]
    cover: str | None = None
    group: HeldIn | None = None


class DeskView(Message):
    """What hosts see besides."""

    hands: list[Hand]
    invitations: list[Invitation]
    waiting: list[Waiting]
    backstage: list[Guest]
    talking: list[Id]
    asking: list[Id]
    entries: list[Entry]
    questions: list[Question]
    pending_count: int
    dismissed_count: int
    words: list[str]
    agenda: list[AgendaLine]
    one_network: dict[Id, FromOne]
    helpers: list[Helper]
    asked: Asked | None
    bans: list[Ban]
    knocks: list[Knock]
    raided: list[Raider]
    reports: list[Report]
    silent: int
    lines: dict[str, Grade]
    left_out: list[LeftOut]
    recording_missing: bool
    recording_trouble: Trouble | None


class MeDesk(Message):
    """One sees the desk from now on, as it is at event `n` of its channel; or sees it no more."""

    is_: Literal["me.desk"] = Field("me.desk", alias="is")
    n: int
    desk: DeskView | None


class MeView(Message):
    """What one sees of oneself."""

    person: Id
    name: str | None
    number: int
    role: Role
    rights: list[str]
    hand_at: Millis | None
    note: str | None
    lost_seat: bool
    invitation: Invitation | None
    waiting: int | None
    backstage: OwnBackstage | None
    voted: list[Id]
    against: list[Id]
    questions: list[Question]
    place: Place | None
    on_deck: OnDeck | None
    asked_to_host: str | None
    recording: OwnPart
    line: Grade


class At(Message):
    """The number of the last event in each channel."""

    room: int
    desk: int
    me: int
