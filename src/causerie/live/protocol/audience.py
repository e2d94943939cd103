"""What goes on before the stage: reactions, the pinned line."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import LINK_MAX, PIN_MAX, Command, Message, Millis

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


AudienceCommands = React | RoomPin | RoomUnpin
AudienceEvents = RoomPinned
