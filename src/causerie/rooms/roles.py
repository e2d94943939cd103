"""Authority in a room: who it is that others answer to."""

from dataclasses import dataclass
from typing import Literal

from causerie.ids import PersonId

Authority = Literal["host", "cohost", "screener", "captioner"]


@dataclass(frozen=True)
class Helper:
    """Somebody who was given a part of the host's authority."""

    person: PersonId
    name: str
    role: Authority
    since: int
