"""What one turn has to say, and to whom."""

from dataclasses import dataclass, field
from typing import Any

from causerie.ids import PersonId


@dataclass
class Announcement:
    """To the room, to the desk (`site`, `group`: what of it their admins hear), to single persons, at the door.

    `opens`: to all who are at the door. Votes wait.
    """

    room: list[Any] = field(default_factory=list)
    desk: list[Any] = field(default_factory=list)
    site: list[Any] = field(default_factory=list)
    group: list[Any] = field(default_factory=list)
    me: dict[PersonId, list[Any]] = field(default_factory=dict)
    votes: set[str] = field(default_factory=set)
    rights: set[PersonId] = field(default_factory=set)
    everybody: bool = False
    door: dict[PersonId, bool] = field(default_factory=dict)
    opens: bool = False

    def to(self, person: PersonId, event: Any) -> None:
        self.me.setdefault(person, []).append(event)
