"""The plan of a clip: a stretch of the evening, and the edition of the copy that it is cut from.

A clip is kept as moments of the evening, not as places in the copy: whatever is trimmed, hidden or shown again, each
edition finds the same words, or says that they are no longer there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from causerie.copies import plan as copies
from causerie.copies.chapters import Placed
from causerie.copies.errors import ClipLong, ClipOutside, ClipShort, ClipSilent, CopyPlanUnread
from causerie.copies.plan import Plan, Range
from causerie.copies.timeline import RATE, SECOND, Timeline

SHORTEST, LONGEST = 15.0, 120.0
GRAIN = 0.002
"""Seconds: places are milliseconds, moments fall on samples."""


@dataclass(frozen=True)
class ClipPlan:
    """A clip of the copy that lies in `copy` and was made of `of`. Without a title, its chapter's stands for it."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        ser_json_bytes="base64", val_json_bytes="base64", extra="forbid"
    )

    of: Plan
    copy: Path
    begins: int
    ends: int
    title: str | None = None


@dataclass(frozen=True)
class Cut:
    """Where a clip lies in a copy, in seconds."""

    begins: float
    ends: float

    @property
    def seconds(self) -> float:
        return self.ends - self.begins

    @property
    def first(self) -> int:
        """Its first sample in the copy."""
        return round(self.begins * RATE)

    @property
    def length(self) -> int:
        """How many samples it has."""
        return round(self.ends * RATE) - self.first


_PLANS = TypeAdapter(ClipPlan)


def written(plan: ClipPlan) -> bytes:
    """A plan as JSON, the same for the same plan."""
    return _PLANS.dump_json(plan)


def read(text: bytes) -> ClipPlan:
    """A plan that can be made, or why not."""
    try:
        plan = _PLANS.validate_json(text)
    except ValidationError as error:
        raise CopyPlanUnread from error
    copies.read(copies.written(plan.of))
    return plan


def stretch(line: Timeline, begins: float, ends: float) -> Range:
    """The moments of the evening between two places of the copy, in seconds; refused where there can be no clip."""
    if begins < -GRAIN or ends > line.seconds + GRAIN:
        raise ClipOutside
    _long_enough(ends - begins)
    return Range(_moment(line, begins, after=True), _moment(line, ends, after=False))


def cut(line: Timeline, chosen: Range, voiced: Iterable[Range]) -> Cut:
    """Where a stretch of the evening lies in this copy; refused where too little of it is left, or nobody speaks."""
    found = Cut(line.at(chosen.begins), line.at(chosen.ends))
    _long_enough(found.seconds)
    if not any(_heard(line, chosen, span) for span in voiced):
        raise ClipSilent
    return found


def chapter_of(chapters: Iterable[Placed], clip: Cut) -> Placed | None:
    """The chapter that a clip has most of."""
    return max(chapters, key=lambda one: min(one.ends, clip.ends) - max(one.begins, clip.begins), default=None)


def _long_enough(seconds: float) -> None:
    if seconds < SHORTEST - GRAIN:
        raise ClipShort
    if seconds > LONGEST + GRAIN:
        raise ClipLong


def _moment(line: Timeline, place: float, *, after: bool) -> int:
    """The moment at a place of the copy; at a cut the one behind it, or the one before."""
    at, before = round(place * RATE), 0
    found = line.origin
    for begins, length in _kept(line):
        if at < before or (at == before and not after):
            break
        found = line.origin + round((begins + min(at - before, length)) * SECOND / RATE)
        before += length
    return found


def _kept(line: Timeline) -> Iterator[tuple[int, int]]:
    return ((piece.begins, piece.ends - piece.begins) for piece in line.pieces if piece.kept)


def _heard(line: Timeline, chosen: Range, span: Range) -> bool:
    """Whether the copy keeps anything of this within the stretch."""
    begins, ends = max(span.begins, chosen.begins), min(span.ends, chosen.ends)
    return begins < ends and line.at(ends) > line.at(begins)
