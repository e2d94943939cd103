"""What happened to who may come in."""

from dataclasses import dataclass

from causerie.ids import PersonId
from causerie.safety.bans import Ban


@dataclass(frozen=True)
class Banned:
    """Somebody may not come to a room any more."""

    ban: Ban


@dataclass(frozen=True)
class BanLifted:
    """They may again: a host took the ban back, or (`by` nobody) it has run out."""

    ban: str
    at: int
    by: PersonId | None


Event = Banned | BanLifted
