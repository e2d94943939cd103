"""A locked room, those who knock, and the raid button."""

from typing import Annotated, Literal

from pydantic import Field

from causerie.live.protocol.ground import NAME_MAX, NOTE_MAX, Command, Id, Message, Millis


class Knock(Message):
    """Somebody outside who asks to be let in. `turned_away`: hosts said no, and can still say yes."""

    person: Id
    name: str
    note: str | None
    at: Millis
    turned_away: bool


class Raider(Message):
    """Somebody whom the raid button sent out."""

    person: Id
    name: str | None
    at: Millis


class RoomLock(Command):
    """Let nobody new in, or everybody again. Who was in within the last ten minutes may return."""

    do: Literal["room.lock"] = "room.lock"
    on: bool


class RoomKnock(Command):
    """Ask to be let into a locked room, from outside; hosts see name and note. The answer is a `door` frame.

    `name` is for who has none yet. It ends with `room.leave`, or when the page closes.
    """

    do: Literal["room.knock"] = "room.knock"
    room: Annotated[str, Field(min_length=1, max_length=120)]
    name: Annotated[str, Field(min_length=1, max_length=NAME_MAX)] | None = None
    note: Annotated[str, Field(max_length=NOTE_MAX)] | None = None


class KnockAnswer(Command):
    """Let somebody in who knocks, or not."""

    do: Literal["knock.answer"] = "knock.answer"
    person: Id
    let_in: bool


class RoomRaid(Command):
    """The raid button: lock, send out everybody who came in the last minutes, mute everybody on stage but hosts.

    Hosts, helpers and who is on stage are not sent out. Those who are stay out until a host lets them back in.
    """

    do: Literal["room.raid"] = "room.raid"
    minutes: int


class RaidUndo(Command):
    """Let one of those whom the raid button sent out back in, or all."""

    do: Literal["raid.undo"] = "raid.undo"
    person: Id | None = None


class RoomLocked(Message):
    """The room is locked, or is not any more."""

    is_: Literal["room.locked"] = Field("room.locked", alias="is")
    on: bool


class KnockHeard(Message):
    """Somebody knocks, says something else, or was turned away."""

    is_: Literal["knock.heard"] = Field("knock.heard", alias="is")
    knock: Knock


class KnockOver(Message):
    """Somebody does not knock any more."""

    is_: Literal["knock.over"] = Field("knock.over", alias="is")
    person: Id


class RaidChanged(Message):
    """Everybody whom the raid button sent out and who is not let back in."""

    is_: Literal["raid.changed"] = Field("raid.changed", alias="is")
    people: list[Raider]


class Door(Message):
    """The answer to a knock: the door is open and one comes in by `room.enter`, or hosts said no."""

    type: Literal["door"] = "door"
    room: str
    open: bool


DoorCommands = RoomLock | RoomKnock | KnockAnswer | RoomRaid | RaidUndo
DoorEvents = RoomLocked | KnockHeard | KnockOver | RaidChanged
