"""What is recorded of a room, and what people say of their part in it."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import Command, Id, Message, Millis
from causerie.recordings.words import WORDS

CONSENT_WORDS = WORDS

TakeState = Literal["off", "requested", "recording", "paused", "stopping", "processing", "ready", "failed"]
PartAnswer = Literal["kept", "left_out", "withdrawn"]
Trouble = Literal["broken", "read_only", "full", "slow"]


class Consent(Message):
    """What becomes of one's part: kept, or left out of every copy. `words`: which of the words one was shown."""

    keep: bool
    words: Annotated[int, Field(ge=1, le=1_000_000)]


class Recording(Message):
    """The sign. `since`: when it came into this state; `before`: for how long it had been recording until then."""

    state: TakeState
    since: Millis | None
    before: Millis


class OwnPart(Message):
    """One's own part in the last take: whether one is asked about it now, and what one said."""

    asked: bool
    answer: PartAnswer | None


class LeftOut(Message):
    """Somebody on stage who is not recorded: they said so, or have not been heard to say yes."""

    person: Id
    name: str
    answer: PartAnswer | None


class RecordingStart(Command):
    """Have what is said on stage recorded: everybody there is asked, and it begins with the first yes."""

    do: Literal["recording.start"] = "recording.start"


class RecordingPause(Command):
    """Record nothing for a while; it will be silence."""

    do: Literal["recording.pause"] = "recording.pause"


class RecordingResume(Command):
    """Go on recording after a pause."""

    do: Literal["recording.resume"] = "recording.resume"


class RecordingStop(Command):
    """End the recording."""

    do: Literal["recording.stop"] = "recording.stop"


class RecordingConsent(Command):
    """Say what becomes of one's part; who said yes and says no takes the yes back."""

    do: Literal["recording.consent"] = "recording.consent"
    keep: bool
    words: Annotated[int, Field(ge=1, le=1_000_000)]


class RecordingWithdraw(Command):
    """Take back one's yes, also when the room is over: one's part goes from every file."""

    do: Literal["recording.withdraw"] = "recording.withdraw"


class RecordingChanged(Message):
    """The sign is another; told to everybody."""

    is_: Literal["recording.changed"] = Field("recording.changed", alias="is")
    recording: Recording


class MeRecording(Message):
    """One is asked about one's part, or no longer; or one's answer is another."""

    is_: Literal["me.recording"] = Field("me.recording", alias="is")
    recording: OwnPart


class DeskRecording(Message):
    """Who on stage is not recorded while a take is on. `missing`: it was planned, and nothing is being recorded."""

    is_: Literal["desk.recording"] = Field("desk.recording", alias="is")
    left_out: list[LeftOut]
    missing: bool


class RecordingTrouble(Message):
    """The disk does not take what is said, or (none) it does again. The talk goes on."""

    is_: Literal["recording.trouble"] = Field("recording.trouble", alias="is")
    trouble: Trouble | None


class CatchUpAnswer(Message):
    """An answer that can be heard while the room goes on. `asker`: as they chose to be named, or nobody.

    `at`: when it came on air. `url` leads whoever is in the room to its sound (M4A), by a link that is theirs for five
    minutes; it is another one when the answer was made anew without somebody who has left the recording.
    """

    question: Id
    title: str
    asker: str | None
    at: Millis
    length: Millis
    url: str


class CatchUpChanged(Message):
    """Answers that can be heard now, or otherwise than before; and questions whose answer cannot be heard any more."""

    is_: Literal["catch_up.changed"] = Field("catch_up.changed", alias="is")
    added: list[CatchUpAnswer]
    gone: list[Id]


RecordingCommands = (
    RecordingStart | RecordingPause | RecordingResume | RecordingStop | RecordingConsent | RecordingWithdraw
)
RecordingEvents = RecordingChanged | MeRecording | DeskRecording | RecordingTrouble | CatchUpChanged
