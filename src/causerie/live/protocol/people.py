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


class RoleGive(Command):
    """Give somebody who is here by name, or has an account, a part of the host's authority; it replaces any other."""

    do: Literal["role.give"] = "role.give"
    person: Id
    role: Given


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


class MeNamed(Message):
    """One goes by a name now."""

    is_: Literal["me.named"] = Field("me.named", alias="is")
    name: str


class MeRights(Message):
    """What one may do from now on."""

    is_: Literal["me.rights"] = Field("me.rights", alias="is")
    role: Role
    rights: list[str]


PeopleCommands = RoleGive | RoleTake
PeopleEvents = RoleGiven | RoleTaken | MeNamed | MeRights
