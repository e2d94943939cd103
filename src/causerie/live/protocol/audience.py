"""What goes on before the stage: reactions, the pinned line."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import LINK_MAX, PIN_MAX, Command, Id, Message, Millis

Reaction = Literal["clap", "fire", "heart", "laugh", "surprise", "thumbs_up"]


class Pin(Message):
    """The one line that hosts hold up to everybody, with a link where there is one."""

    text: str
    link: str | None
    at: Millis


class React(Command):
    """React to what is said; at most once a second. The room hears how many did, with the tick."""

    do: Literal["react"] = "react"
    kind: Reaction


class RoomPin(Command):
    """Pin one line for everybody; it takes the place of the one before."""

    do: Literal["room.pin"] = "room.pin"
    text: Annotated[str, Field(min_length=1, max_length=PIN_MAX)]
    link: Annotated[str, Field(max_length=LINK_MAX)] | None = None


class RoomUnpin(Command):
    """Take the pinned line down."""

    do: Literal["room.unpin"] = "room.unpin"


class RoomPinned(Message):
    """One line is pinned, or none any more. Pages announce it once."""

    is_: Literal["room.pinned"] = Field("room.pinned", alias="is")
    pin: Pin | None


class Present(Message):
    """Somebody who is here by name. `stepped_forward`: on stage, with a hand up, or with a question of theirs."""

    person: Id
    name: str
    guest: bool
    stepped_forward: bool


class SoundSilent(Command):
    """Say that one hears nothing, or hears again; a page does so by itself where packets come and nothing plays."""

    do: Literal["sound.silent"] = "sound.silent"
    on: bool


class AudiencePage(Command):
    """Ask who is here, a hundred at a time from `skip` on; the answer is an `audience` frame.

    For hosts always, for everybody where the room has a visible list.
    """

    do: Literal["audience.page"] = "audience.page"
    skip: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class SilenceCounted(Message):
    """So many hear nothing; told at most every five seconds."""

    is_: Literal["silence.counted"] = Field("silence.counted", alias="is")
    silent: int


class AudienceList(Message):
    """The answer to `audience.page`: people by name in the order of the alphabet, all that there are, and how many
    are here without a name or by other programs."""

    type: Literal["audience"] = "audience"
    id: str
    people: list[Present]
    named: int
    nameless: int


AudienceCommands = React | RoomPin | RoomUnpin | SoundSilent | AudiencePage
AudienceEvents = RoomPinned | SilenceCounted
