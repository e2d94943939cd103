"""What an edition of a copy holds, as its making told it; moments are milliseconds of the copy."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, TypeAdapter

FileKind = Literal[
    "mp3",
    "m4a",
    "mp4",
    "kit",
    "vtt",
    "srt",
    "json",
    "chapters",
    "notes",
    "questions",
    "table",
    "cover",
    "track",
    "answer",
    "card",
]


@dataclass(frozen=True)
class File:
    """One file in the storage; of a single speaker's or answer's, `number` says which."""

    kind: FileKind
    key: str
    bytes: int
    number: int | None = None


@dataclass(frozen=True)
class Voice:
    """Somebody who is heard in it: when they speak, and for how long altogether."""

    number: int
    person: str
    name: str
    spans: tuple[tuple[int, int], ...]
    talked: int


@dataclass(frozen=True)
class Chapter:
    """A chapter of it; `id` as in its answer, none where the copy begins before the first."""

    id: str | None
    title: str
    begins: int
    ends: int


@dataclass(frozen=True)
class Said:
    """Words that were typed along."""

    begins: int
    ends: int
    who: str | None
    text: str


@dataclass(frozen=True)
class Kept:
    """From one moment of the room's clock to another, in the copy from `at` on."""

    begins: int
    ends: int
    at: int


@dataclass(frozen=True)
class Contents:
    """All of it. `wave`: how loud each second is, 0 to 255; `kept`: what of the evening is in it.

    `left_out`: how long those were on stage whom it leaves out. Chapters were once kept as `parts`.
    """

    length: int
    files: tuple[File, ...] = ()
    voices: tuple[Voice, ...] = ()
    chapters: Annotated[tuple[Chapter, ...], Field(validation_alias=AliasChoices("chapters", "parts"))] = ()
    transcript: tuple[Said, ...] = ()
    kept: tuple[Kept, ...] = ()
    wave: tuple[int, ...] = ()
    left_out: int = 0

    def file(self, kind: FileKind, number: int | None = None) -> File | None:
        """The file of this kind, where there is one."""
        return next((file for file in self.files if (file.kind, file.number) == (kind, number)), None)

    def at(self, moment: int) -> int:
        """Where a moment of the room's clock is in the copy; one that is cut out is where the cut is."""
        before = [one for one in self.kept if one.begins <= moment]
        return max((one.at + min(moment, one.ends) - one.begins for one in before), default=0)

    def moment(self, at: int) -> int:
        """Which moment of the room's clock is heard there; the end where nothing is any more."""
        heard = [one for one in self.kept if one.at <= at]
        last = heard[-1] if heard else self.kept[0]
        return min(last.ends, last.begins + at - last.at)


_CONTENTS = TypeAdapter(Contents)


def written(contents: Contents) -> str:
    """As they are kept."""
    return _CONTENTS.dump_json(contents).decode()


def read(text: str) -> Contents:
    """As they were kept."""
    return _CONTENTS.validate_json(text)
