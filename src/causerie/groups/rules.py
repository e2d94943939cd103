"""Who may do what with a group. `docs/building/rights.md` says the same by hand, and a test compares the two."""

from collections.abc import Collection
from dataclasses import dataclass

from causerie.accounts.people import Person
from causerie.groups.state import RANK, Group, Role, Standing
from causerie.ids import PersonId

ADMINS: frozenset[Role] = frozenset({"owner", "admin"})
OWNER: frozenset[Role] = frozenset({"owner"})

BY_ROLE: dict[str, frozenset[Role]] = {
    "group.edit": ADMINS,
    "group.charter": ADMINS,
    "group.invite": ADMINS,
    "group.answer": ADMINS,
    "group.role": ADMINS,
    "group.remove": ADMINS,
    "group.ban": ADMINS,
    "group.audit": ADMINS,
    "group.reports": ADMINS,
    "group.hand_on": OWNER,
    "group.delete": OWNER,
}


def may(role: Role | None, verb: str) -> bool:
    """Whether this role allows it."""
    return role is not None and role in BY_ROLE[verb]


def above(role: Role, other: Role | None) -> bool:
    """Whether one stands above somebody in the group; above who is not in it stands every member."""
    return other is None or RANK[role] < RANK[other]


def may_know(group: Group, standing: Standing) -> bool:
    """Whether somebody may know of it: of a private one members alone.

    Nobody knows of one that is gone or suspended, and none who is banned.
    """
    return not group.shut and not standing.banned and (not group.private or standing.role is not None)


def may_see_members(group: Group, standing: Standing) -> bool:
    """A private list, and that of a private group, is for members."""
    return standing.role is not None or not (group.private or group.hidden_list)


def may_open(group: Group, standing: Standing, person: Person) -> bool:
    """Whether the charter lets somebody open a room; a stranger must also be one who may open rooms here."""
    if standing.role is None:
        return group.charter.opens == "everybody" and not group.private and (person.may_open_rooms or person.admin)
    least: dict[str, Role] = {"admins": "admin", "moderators": "moderator"}
    return RANK[standing.role] <= RANK[least.get(group.charter.opens, "member")]


@dataclass(frozen=True)
class Circle:
    """Whom a group lets into its rooms, as far as it was asked for. Of a private one that is gone nobody is left."""

    private: bool
    members: frozenset[PersonId] = frozenset()
    banned: frozenset[PersonId] = frozenset()


def lets_in(circle: Circle | None, ids: Collection[PersonId]) -> bool:
    """The one question of every door to a room of a group: pages, live, other programs, files, feeds.

    `ids`: whoever it is, by every id they are known with. A room of no group has no circle, and is open to all.
    """
    if circle is None:
        return True
    return circle.banned.isdisjoint(ids) and (not circle.private or not circle.members.isdisjoint(ids))
