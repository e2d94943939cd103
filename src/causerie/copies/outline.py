"""What an evening turned to, as the host wants it told: the chapters of a copy, before its sound is made.

Moments are milliseconds of the room's clock. Chapters are known by their ids.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from causerie.copies.edits import Edits
from causerie.copies.plan import Range
from causerie.copies.state import Answer, AnswerKind
from causerie.ids import new_id, secret

MILLISECOND = 1_000_000
"""Nanoseconds, which the logs count in."""


@dataclass(frozen=True)
class Turn:
    """Something the evening turned to: a question that was answered, a topic, or what the host made a chapter."""

    kind: AnswerKind
    title: str
    begins: int
    question: str | None = None
    topic: str | None = None
    id: str | None = None


@dataclass(frozen=True)
class Evening:
    """When the room was recorded, from first to last, and what of that between its takes was not."""

    begins: int
    ends: int
    between: tuple[tuple[int, int], ...] = ()


def evening(takes: Iterable[Sequence[tuple[int, int | None]]], over: int) -> Evening | None:
    """From the parts of each take, pauses in it being silence; none where nothing ever ran."""
    spans = sorted((parts[0][0], parts[-1][1] or over) for parts in takes if parts)
    if not spans:
        return None
    between = [(ended, began) for (_, ended), (began, _) in pairwise(spans) if ended < began]
    return Evening(spans[0][0], max(ended for _, ended in spans), tuple(between))


def chapters(copy: str, turns: Iterable[Turn], known: Sequence[Answer], edits: Edits, ends: int) -> list[Answer]:
    """The chapters in their order; who had an address keeps it. Joined ones are no chapters any more."""
    made = [Turn("topic", one.title, one.begins, id=one.id) for one in edits.added]
    all_ = (_known(copy, turn, known) for turn in (*turns, *made))
    stand = sorted((_edited(one, edits) for one in all_ if one.id not in edits.joined), key=lambda one: one.begins)
    untils = [*(one.begins for one in stand[1:]), max([ends, *(one.begins for one in stand[-1:])])]
    return [replace(one, ends=until) for one, until in zip(stand, untils, strict=False)]


def later(known: Iterable[Answer], edits: Edits) -> list[Answer]:
    """Answers that were given after the room, as the host wants them told."""
    return [_edited(one, replace(edits, moved={})) for one in known if one.kind == "later"]


def hidden(stand: Iterable[Answer], out: Iterable[tuple[int, int]]) -> tuple[Range, ...]:
    """What is cut out: hidden chapters, and what is in no copy anyway: between takes, and what was dumped."""
    cuts = [*out, *((one.begins, one.ends) for one in stand if one.hidden)]
    return tuple(Range(begins * MILLISECOND, ends * MILLISECOND) for begins, ends in sorted(cuts) if begins < ends)


def _known(copy: str, turn: Turn, known: Sequence[Answer]) -> Answer:
    for one in known:
        if turn.id == one.id if turn.id else (turn.question, turn.topic) == (one.question, one.topic):
            return replace(one, title=turn.title, begins=turn.begins, kind=turn.kind)
    id = turn.id or new_id()
    return Answer(id, secret(), copy, turn.kind, turn.question, turn.topic, turn.title, turn.begins, turn.begins)


def _edited(one: Answer, edits: Edits) -> Answer:
    return replace(
        one,
        title=edits.titles.get(one.id, one.title),
        begins=edits.moved.get(one.id, one.begins),
        hidden=one.id in edits.hidden,
    )


def places(parts: Iterable[tuple[str | None, int, int]]) -> Mapping[str, tuple[int, int]]:
    """Where each chapter is in an edition, by its id."""
    return {id: (begins, ends) for id, begins, ends in parts if id is not None}
