"""What there is to be told, how long it is worth telling, and which switch it hangs on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "room.week",
    "room.day",
    "room.hour",
    "room.soon",
    "room.starts",
    "room.live",
    "room.moved",
    "room.cancelled",
    "room.group_gone",
    "room.missed",
    "room.invited",
    "room.asked",
    "room.handed",
    "question.next",
    "question.answered",
    "copy.ready",
    "copy.failed",
    "house.decided",
    "house.answered",
    "house.appeal",
    "house.reported",
    "house.link",
    "house.check_request",
    "house.checked",
    "house.not_checked",
    "export.ready",
    "proof.lost",
    "group.asked",
    "group.let_in",
    "group.declined",
    "group.heir",
    "group.going",
    "group.admin",
    "group.moderator",
    "group.member",
    "group.removed",
    "group.banned",
    "group.unbanned",
    "group.taken",
    "group.not_taken",
]
IN_GROUP: tuple[Kind, ...] = (
    "group.heir",
    "group.admin",
    "group.moderator",
    "group.member",
    "group.removed",
    "group.banned",
    "group.unbanned",
)
"""Each says to one person what they are in a group, or are not: worth nothing once that was taken back."""
Topic = Literal["reminders", "live", "changes", "copies", "invited", "questions", "groups", "house"]
Channel = Literal["mail", "push"]
TOPICS: tuple[Topic, ...] = get_args(Topic)

TOPIC_OF: dict[Kind, Topic] = {
    "room.week": "reminders",
    "room.day": "reminders",
    "room.hour": "reminders",
    "room.soon": "reminders",
    "room.starts": "reminders",
    "room.live": "live",
    "room.moved": "changes",
    "room.cancelled": "changes",
    "room.group_gone": "changes",
    "room.missed": "changes",
    "room.invited": "invited",
    "room.asked": "invited",
    "room.handed": "invited",
    "question.next": "questions",
    "question.answered": "questions",
    "copy.ready": "copies",
    "copy.failed": "copies",
    "house.decided": "house",
    "house.answered": "house",
    "house.appeal": "house",
    "house.reported": "house",
    "house.link": "house",
    "house.check_request": "house",
    "house.checked": "house",
    "house.not_checked": "house",
    "export.ready": "copies",
    "proof.lost": "house",
    "group.asked": "groups",
    "group.let_in": "groups",
    "group.declined": "groups",
    "group.heir": "groups",
    "group.going": "groups",
    "group.admin": "groups",
    "group.moderator": "groups",
    "group.member": "groups",
    "group.removed": "groups",
    "group.banned": "groups",
    "group.unbanned": "groups",
    "group.taken": "groups",
    "group.not_taken": "groups",
}

# Where no mail server is set up, letters of these wait for somebody to hand them over: each asks one person something
# or says what was decided about them, and may be all they hear of it. A reminder is nothing to carry round by hand.
BY_HAND: tuple[Kind, ...] = (
    "room.invited",
    "room.asked",
    "room.handed",
    "group.heir",
    "house.decided",
    "house.answered",
    "house.checked",
    "house.not_checked",
)

# The moments at which one can be reminded, in the order of the page; as they are stored, each is a bit.
Time = Literal["week", "day", "hour", "soon", "starts"]
TIMES: tuple[Time, ...] = get_args(Time)
USUAL: tuple[Time, ...] = ("day", "soon", "starts")


def bits(times: Iterable[Time]) -> int:
    """These moments as they are stored."""
    return sum(1 << TIMES.index(time) for time in set(times))


def chosen(stored: int) -> list[Time]:
    """The moments that are stored, in the order of the page."""
    return [time for n, time in enumerate(TIMES) if stored >> n & 1]


@dataclass(frozen=True)
class Said:
    """What a notice is about, in the words of then: a room or a copy at `path`, its title and host, and a moment.

    `note`: what those who run the place say to it.
    """

    title: str = ""
    host: str = ""
    path: str = "/inbox"
    at: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Telling:
    """Something that many are told, or one. `subject`: the room, or that one; `cursor`: who has been told so far."""

    key: str
    kind: Kind
    subject: str
    said: Said
    at: int
    good_until: int
    cursor: str = ""
