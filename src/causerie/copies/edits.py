"""What a host wants of a copy, kept beside it: nothing of it ever touches what was recorded.

Moments are milliseconds of the room's clock; chapters are known by their ids.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter


@dataclass(frozen=True)
class Added:
    """A chapter that the host made: by adding one, or by splitting one."""

    id: str
    title: str
    begins: int


@dataclass(frozen=True)
class Edits:
    """All of it. `joined`: chapters that are one with the one before them; `cover` counts the host's own covers."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    trim_begins: int | None = None
    trim_ends: int | None = None
    hidden: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    moved: dict[str, int] = field(default_factory=dict)
    added: tuple[Added, ...] = ()
    cover: int = 0


_EDITS = TypeAdapter(Edits)


def written(edits: Edits) -> str:
    """As they are kept."""
    return _EDITS.dump_json(edits).decode()


def read(text: str) -> Edits:
    """As they were kept."""
    return _EDITS.validate_json(text)
