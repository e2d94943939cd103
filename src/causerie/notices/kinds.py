"""What there is to be told, how long it is worth telling, and which switch it hangs on."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "room.day",
    "room.soon",
    "room.starts",
    "room.live",
    "room.moved",
    "room.cancelled",
    "room.missed",
    "copy.ready",
    "copy.failed",
]
Topic = Literal["reminders", "live", "changes", "copies"]
Channel = Literal["mail", "push"]
TOPICS: tuple[Topic, ...] = get_args(Topic)

TOPIC_OF: dict[Kind, Topic] = {
    "room.day": "reminders",
    "room.soon": "reminders",
    "room.starts": "reminders",
    "room.live": "live",
    "room.moved": "changes",
    "room.cancelled": "changes",
    "room.missed": "changes",
    "copy.ready": "copies",
    "copy.failed": "copies",
}


@dataclass(frozen=True)
class Said:
    """What a notice is about, in the words of then: a room or a copy at `path`, its title and host, and a moment."""

    title: str = ""
    host: str = ""
    path: str = "/inbox"
    at: int | None = None


@dataclass(frozen=True)
class Telling:
    """Something that many are told. `subject`: the room or copy it is about; `cursor`: who has been told so far."""

    key: str
    kind: Kind
    subject: str
    said: Said
    at: int
    good_until: int
    cursor: str = ""
