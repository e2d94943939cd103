"""Microphones on stage: shut by hosts, opened by nobody but their owner; and how good each line is."""

from typing import Literal

from pydantic import Field

from causerie.live.protocol.ground import Command, Grade, Id, Message


class StageMute(Command):
    """Mute somebody on stage; with `hold` until a host releases it. Nobody can unmute another."""

    do: Literal["stage.mute"] = "stage.mute"
    person: Id
    hold: bool = False


class StageMuteAll(Command):
    """Mute everybody on stage but the hosts."""

    do: Literal["stage.mute_all"] = "stage.mute_all"


class StageHush(Command):
    """Let nobody but hosts speak (`on`), or lift that; then each opens their own microphone."""

    do: Literal["stage.hush"] = "stage.hush"
    on: bool


class StageRelease(Command):
    """Let go of a mute that was kept; the microphone stays shut until its person opens it."""

    do: Literal["stage.release"] = "stage.release"
    person: Id


class StageAskUnmute(Command):
    """Ask somebody to open their microphone: a wish and nothing more."""

    do: Literal["stage.ask_unmute"] = "stage.ask_unmute"
    person: Id


class MicrophoneAsk(Command):
    """Kept muted, ask the hosts to let go."""

    do: Literal["microphone.ask"] = "microphone.ask"


class MicrophoneAway(Command):
    """Say that a call took one's microphone, or that it was unplugged (`on`), or that it is there again, muted."""

    do: Literal["microphone.away"] = "microphone.away"
    on: bool


class MicrophoneMute(Command):
    """Mute oneself."""

    do: Literal["microphone.mute"] = "microphone.mute"


class MicrophoneUnmute(Command):
    """Unmute oneself, from this page."""

    do: Literal["microphone.unmute"] = "microphone.unmute"


class StageHushed(Message):
    """Nobody but hosts speaks, or everybody on stage may again."""

    is_: Literal["stage.hushed"] = Field("stage.hushed", alias="is")
    on: bool


class MicrophonesAsked(Message):
    """Who is kept muted and asks to speak, in the order they asked."""

    is_: Literal["microphones.asked"] = Field("microphones.asked", alias="is")
    asking: list[Id]


class LinesGraded(Message):
    """Whose sound arrives weak or breaking, of those on stage and backstage; of all others it arrives well."""

    is_: Literal["lines.graded"] = Field("lines.graded", alias="is")
    lines: dict[str, Grade]


class MeGraded(Message):
    """How well one's own sound arrives."""

    is_: Literal["me.graded"] = Field("me.graded", alias="is")
    line: Grade


MicrophoneCommands = (
    StageMute
    | StageMuteAll
    | StageHush
    | StageRelease
    | StageAskUnmute
    | MicrophoneMute
    | MicrophoneUnmute
    | MicrophoneAsk
    | MicrophoneAway
)
MicrophoneEvents = LinesGraded | MeGraded | StageHushed | MicrophonesAsked
