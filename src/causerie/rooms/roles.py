"""Authority in a room: who it is that others answer to."""

from dataclasses import dataclass
from typing import Literal

from causerie.ids import PersonId

Authority = Literal["host", "cohost", "screener", "captioner"]
# What hosts can give: a part of their authority, or the mark that somebody may lead when nobody else does.
Given = Literal["cohost", "screener", "captioner", "may_lead"]

# What a guest by name can be given: nothing that is power over others, or could end in a room of their own.
GUESTS_HELP: frozenset[Given] = frozenset({"captioner"})


@dataclass(frozen=True)
class Helper:
    """Somebody who was given a part of the host's authority, or may lead when nobody does."""

    person: PersonId
    name: str
    role: Given
    since: int
    portrait: str | None = None


@dataclass(frozen=True)
class Expected:
    """Somebody who came by a speaker link of their own."""

    person: PersonId
    name: str


@dataclass(frozen=True)
class Leader:
    """Somebody who leads a room, did so, or may soon."""

    person: PersonId
    name: str
    portrait: str | None = None
