"""What somebody looks for, and how far they have read."""

import re
from dataclasses import dataclass
from typing import Literal

from causerie.discovery.errors import PlaceUnknown, SearchLong, SearchShort
from causerie.ids import PersonId
from causerie.safety.comers import Comer
from causerie.terms import Sought, sought

Kind = Literal["rooms", "people", "questions"]

LONGEST, LEAST = 200, 2
MOST_WORDS = 12
PAGE, FIRST = 20, 5
_PLACE = re.compile(r"([0-3])\.([0-9]{1,10})")


@dataclass(frozen=True)
class Place:
    """Where a page of what was found ends: in which rank, and at which row of it."""

    rank: int
    number: int

    def __str__(self) -> str:
        return f"{self.rank}.{self.number}"


@dataclass(frozen=True)
class Looking:
    """`coming`: who looks, and as whom they may know of things. `now` in milliseconds.

    `rooms`: the only ones to look in, where few have the tag (`seeing.narrowed`).
    """

    coming: Comer
    now: int
    language: str | None = None
    tag: str | None = None
    rooms: tuple[str, ...] | None = None

    @property
    def ids(self) -> frozenset[PersonId]:
        return self.coming.ids


@dataclass(frozen=True, kw_only=True)
class Wanted(Looking):
    """Words that are looked for, and how far somebody has read."""

    words: Sought
    after: Place | None = None
    most: int = PAGE


def words(text: str) -> Sought:
    """What a text asks for; or `SearchLong`, `SearchShort`. Of very many words the first count."""
    if len(text) > LONGEST:
        raise SearchLong
    asked = sought(text)
    if len(asked) < LEAST:
        raise SearchShort
    return Sought(asked.words[:MOST_WORDS], asked.begun)


def place(said: str | None) -> Place | None:
    """Where somebody goes on; or `PlaceUnknown`."""
    if said is None:
        return None
    parts = _PLACE.fullmatch(said)
    if parts is None or int(parts[2]) > 2**31 - 1:
        raise PlaceUnknown
    return Place(int(parts[1]), int(parts[2]))
