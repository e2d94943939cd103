"""What hosts can set about their room, before it begins and while it lives."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Literal, get_args

Policy = Literal["votes", "in_turn", "fair", "by_hand"]
Alternate = Literal["1:1", "3:1", "questions_first", "hands_first"]
GentleClock = Literal[0, 3, 5, 10]
SafetyDelay = Literal[0, 10, 20]
Anonymity = Literal["never", "allowed", "always"]
GuestsAsk = Literal["read_first", "open", "no"]
# Besides those who lead the room and who is on stage.
WhoAsks = Literal["everyone", "members"]
# Nobody is recorded; those who say yes; or who does not say yes has no seat.
RecordingRule = Literal["off", "each", "condition"]
# What the host can keep from their co-hosts; `floor/tables.py` says what goes with each.
CohostRight = Literal[
    "room.start", "room.extend", "room.end", "room.set", "room.ban", "room.record", "role.give", "floor.pick"
]
# Minutes a room is expected to take, where nothing else is planned.
USUAL = 90


@dataclass(frozen=True)
class RoomSettings:
    """Every setting has a default that suits an open evening; the page shows each with its sentence.

    `length`: how many minutes the room is expected to take; it ends by itself much later.
    `safety_delay`: how many seconds later than those on stage the audience hears it.
    """

    policy: Policy = "votes"
    reactions: bool = True
    most_listeners: int = 0
    visible_list: bool = False
    alternate: Alternate = "1:1"
    gentle_clock: GentleClock = 0
    safety_delay: SafetyDelay = 0
    backstage: bool = False
    read_first: bool = False
    anonymous: Anonymity = "never"
    who_asks: WhoAsks = "everyone"
    guests_ask: GuestsAsk = "read_first"
    guests_speak: bool = False
    guests_vote_counts: bool = False
    down_votes: bool = False
    questions_per_person: int = 3
    slow: Literal[0, 10, 30, 60] = 0
    box_after_end: bool = False
    recording: RecordingRule = "each"
    record_from_start: bool = False
    cohosts_without: tuple[CohostRight, ...] = ()
    words: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    length: int = USUAL

    def __post_init__(self) -> None:
        for lists in ("words", "agenda"):
            object.__setattr__(self, lists, tuple(getattr(self, lists)))  # JSON knows lists only
        kept = tuple(right for right in get_args(CohostRight) if right in self.cohosts_without)
        object.__setattr__(self, "cohosts_without", kept)  # each once and in one order, so that the same is equal


def written(settings: RoomSettings) -> str:
    """As they are stored."""
    return json.dumps(asdict(settings))


def read(text: str) -> RoomSettings:
    """As they were stored; what was not known then has its default, what is not known any more is let go."""
    known = {field.name for field in fields(RoomSettings)}
    return RoomSettings(**{name: value for name, value in json.loads(text).items() if name in known})
