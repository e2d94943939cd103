"""The plan of a copy: all that its files are made of, told once, so that the making asks nobody.

Moments are nanoseconds of the Unix clock, as in the logs.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from causerie.copies.errors import CopyEmpty, CopyPlanUnread, CopyTooLong

LONGEST = 24 * 3600 * 1_000_000_000

ChapterKind = Literal["answer", "topic", "later"]
Outcome = Literal["answered", "open", "dismissed", "withdrawn", "merged"]


@dataclass(frozen=True)
class Range:
    """From one moment to before another."""

    begins: int
    ends: int


@dataclass(frozen=True)
class Spoken:
    """An answer that was given after the room, and when it is heard."""

    file: Path
    begins: int
    ends: int


@dataclass(frozen=True)
class Speaker:
    """Somebody who was recorded: their log (no file: they never spoke), and what they left out of it.

    `more`: their logs of later takes; `later`: what they said after the room.
    """

    person: str
    name: str
    log: Path
    left_out: tuple[Range, ...] = ()
    more: tuple[Path, ...] = ()
    later: tuple[Spoken, ...] = ()

    @property
    def logs(self) -> tuple[Path, ...]:
        return (self.log, *self.more)


@dataclass(frozen=True)
class Chapter:
    """Something the evening turned to; it lasts until the next. `asker` is how they chose to be named, or nobody.

    `id` says which it is to whoever made the plan.
    """

    begins: int
    title: str
    asker: str | None = None
    question: str | None = None
    kind: ChapterKind = "answer"
    id: str | None = None


@dataclass(frozen=True)
class Caption:
    """What was said, by whom where that is known."""

    begins: int
    ends: int
    who: str | None
    text: str


@dataclass(frozen=True)
class Asked:
    """A question of the room, without who voted. `asker` is none where they are hidden."""

    text: str
    asker: str | None
    votes: int
    outcome: Outcome
    asked_at: int
    answered_at: int | None = None


@dataclass(frozen=True)
class Plan:
    """One edition of a copy. `hidden` is cut out of every file: answers, and pauses where the host wants that."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        ser_json_bytes="base64", val_json_bytes="base64", extra="forbid"
    )

    title: str
    host: str
    begins: int
    ends: int
    speakers: tuple[Speaker, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    captions: tuple[Caption, ...] = ()
    questions: tuple[Asked, ...] = ()
    hidden: tuple[Range, ...] = ()
    cover: bytes | None = None
    language: str = "en"
    zone: str = "UTC"


_PLANS = TypeAdapter(Plan)


def written(plan: Plan) -> bytes:
    """A plan as JSON, the same for the same plan."""
    return _PLANS.dump_json(plan)


def read(text: bytes) -> Plan:
    """A plan that can be made, or why not."""
    try:
        plan = _PLANS.validate_json(text)
    except ValidationError as error:
        raise CopyPlanUnread from error
    if plan.ends <= plan.begins:
        raise CopyEmpty
    if plan.ends - plan.begins > LONGEST:
        raise CopyTooLong
    return plan
