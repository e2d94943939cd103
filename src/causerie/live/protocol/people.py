"""Who one is, and what one may do."""

from typing import Literal

from pydantic import Field

from causerie.live.protocol.ground import Message, Role


class MeNamed(Message):
    """One goes by a name now."""

    is_: Literal["me.named"] = Field("me.named", alias="is")
    name: str


class MeRights(Message):
    """What one may do from now on."""

    is_: Literal["me.rights"] = Field("me.rights", alias="is")
    role: Role
    rights: list[str]


PeopleEvents = MeNamed | MeRights
