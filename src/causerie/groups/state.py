"""A group, and how somebody stands to it."""

from dataclasses import dataclass
from typing import Literal

from causerie.groups.charter import Charter
from causerie.ids import PersonId

Role = Literal["owner", "admin", "moderator", "member"]
RANK: dict[Role, int] = {"owner": 0, "admin": 1, "moderator": 2, "member": 3}
Joining = Literal["open", "request", "invited"]


@dataclass(frozen=True)
class Group:
    """`handle` is what stands in its address. `goes_at`: it is about to be deleted, and its owner can undo that.

    `suspended_at`: those who run the place have shut it, and nobody knows of it until they undo that.
    """

    id: str
    handle: str
    name: str
    description: str
    private: bool
    joining: Joining
    hidden_list: bool
    charter: Charter
    charter_version: int
    created_at: int
    cover: str | None = None
    heir: PersonId | None = None
    goes_at: int | None = None
    goes_with_rooms: bool = False
    gone_at: int | None = None
    suspended_at: int | None = None

    @property
    def shut(self) -> bool:
        """Nobody comes in, and nobody knows of it any more."""
        return self.gone_at is not None or self.suspended_at is not None


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a group: with a role as a member, waiting for an answer, or banned; or not at all."""

    role: Role | None = None
    asked_at: int | None = None
    declined_at: int | None = None
    banned: bool = False

    @property
    def waits(self) -> bool:
        """Whether they asked to join and nobody has answered."""
        return self.asked_at is not None and self.declined_at is None


@dataclass(frozen=True)
class Member:
    """Somebody in a group, as its list shows them."""

    person: PersonId
    name: str
    portrait: str | None
    role: Role
    since: int


@dataclass(frozen=True)
class Ask:
    """Somebody who asked to join, with what they wrote."""

    person: PersonId
    name: str
    portrait: str | None
    line: str
    at: int


@dataclass(frozen=True)
class Banned:
    """Somebody who may not know of the group."""

    person: PersonId
    name: str
    reason: str
    at: int


@dataclass(frozen=True)
class Invitation:
    """A link into a group: until when it opens it, and how often it has."""

    id: str
    group_id: str
    made_at: int
    expires_at: int
    uses: int
    used: int
    by: str
