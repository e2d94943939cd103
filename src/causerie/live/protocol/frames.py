"""Everything that goes to a page."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.audience import AudienceList, Reaction
from causerie.live.protocol.captions import Caption, CaptionLog
from causerie.live.protocol.doors import Door
from causerie.live.protocol.ground import Id, Message, Millis
from causerie.live.protocol.people import Roles
from causerie.live.protocol.questions import QuestionsPage, Similar
from causerie.live.protocol.safety import Reach
from causerie.live.protocol.unions import AnyEvent
from causerie.live.protocol.views import At, DeskView, MeView, RoomView


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


def snapshot(epoch: str, now: int, at: At, room: str, desk: DeskView | None, me: MeView) -> str:
    """A `Snapshot` whose room is encoded already."""
    parts = [part.model_dump_json(by_alias=True) if part else "null" for part in (at, desk, me)]
    return (
        f'{{"type":"snapshot","epoch":"{epoch}","now":{now},"at":{parts[0]},'
        f'"room":{room},"desk":{parts[1]},"me":{parts[2]}}}'
    )


class Events(Message):
    """Numbered events of one channel. `n` is the number of the last of them; numbers have no holes."""

    type: Literal["events"] = "events"
    channel: Literal["room", "desk", "me"]
    n: int
    events: list[AnyEvent]


class Tick(Message):
    """What may be lost: how many listen, which speaker numbers sound now, how many reacted since the last tick.

    `speaking`: where a safety delay is set, whom the audience hears, as much later; those on stage and hosts see it at
    once. `stepped_forward`: how many of those who listen have asked under their name, and wait.
    Comes at least every two seconds, in a room of 500 pages and more at least every three.
    """

    type: Literal["tick"] = "tick"
    now: Millis
    listeners: int
    stepped_forward: int
    speaking: list[int]
    reactions: dict[Reaction, int]


class Talk(Message):
    """To those on stage and the desk, and may be lost: how long each on stage has spoken, by measured voice.

    `long`: who has had the word longer than the room's gentle clock.
    """

    type: Literal["talk"] = "talk"
    spoken: dict[str, Millis]
    long: list[Id]


class Sound(Message):
    """What became of one's sound at the server: `up`, `lost` (offer again), `gone`."""

    type: Literal["sound"] = "sound"
    link: Literal["up", "lost", "gone"]
    reason: str | None = None


class MicrophoneMoved(Message):
    """One speaks by another page or program from now on; this page is quiet."""

    type: Literal["microphone.moved"] = "microphone.moved"


AnyFrame = Annotated[
    Ack
    | Refused
    | Answer
    | Snapshot
    | Events
    | Tick
    | Talk
    | Sound
    | MicrophoneMoved
    | Reach
    | Roles
    | Door
    | AudienceList
    | Caption
    | CaptionLog
    | Similar
    | QuestionsPage,
    Field(discriminator="type"),
]
