"""All commands, and all events, told apart by their tag."""

from typing import Annotated

from pydantic import Field

from causerie.live.protocol.audience import AudienceCommands, AudienceEvents
from causerie.live.protocol.backstage import BackstageCommands, BackstageEvents
from causerie.live.protocol.captions import CaptionCommands
from causerie.live.protocol.doors import DoorCommands, DoorEvents
from causerie.live.protocol.floor import FloorCommands, FloorEvents
from causerie.live.protocol.microphones import MicrophoneCommands, MicrophoneEvents
from causerie.live.protocol.people import PeopleCommands, PeopleEvents
from causerie.live.protocol.questions import QuestionCommands, QuestionEvents
from causerie.live.protocol.recordings import RecordingCommands, RecordingEvents
from causerie.live.protocol.rooms import RoomCommands, RoomEvents
from causerie.live.protocol.safety import SafetyCommands, SafetyEvents
from causerie.live.protocol.stage import StageCommands, StageEvents
from causerie.live.protocol.views import MeDesk

AnyCommand = Annotated[
    RoomCommands
    | AudienceCommands
    | CaptionCommands
    | RecordingCommands
    | DoorCommands
    | SafetyCommands
    | StageCommands
    | MicrophoneCommands
    | BackstageCommands
    | QuestionCommands
    | FloorCommands
    | PeopleCommands,
    Field(discriminator="do"),
]
AnyEvent = Annotated[
    RoomEvents
    | AudienceEvents
    | DoorEvents
    | SafetyEvents
    | StageEvents
    | MicrophoneEvents
    | BackstageEvents
    | QuestionEvents
    | FloorEvents
    | PeopleEvents
    | RecordingEvents
    | MeDesk,
    Field(discriminator="is_"),
]
