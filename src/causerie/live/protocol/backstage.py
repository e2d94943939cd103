"""Who waits behind the stage, and what hosts say to them there."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import NOTE_MAX, Command, Id, Message, Millis


class Guest(Message):
    """Somebody backstage, seen by hosts and screeners only, and what these pass on about them."""

    person: Id
    name: str
    number: int
    since: Millis
    muted: bool
    here: bool
    topic: str | None
    note: str | None
    ready: bool


class OwnBackstage(Message):
    """Oneself backstage: since when, one's microphone, what one wants to speak about, and whether one is ready."""

    since: Millis
    muted: bool
    topic: str | None
    ready: bool


class StagePutOnAir(Command):
    """Bring somebody from backstage on air, with their microphone as they left it."""

    do: Literal["stage.put_on_air"] = "stage.put_on_air"
    person: Id


class BackstageTalk(Command):
    """Hold (`on`) or let go of *Hold to talk backstage*: from this page, heard there and nowhere else."""

    do: Literal["backstage.talk"] = "backstage.talk"
    on: bool


class BackstageNote(Command):
    """Pass on what somebody backstage wants to say, and whether they are ready."""

    do: Literal["backstage.note"] = "backstage.note"
    person: Id
    topic: Annotated[str, Field(max_length=NOTE_MAX)] | None = None
    note: Annotated[str, Field(max_length=NOTE_MAX)] | None = None
    ready: bool = False


class BackstageReady(Command):
    """Say backstage what one wants to speak about, and whether one is ready."""

    do: Literal["backstage.ready"] = "backstage.ready"
    topic: Annotated[str, Field(max_length=NOTE_MAX)] | None = None
    ready: bool


class BackstageChanged(Message):
    """Everybody backstage, in the order they came, and who of the desk speaks with them just now."""

    is_: Literal["backstage.changed"] = Field("backstage.changed", alias="is")
    backstage: list[Guest]
    talking: list[Id]


class MeBackstage(Message):
    """One is backstage, and how; or (none) is there no more."""

    is_: Literal["me.backstage"] = Field("me.backstage", alias="is")
    backstage: OwnBackstage | None


BackstageCommands = StagePutOnAir | BackstageTalk | BackstageNote | BackstageReady
BackstageEvents = BackstageChanged | MeBackstage
