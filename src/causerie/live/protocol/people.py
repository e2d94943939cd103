"""Who one is, and what one may do."""

from typing import Literal

from pydantic import Field

from causerie.live.protocol.ground import Command, Id, Message, Millis, Role

Given = Literal["cohost", "screener", "captioner", "may_lead"]


class Helper(Message):
    """Somebody with a part of the host's authority; `may_lead`: no part, but they may take an empty chair."""

    person: Id
    name: str
    role: Given
    since: Millis
    portrait: str | None = None


class Asked(Message):
    """Somebody who was asked to be host and has not answered yet."""

    person: Id
    name: str


class RoleGive(Command):
    """Give somebody who is here by name, or has an account, a part of the host's authority; it replaces any other."""

    do: Literal["role.give"] = "role.give"
    person: Id
    role: Given


class RolePreview(Command):
    """Ask what can be made of somebody just now; the answer is a `roles` frame."""

    do: Literal["role.preview"] = "role.preview"
    person: Id


class Roles(Message):
    """The answer to `role.preview`: what one can make of this person now, and whether they can be asked to be host.

    Guests by name can be captioners and nothing else."""

    type: Literal["roles"] = "roles"
    id: str
    roles: list[Given]
    leads: bool


class RoleTake(Command):
    """Take it back, or lay down one's own."""

    do: Literal["role.take"] = "role.take"
    person: Id


class RoleGiven(Message):
    """Somebody has a part of the host's authority, instead of any they had. Told to the desk."""

    is_: Literal["role.given"] = Field("role.given", alias="is")
    helper: Helper


class RoleTaken(Message):
    """Somebody has no part of the host's authority any more. Told to the desk."""

    is_: Literal["role.taken"] = Field("role.taken", alias="is")
    person: Id


class RoomHandOver(Command):
    """Ask somebody who is here to be host instead; without a person, the asking is taken back."""

    do: Literal["room.hand_over"] = "room.hand_over"
    person: Id | None = None


class HostAccept(Command):
    """Be the host one was asked to be. The host before is co-host."""

    do: Literal["host.accept"] = "host.accept"


class HostDecline(Command):
    """*Not now*."""

    do: Literal["host.decline"] = "host.decline"


class ChairTake(Command):
    """Lead a room that nobody leads; for speakers who may lead, and for those who run this place."""

    do: Literal["chair.take"] = "chair.take"


class HostAsked(Message):
    """Who is asked to be host, or nobody any more and why. Told to the desk."""

    is_: Literal["host.asked"] = Field("host.asked", alias="is")
    asked: Asked | None
    why: Literal["asked", "accepted", "declined", "withdrawn"]


class HostChanged(Message):
    """Somebody else leads the room: it was handed over, the host was lost, they took the chair, or came back to it."""

    is_: Literal["host.changed"] = Field("host.changed", alias="is")
    person: Id
    name: str
    why: Literal["handed", "lost", "chair", "returned"]


class ChairEmpty(Message):
    """Nobody leads the room: nobody new comes on stage, and at `ends_at` it ends if nobody takes the chair."""

    is_: Literal["chair.empty"] = Field("chair.empty", alias="is")
    since: Millis
    ends_at: Millis


class ChairFilled(Message):
    """Somebody leads the room again."""

    is_: Literal["chair.filled"] = Field("chair.filled", alias="is")


class MeAskedToHost(Message):
    """One is asked to be host, by somebody of this name; or not any more."""

    is_: Literal["me.asked_to_host"] = Field("me.asked_to_host", alias="is")
    by: str | None


class MeNamed(Message):
    """One goes by a name now."""

    is_: Literal["me.named"] = Field("me.named", alias="is")
    name: str


class MeRights(Message):
    """What one may do from now on."""

    is_: Literal["me.rights"] = Field("me.rights", alias="is")
    role: Role
    rights: list[str]


PeopleCommands = RoleGive | RolePreview | RoleTake | RoomHandOver | HostAccept | HostDecline | ChairTake
PeopleEvents = (
    RoleGiven | RoleTaken | HostAsked | HostChanged | ChairEmpty | ChairFilled | MeAskedToHost | MeNamed | MeRights
)
