"""Chapters as a listener meets them: in seconds of the copy, beginning where somebody begins to speak."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from causerie.copies.plan import Chapter, ChapterKind, Plan, Range
from causerie.copies.timeline import Timeline
from causerie.texts import one_line


@dataclass(frozen=True)
class Placed:
    """A chapter of the copy, until the next one."""

    begins: float
    ends: float
    title: str
    asker: str | None
    question: str | None
    kind: ChapterKind
    id: str | None = None

    @property
    def seconds(self) -> float:
        return self.ends - self.begins


def placed(plan: Plan, line: Timeline, voiced: Iterable[Range]) -> tuple[Placed, ...]:
    """The chapters the copy has: one whose sound is all cut out has gone with it.

    Answers that were written later stand behind the last sound, and take no time.
    """
    spans = sorted(voiced, key=lambda span: span.begins)
    begun = list(_begun(plan, line, spans))
    ends = [*(begins for begins, _ in begun[1:]), line.seconds]
    heard = (_placed(chapter, begins, end) for (begins, chapter), end in zip(begun, ends, strict=False))
    read = (one for one in plan.chapters if one.kind == "later" and one.begins >= plan.ends)
    return (*heard, *(_placed(one, line.seconds, line.seconds) for one in read))


def snapped(moment: int, spans: Sequence[Range]) -> int:
    """The first voiced moment from here on; this one where nobody speaks any more."""
    return next((max(moment, span.begins) for span in spans if span.ends > moment), moment)


def _begun(plan: Plan, line: Timeline, spans: Sequence[Range]) -> Iterator[tuple[float, Chapter]]:
    """Each chapter of which something is kept, and where it begins in the copy."""
    inside = sorted((one for one in plan.chapters if one.begins < plan.ends), key=lambda one: one.begins)
    untils = [*(one.begins for one in inside[1:]), plan.ends]
    for chapter, until in zip(inside, untils, strict=False):
        first = line.kept(max(chapter.begins, plan.begins))
        if first is None or first >= until:
            continue
        # Where nobody speaks before the next chapter, it stays where it is.
        begins = line.kept(snapped(first, spans))
        yield line.at(first if begins is None or begins >= until else begins), chapter


def _placed(chapter: Chapter, begins: float, ends: float) -> Placed:
    question = one_line(chapter.question) if chapter.question else None
    return Placed(begins, ends, one_line(chapter.title), chapter.asker, question, chapter.kind, chapter.id)
